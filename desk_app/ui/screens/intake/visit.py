"""One visit: the form as it stands, its view, what came before for undo, and what the office knows of the citizen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from desk_app.domain.condition import questions_in
from desk_app.domain.errors import DeskError
from desk_app.domain.fees import FeeQuote, together
from desk_app.domain.intake import IntakeForm, IntakeView, look
from desk_app.domain.procedure import Procedure
from desk_app.ui.forms.plan import Plan, back_to_held, checking, choosing, next_person, promising, total_due
from desk_app.ui.screens.intake.ports import IntakePorts, Series

if TYPE_CHECKING:
    from desk_app.services.intake import History


class At(IntEnum):
    """Which page of the intake is in sight."""

    PERSON = 0
    PAPERS = 1
    PROMISE = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class Owing:
    """A dossier of this visit that was taken in without the fee, which the next receipt of the visit can hold."""

    dossier: str
    name: str
    quote: FeeQuote


class Visit:
    """The state of the page between two keys. Pure but for the ports it reads; knows no widget."""

    def __init__(self, ports: IntakePorts) -> None:
        self._ports = ports
        self.series: Series | None = None
        self._seen: tuple[IntakeForm, datetime, IntakeView] | None = None
        self.begin(IntakeForm(ports.new_id()))

    def begin(self, form: IntakeForm) -> None:
        """Start over with this form, and nothing beside it."""
        self.held: tuple[IntakeForm, ...] = ()  # complete, of the same visit, taken in together with the one in sight
        self.owing: tuple[Owing, ...] = ()
        self._open(form)

    def hold(self, form: IntakeForm) -> None:
        """Keep the form in sight for the end of the visit and go on with this one."""
        self.held = (*self.held, self.form)
        self._open(form)

    def go_on(self, form: IntakeForm) -> None:
        """Go on with this form; what is held and what is owed stay."""
        self._open(form)

    def unhold(self) -> bool:
        """Take the last held form back in sight; False when none is."""
        if not self.held:
            return False
        *rest, last = self.held
        self.held = tuple(rest)
        self._open(last)
        self.at = At.PROMISE
        return True

    def _open(self, form: IntakeForm) -> None:
        self.form = form
        self.at = At.PERSON
        self.history: History | None = None
        self.transfer_seen = False
        self._before: list[IntakeForm] = []

    def set_form(self, form: IntakeForm) -> bool:
        """Take the next form; False when nothing changed."""
        if form == self.form:
            return False
        if form.marks != self.form.marks and form.procedure == self.form.procedure:
            self._before.append(self.form)
        if form.procedure != self.form.procedure:
            self._before.clear()
        self.form = form
        return True

    def undo(self) -> bool:
        """Take the last mark back; answers given since stay."""
        if not self._before:
            return False
        self.form = replace(self.form, marks=self._before.pop().marks)
        return True

    def procedure(self) -> Procedure | None:
        """The chosen procedure; None when none is chosen or its data cannot be read."""
        procedures = self._ports.catalogue.procedures
        if not self.form.procedure or self.form.procedure not in procedures:
            return None
        try:
            return procedures[self.form.procedure]
        except DeskError:
            return None

    def view(self) -> IntakeView:
        """What the form means now; folded once for each form and minute."""
        ports, minute = self._ports, self._ports.now().replace(second=0, microsecond=0)
        if self._seen is None or self._seen[0] is not self.form or self._seen[1] != minute:
            found = look(self.form, self.procedure(), ports.catalogue.calendar, ports.profile, ports.now())
            self._seen = (self.form, minute, found)
        return self._seen[2]

    def look_at(self, form: IntakeForm) -> IntakeView:
        """What another form of the visit means now."""
        procedure = self._ports.catalogue.procedures[form.procedure]
        return look(form, procedure, self._ports.catalogue.calendar, self._ports.profile, self._ports.now())

    def whole(self) -> IntakeView:
        """The view in sight with the fee of the whole visit: what is held and what is owed come first."""
        view = self.view()
        if not self.held and not self.owing:
            return view
        fees = [one.quote for one in self.owing] + [fee for f in self.held if (fee := self.look_at(f).fee) is not None]
        return replace(view, fee=together((*fees, view.fee) if view.fee is not None else fees))

    def may_pay_later(self) -> bool:
        """Something is owed and nothing of the visit is settled while the citizen waits."""
        views = (self.view(), *(self.look_at(form) for form in self.held))
        return bool(total_due(self.whole().fee)) and not any(view.done_at_once for view in views)

    @property
    def guided_on(self) -> str:
        """The day of an earlier guidance slip for this person and procedure, ``25/11/2026``; "" = none."""
        stamp = self.history.guided_on if self.history else ""
        return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else ""

    def plan(self, view: IntakeView, *, selected: bool) -> Plan:
        """The blue button of the page in sight."""
        match self.at:
            case At.PERSON:
                return choosing(selected)
            case At.PAPERS:
                missing = bool(self.guided_on) and not self.form.why_again.strip()
                return checking(view, reason_missing=missing)
            case At.PROMISE:
                stopped = self.series.stopped if self.series else ""
                return promising(
                    self.form, self.whole(), transfer_seen=self.transfer_seen, money_stopped=stopped,
                    others=len(self.held), at_once=any(self.look_at(form).done_at_once for form in self.held),
                )  # fmt: skip
            case _:
                return back_to_held(len(self.held)) if self.held else next_person()

    def referred_to(self, view: IntakeView) -> str:
        """Where a routing rule sends the citizen: an agency, or the procedure to ask for instead."""
        if view.routing is None:
            return ""
        wanted = view.routing.procedure or view.routing.to
        heading = next((h for h in self._ports.catalogue.headings if h.id == wanted), None)
        if heading is None:
            return view.routing.to
        place = "" if view.routing.to == wanted else f"{view.routing.to}, "
        return f"{place}thủ tục {heading.name}"

    def exemption_question(self, view: IntakeView) -> str:
        """The question that decides an exemption of the fee, "" when the procedure has none."""
        asked = {question.id for question in view.questions}
        rules = view.variant.fees if view.variant else ()
        for exemption in (exemption for rule in rules for exemption in rule.exemptions):
            for question in questions_in(exemption.when):
                if question in asked:
                    return question
        return ""
