"""Putting an intake aside for the next one in the queue, at most nine, and taking it back by its digit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.ui import keys
from desk_app.ui.forms.intake import is_blank
from desk_app.ui.run import run
from desk_app.ui.screens.intake.drafts import MOST_PARKED, draft_name, name_of
from desk_app.ui.screens.intake.ports import Draft
from desk_app.ui.screens.intake.visit import At

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.intake import IntakeForm
    from desk_app.ui.screens.intake.screen import IntakePage


class Parking:
    """Works for one ``IntakePage``. ``waiting``: drafts put aside or found after a crash, oldest first."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self.waiting: tuple[Draft, ...] = ()
        self.listed = False
        self._loaded = False
        keys.attach(page, "park", self._on_key)
        page.person.taken.connect(self.take)

    def load(self) -> None:
        """Once, when the page first comes to the front: offer what an earlier run left behind."""
        if not self._loaded:
            self._loaded = True
            ports = self._page.ports
            run(self._page, ports.submit, ports.drafts, self._found, self._page.show_error, action="drafts")

    def park(self) -> bool:
        """Put the form aside; False when nine wait already."""
        page = self._page
        form = page.visit.form
        if is_blank(form):
            return True
        if len(self.waiting) >= MOST_PARKED:
            page.say("TN-18")
            return False
        page.drafts.keep(form)
        page.drafts.save_now(parked=True)
        stamp = page.ports.now().isoformat(timespec="seconds")
        self._set((*self.waiting, Draft(form, stamp, parked=True)))
        page.say("TN-17", name=name_of(form), n=len(self.waiting))
        page.begin()
        return True

    def leave(self) -> None:
        """Esc on step 1: the draft is kept and said so; an empty page gives way to Hôm nay."""
        page = self._page
        form = page.visit.form
        if is_blank(form):
            page.go.emit("today")
            return
        page.drafts.keep(form)
        page.drafts.save_now()
        self._set((*self.waiting, Draft(form, page.ports.now().isoformat(timespec="seconds"))))
        page.say("TN-02", name=name_of(form))
        page.begin()
        page.enter()

    def keep(self, forms: tuple[IntakeForm, ...]) -> None:
        """Complete forms of a visit that was left: they wait in the list, where they were drafts all along."""
        stamp = self._page.ports.now().isoformat(timespec="seconds")
        self._set((*self.waiting, *(Draft(form, stamp) for form in forms)))
        self._page.say("TN-02", name=name_of(forms[-1]))

    def take(self, draft: Draft) -> None:
        """Go on with this one."""
        self.listed = False
        self._set(tuple(other for other in self.waiting if other.form.id != draft.form.id))
        self._page.open_draft(replace(draft, parked=False))

    def close(self) -> bool:
        """Close the list; False when it was not open."""
        if not self.listed:
            return False
        self.listed = False
        self._page.show_form()
        self._page.enter()
        return True

    def _on_key(self) -> None:
        page = self._page
        if page.visit.at is At.DONE:
            return
        if is_blank(page.visit.form) and not page.citizen.typing:
            self._list()
            return
        other = page.citizen.other_card
        if not self.park():
            return
        if other:
            page.citizen.take_card(other)
        else:
            page.enter()

    def _list(self) -> None:
        if self.waiting:
            self.listed = True
            self._page.show_form()
            self._page.enter()

    def _found(self, drafts: Sequence[Draft]) -> None:
        own = {self._page.visit.form.id} | {draft.form.id for draft in self.waiting}
        found = tuple(draft for draft in drafts if draft.form.id not in own and not is_blank(draft.form))
        if not found:
            return
        self._set((*found, *self.waiting))
        newest = max(found, key=lambda draft: draft.saved_at)
        self._page.say("DL-06", name=draft_name(newest), time=newest.saved_at[11:16])

    def _set(self, waiting: tuple[Draft, ...]) -> None:
        self.waiting = waiting
        self._page.person.waiting.set_drafts(waiting)
        note = f"Nháp {len(waiting)} · {keys.label('park')}" if waiting else ""
        self._page.steps.set_note(note)
