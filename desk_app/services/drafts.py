"""What is being typed now, saved at every field: never a fact, never sent, gone when its fact is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.intake import IntakeForm, Mark, MarkState
from desk_app.domain.person import Person
from desk_app.services.desk import Desk, stamp
from desk_app.storage import drafts
from sync.protocol.canonical import Value

KIND = "intake"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An offered draft: whose, for which procedure, when last touched (local stamp)."""

    id: str
    name: str
    procedure_name: str
    updated_at: str
    form: IntakeForm
    parked_no: int | None


def save(desk: Desk, form: IntakeForm) -> None:
    """Keep the form as it is now; replaces the earlier state of the same form."""
    with desk.store.write("", desk.officer.id) as tx:
        drafts.save(tx, form.id, KIND, _out(form), stamp(desk.now()))


def load_all(desk: Desk) -> tuple[DraftRow, ...]:
    """Every form that was begun and not finished, last touched first."""
    with desk.store.read() as tx:
        rows = [d for d in drafts.all(tx) if d.kind == KIND]
    found = []
    for row in rows:
        form = _into(row.id, row.data)
        procedure = desk.catalogue.procedures.get(form.procedure)
        name = form.person.name if form.person else ""
        title = procedure.name if procedure else ""
        found.append(DraftRow(row.id, name, title, row.updated_at, form, row.parked_no))
    return tuple(found)


def drop(desk: Desk, draft_id: str) -> None:
    """Forget a form: its fact is sealed, or the officer put it away."""
    with desk.store.write("", desk.officer.id) as tx:
        drafts.drop(tx, draft_id)


def park(desk: Desk, form: IntakeForm) -> int:
    """Put the form aside under a number 1–9; refuses TN-18 when nine are parked."""
    with desk.store.write("", desk.officer.id) as tx:
        drafts.save(tx, form.id, KIND, _out(form), stamp(desk.now()))
        return drafts.park(tx, form.id)


def take_up(desk: Desk, draft_id: str) -> IntakeForm | None:
    """Take a parked form back to the counter."""
    with desk.store.write("", desk.officer.id) as tx:
        found = drafts.take_up(tx, draft_id)
    return _into(found.id, found.data) if found else None


def _out(form: IntakeForm) -> dict[str, object]:
    return {
        "person": form.person.to_subject() if form.person else None,
        "submitter": form.submitter.to_subject() if form.submitter else None,
        "scanned_at": form.scanned_at,
        "procedure": form.procedure,
        "answers": dict(form.answers),
        "marks": {k: [m.state.value, m.reason] for k, m in form.marks.items()},
        "result_channel": form.result_channel,
        "email": form.email,
        "method": form.method,
        "cash_given_vnd": form.cash_given_vnd,
        "guidance": form.guidance,
        "why_again": form.why_again,
        "online": form.online,
    }


def _into(draft_id: str, data: Mapping[str, Value]) -> IntakeForm:
    def person(key: str) -> Person | None:
        value = data.get(key)
        return Person.from_subject(value) if isinstance(value, Mapping) else None

    def text(key: str, default: str = "") -> str:
        value = data.get(key)
        return value if isinstance(value, str) else default

    answers, marks, cash = data.get("answers"), data.get("marks"), data.get("cash_given_vnd")
    return IntakeForm(
        id=draft_id,
        person=person("person"),
        submitter=person("submitter"),
        scanned_at=text("scanned_at"),
        procedure=text("procedure"),
        answers={k: v for k, v in answers.items() if isinstance(v, bool | int | str)}
        if isinstance(answers, Mapping)
        else {},
        marks={k: Mark(MarkState(str(m[0])), int(str(m[1]))) for k, m in marks.items() if isinstance(m, list)}
        if isinstance(marks, Mapping)
        else {},
        result_channel=text("result_channel", "desk"),
        email=text("email"),
        method=text("method", "cash"),
        cash_given_vnd=cash if isinstance(cash, int) else None,
        guidance=text("guidance"),
        why_again=text("why_again"),
        online=text("online"),
    )
