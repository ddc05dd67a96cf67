"""The citizen of the visit: by card, by digits, by hand; damaged scans, another card in between, on behalf of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.identity import CardReading, Problem
from desk_app.domain.intake import IntakeForm
from desk_app.domain.name_match import name_fits
from desk_app.domain.person import Person
from desk_app.domain.scan import ScanKind, classify
from desk_app.domain.text import clean_line
from desk_app.ui import keys
from desk_app.ui.errors import message
from desk_app.ui.forms import intake as keyed
from desk_app.ui.forms.person import NAME_LIMIT, PersonFields, birth_text, draft_person, fields_of, read_person
from desk_app.ui.forms.plan import Do, Plan
from desk_app.ui.run import run
from desk_app.ui.screens.intake.drafts import name_of
from desk_app.ui.screens.intake.person_step import BadgeView, NamePending
from desk_app.ui.screens.intake.typed_person import problem_words
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.citizen import CitizenView

if TYPE_CHECKING:
    from desk_app.services.intake import History
    from desk_app.ui.screens.intake.screen import IntakePage

_NUMBERS = {"cccd": "số định danh ", "cmnd": "CMND ", "passport": "hộ chiếu ", "tax": "mã số thuế "}


def citizen_view(form: IntakeForm, history: History | None) -> CitizenView | None:
    """The strip: who it is, telephone and address, how often here, what is open."""
    person = form.person
    if person is None:
        return None
    parts = [person.gender] if person.gender else []
    if birth := birth_text(person):
        parts.append(f"sinh {birth}")
    if person.representative:
        parts.append(f"đại diện: {person.representative}")
    if person.guardian:
        parts.append(f"người giám hộ: {person.guardian.name}")
    if person.id_number:
        parts.append(_NUMBERS.get(person.id_kind, "số giấy tờ "))
    badges = [*citizen_badges(form, history)[1:], *_open_badge(history)]
    phone = f"ĐT {person.phone}" if person.phone else ""
    icon = "id-card" if form.scanned_at else "user"
    return CitizenView(person.name, " · ".join(parts), person.id_number, phone, person.residence, tuple(badges), icon)


def citizen_badges(form: IntakeForm, history: History | None) -> tuple[BadgeView, ...]:
    """Where the data come from first, then visits, then on whose behalf."""
    if form.person is None:
        badges: list[BadgeView] = []
    elif form.online:
        badges = [("Nộp trực tuyến", "info", "inbox")]
    elif form.scanned_at:
        badges = [(f"Từ thẻ, {form.scanned_at[11:16]}", "ok", "check")]
    else:
        badges = [("Nhập tay", "neutral", "keyboard")]
    if history is not None and history.visits:
        badges.append((f"Lần thứ {history.visits + 1} đến quầy", "info", "history"))
    if form.submitter is not None:
        badges.append((f"Nộp thay: {form.submitter.name}", "warn", "users"))
    return tuple(badges)


def _open_badge(history: History | None) -> tuple[BadgeView, ...]:
    if history is None:
        return ()
    count = len(history.open_dossiers)
    words = f"{count} hồ sơ đang giải quyết" if count else "Không có hồ sơ đang giải quyết"
    return ((words, "neutral", ""),)


class Citizen:
    """Works for one ``IntakePage``; keeps what the form cannot: a name to accept, a card that waits, the typing."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self._ports = page.ports
        self._card = page.person.card
        self.typing = False
        self._pending: NamePending | None = None
        self._notes: tuple[Problem, ...] = ()
        self._other_card = ""
        self._asked: tuple[str, str] = ("", "")
        self._card.phone_typed.connect(lambda text: self._edit(keyed.with_phone, text))
        self._card.residence_typed.connect(lambda text: self._edit(keyed.with_residence, text))
        self._card.name_accepted.connect(self._accept_name)
        self._card.line.entered.connect(self._number_entered)
        self._card.typed_changed.connect(self._on_typed)
        self._card.typed_entered.connect(self.use_typed)
        keys.attach(page.person, "on_behalf", self._on_behalf)

    # ---- scans -----------------------------------------------------------------------------------------------------

    def on_scan(self, text: str) -> bool:
        """Take a card or a guidance slip; anything else is for the shell."""
        if classify(text) is ScanKind.CARD:
            self._on_card(text)
            return True
        code = parse_code(text)
        if isinstance(code, SlipCode) and code.kind is SlipKind.GUIDANCE:
            self._reopen(code.digits)
            return True
        return False

    def scan_sample(self) -> None:
        """Training: as if a sample card were scanned."""
        self._on_card(self._ports.sample_card())

    @property
    def other_card(self) -> str:
        """The text of a card that was scanned meanwhile, "" = none."""
        return self._other_card

    def take_card(self, text: str) -> None:
        """Go on with this card."""
        self._on_card(text)

    def _on_card(self, text: str) -> None:
        page, reading = self._page, self._ports.read_card(text)
        if page.visit.at is At.DONE:
            page.begin()
        if reading.card is None:
            self._unreadable(reading)
            return
        person = page.visit.form.person
        same = person is not None and person.id_number == reading.card.number
        if not same and self._unsaved():
            self._other_card = text
            page.say("TN-03", name=name_of(page.visit.form))
            return
        self._use(reading)

    def _unsaved(self) -> bool:
        typed = self.typing and self._card.typed.fields().name.strip()
        return bool(self._page.visit.form.person is not None or typed)

    def _use(self, reading: CardReading) -> None:
        assert reading.card is not None
        page = self._page
        self.typing = False
        pending = NamePending(reading.proposed_name or "", reading.letters)
        self._pending = pending if not reading.card.name else None
        self._notes = tuple(
            sorted(
                (p for p in reading.problems if p.level != "error"),
                key=lambda p: message(p.code, **p.message_values).tone is not Tone.WARN,
            )
        )
        stamp = self._ports.now().isoformat(timespec="seconds")
        before = page.visit.form.person
        person = Person.from_card(reading.card)
        if before is not None and before.id_number == person.id_number and before.name and not person.name:
            person = replace(person, name=before.name, residence=person.residence or before.residence)
        page.set_form(keyed.with_card(page.visit.form, person, stamp))
        page.show_form()
        self.ask_history()
        if page.visit.at is At.PERSON:
            self.enter()

    def _unreadable(self, reading: CardReading) -> None:
        """Digits that were read well are kept in the form for typing; the first problem is said."""
        problem = next(iter(reading.problems), None)
        if "number" in reading.read and not self._unsaved():
            number, name = reading.read["number"], reading.read.get("name", reading.proposed_name or "")
            self._page.go_to(At.PERSON)
            self._type(PersonFields(number=number, name=name, residence=reading.read.get("residence", "")))
            if problem is not None:
                place = {"birth_date": "birth", "name": "name"}.get(problem.field, "number")
                self._card.typed.say(place, problem_words(problem), problem.code)
            return
        if problem is not None:
            self._page.toast.emit(problem_words(problem), Tone.WARN, problem.code)

    def _reopen(self, digits: str) -> None:
        if self._page.visit.at is not At.DONE and self._unsaved():
            self._page.parking.park()
        job = partial(self._ports.reopen, digits)
        run(self._page, self._ports.submit, job, self._reopened, self._page.show_error, action="reopen")

    def _reopened(self, form: IntakeForm) -> None:
        self._page.begin(form)
        self._page.go_to(At.PAPERS)
        self.ask_history()

    # ---- by hand ---------------------------------------------------------------------------------------------------

    def type_by_hand(self) -> None:
        """Ctrl+N: the form for everybody without a readable card, or with a name other than its letters."""
        person = self._page.visit.form.person
        if person is None:
            self._type(PersonFields(number=self._card.line.edit.text().strip()))
            return
        fields = fields_of(person)
        self._type(fields if fields.name else replace(fields, name=self._card.known.name.text().strip()))

    def plan(self) -> Plan:
        """The blue button while typing."""
        say = (("Bấm F9 hoặc Enter ở ô cuối để: dùng thông tin này và chọn thủ tục.", ""),)
        return Plan(Do.CHOOSE, "Dùng thông tin này", "check", say)

    def use_typed(self) -> None:
        """Take the typed person, or say under each field what is wrong."""
        person = self._card.typed.read(self._ports.now().date())
        if person is None:
            return
        self.typing = False
        self._pending = None
        self._page.set_form(keyed.with_typed(self._page.visit.form, person))
        self._page.show_form()
        self.ask_history()
        self.enter()

    def _type(self, fields: PersonFields) -> None:
        self.typing = True
        self._card.typed.set_fields(fields)
        self._page.show_form()
        self._card.typed.enter()

    def _number_entered(self, number: str) -> None:
        self._type(PersonFields(number=number))

    def _on_typed(self) -> None:
        """Every field typed is in the draft, also while it is not complete."""
        if self.typing:
            person = draft_person(self._card.typed.fields(), self._ports.now().date())
            self._page.drafts.keep(replace(self._page.visit.form, person=person, scanned_at=""))

    def _edit(self, change: object, text: str) -> None:
        assert callable(change)
        self._page.set_form(change(self._page.visit.form, text.strip()))

    def _accept_name(self, typed: str) -> None:
        form, name = self._page.visit.form, clean_line(typed, NAME_LIMIT)
        if form.person is None or not name:
            return
        pending = self._pending
        if pending is not None and name != pending.proposed and not name_fits(name, pending.letters):
            self._card.known.say_other_letters(pending.letters)
            return
        self._pending = None
        self._page.set_form(replace(form, person=replace(form.person, name=name)))
        self._page.show_form()
        self.enter()

    def _on_behalf(self) -> None:
        """Who stands here hands in for somebody else; the next card is the applicant's."""
        form = self._page.visit.form
        if self.typing or (form.person is None and form.submitter is None):
            return
        self._page.set_form(keyed.swapped(form))
        self._page.show_form()
        self.ask_history()
        self.enter()

    # ---- shown -----------------------------------------------------------------------------------------------------

    def show(self, badges: tuple[BadgeView, ...]) -> None:
        """Show who it is on step 1."""
        page = self._page
        person = page.visit.form.person
        notes = self._notes if person is not None and page.visit.form.scanned_at else ()
        self._card.set_person(person, badges, self._pending, typing=self.typing, notes=notes)
        listed = "waiting" if page.parking.listed else "online" if page.online.listed else "procedures"
        page.person.show_below("" if self.typing else listed)

    def enter(self) -> None:
        """The first thing to do on step 1: a name to accept, the number, else the procedure."""
        page = self._page
        person = page.visit.form.person
        if page.parking.listed:
            page.person.waiting.setFocus()
        elif page.online.listed:
            page.person.online.setFocus()
        elif self.typing:
            self._card.typed.enter()
        elif person is not None and not person.name:
            self._card.known.name.setFocus()
            self._card.known.name.selectAll()
        elif person is None and not page.visit.form.procedure:
            self._card.line.edit.setFocus()
        else:
            page.person.procedures.setFocus()

    def dismiss(self) -> bool:
        """Esc: close what lies over the step; False when nothing did."""
        if self._other_card:
            self._other_card = ""
            self._page.notice_gone.emit("TN-03")
            return True
        if self._page.parking.close() or self._page.online.close():
            return True
        if self.typing:
            self.typing = False
            self._page.show_form()
            self.enter()
            return True
        return False

    def reset(self) -> None:
        """A new visit."""
        self.typing, self._pending, self._notes, self._other_card = False, None, (), ""
        self._card.line.clear()
        for code in ("TN-03", "TN-07", "TN-09"):
            self._page.notice_gone.emit(code)

    def resume(self) -> None:
        """A draft came back: a person typed only by half goes back into the form."""
        person = self._page.visit.form.person
        if person is None or self._page.visit.form.scanned_at:
            return
        _, problems = read_person(fields_of(person), self._ports.now().date())
        if problems:
            self._type(fields_of(person))

    # ---- what the office knows -------------------------------------------------------------------------------------

    def ask_history(self) -> None:
        """Ask for earlier dealings with this citizen; the answer shows as badges and banners."""
        form = self._page.visit.form
        wanted = (form.person.id_number if form.person else "", form.procedure)
        if not wanted[0]:
            self._page.on_history(None)
            return
        job = partial(self._ports.history, form)
        if run(self._page, self._ports.submit, job, self._answered, self._page.show_error, action="history"):
            self._asked = wanted

    def _answered(self, history: History) -> None:
        form = self._page.visit.form
        if self._asked != (form.person.id_number if form.person else "", form.procedure):
            self.ask_history()
            return
        self._page.on_history(history)
        if history.same_open and form.person:
            dossier, due_at = history.same_open
            self._page.say("TN-07", name=form.person.name, dossier=dossier, date=_day(due_at))
        else:
            self._page.notice_gone.emit("TN-07")


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else "chưa xác định"
