"""A desk that behaves, without disk and threads' luck: one worker, the real rules, numbers that rise.

``FakeDesk`` answers the ports of the counter's screens as the use cases do: it looks at the form again, refuses what
they refuse and gives the first answer again for the same command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from desk_app.domain.assessment import assess
from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.code import SlipKind, slip_code
from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder
from desk_app.domain.identity import parse_card
from desk_app.domain.intake import IntakeForm, Mark, MarkState, Step, look
from desk_app.domain.procedure import Procedure
from desk_app.domain.text import fold
from desk_app.domain.unit import UnitProfile, read_profile
from desk_app.services.cashier import Collected, CollectFee
from desk_app.services.intake import AcceptDossier, Accepted, GiveGuidance, Guided, History
from desk_app.services.results import Returned, ReturnResult, SettleDossier
from desk_app.services.stopping import Refusal, RefuseDossier
from desk_app.services.visit import AcceptVisit, Visit
from desk_app.ui.screens.dossiers import DossierPorts, Query, Rows
from desk_app.ui.screens.fees import FeePorts, Owed
from desk_app.ui.screens.intake import Draft, IntakePorts, Printing, Series
from desk_app.ui.screens.results import Claim, ResultPorts

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime.fromisoformat("2026-11-25T09:11:00")
HA = "000191000345|012345678|Nguyễn Thị Thu Hà|12041991|Nữ|Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa|01072021"
TUAN = "000085000123||Phạm Văn Tuấn|03021985|Nam|Thôn 2, xã Hòa Mẫu, tỉnh Minh Họa|01072021"
USUAL = (
    "chung_thuc.ban_sao", "chung_thuc.chu_ky", "ho_tich.khai_sinh", "ho_tich.xac_nhan_hon_nhan", "ho_tich.trich_luc",
    "ho_tich.khai_tu", "ho_tich.ket_hon", "bao_tro.tro_cap_xa_hoi", "ho_tich.cai_chinh",
)  # fmt: skip


#: Answers nearly everybody gives; the office says so in its catalogue.
USUAL_ANSWERS: dict[str, dict[str, bool | int | str]] = {
    "chung_thuc.ban_sao": {
        "so_trang": 1, "so_ban": 1, "nguon_ban_chinh": "viet_nam", "co_ban_chup": True, "ban_chinh_hong": False,
        "khoi_luong_lon": False,
    },
    "ho_tich.xac_nhan_hon_nhan": {
        "nhieu_noi_thuong_tru": False, "kenh": "truc_tiep", "tra_duoc_csdl": True, "dien_uu_tien": "khong",
    },
}  # fmt: skip


class UsualProcedures(Mapping[str, Procedure]):
    """The procedures of the shipped catalogue with the usual answers of ``USUAL_ANSWERS``."""

    def __init__(self, procedures: Mapping[str, Procedure]) -> None:
        self._procedures = procedures

    def __getitem__(self, id_: str) -> Procedure:
        found, usual = self._procedures[id_], USUAL_ANSWERS.get(id_, {})
        return replace(found, questions=tuple(replace(q, usual=usual.get(q.id)) for q in found.questions))

    def __iter__(self) -> Iterator[str]:
        return iter(self._procedures)

    def __len__(self) -> int:
        return len(self._procedures)


@cache
def catalogue() -> Catalogue:
    shipped = load_catalogue((RESOURCES / "catalogue" / "catalogue.json").read_bytes())
    return replace(shipped, procedures=UsualProcedures(shipped.procedures))


@cache
def profile() -> UnitProfile:
    import json

    return read_profile(json.loads((RESOURCES / "units" / "hoa-mau.json").read_text(encoding="utf-8")))


@cache
def finder() -> ProcedureFinder:
    entries = [
        FinderEntry(h.id, h.name, h.short_name, h.synonyms, h.code or "", h.field_name) for h in catalogue().headings
    ]
    return ProcedureFinder(entries, {id_: 10 - n for n, id_ in enumerate(USUAL)}, catalogue().usual)


@dataclass
class FakeDesk:
    """Counts what was recorded; ``guided`` maps (number, procedure) to the day of the last slip."""

    now: datetime = NOW
    accepted: dict[str, tuple[AcceptDossier, Accepted]] = field(default_factory=dict)
    visits_taken: list[AcceptVisit] = field(default_factory=list)
    slips: dict[str, tuple[GiveGuidance, Guided]] = field(default_factory=dict)
    refusals: dict[str, RefuseDossier] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    visits: int = 2
    open_dossiers: tuple[tuple[str, str, str], ...] = ()
    same_open: tuple[str, str] | None = None
    fail_print: DeskError | None = None
    fail_accept: DeskError | None = None
    catalogue: Catalogue = field(default_factory=catalogue)
    profile: UnitProfile = field(default_factory=profile)
    series: Series = field(default_factory=lambda: Series("26TAA", 281))
    ids: int = 0

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)

    def submit(self, job: Callable[..., Any]) -> Future[Any]:
        return self.pool.submit(job)

    def close(self) -> None:
        self.pool.shutdown()

    def new_id(self) -> str:
        self.ids += 1
        return f"0190-{self.ids:04d}"

    def view(self, form: IntakeForm) -> Any:
        procedure = self.catalogue.procedures.get(form.procedure)
        return look(form, procedure, self.catalogue.calendar, self.profile, self.now)

    def history(self, form: IntakeForm) -> History:
        number = form.person.id_number if form.person else ""
        days = [
            "2026-11-20T10:00:00"
            for command, _ in self.slips.values()
            if command.form.person
            and command.form.person.id_number == number
            and command.form.procedure == form.procedure
        ]
        return History(self.visits, self.open_dossiers, days[-1] if days else "", self.same_open)

    def accept(self, command: AcceptDossier) -> Accepted:
        if self.fail_accept:
            raise self.fail_accept
        if command.id in self.accepted:
            return replace(self.accepted[command.id][1], repeated=True)
        view = self.view(command.form)
        if command.form.person is None or not command.form.person.name:
            raise Refused("TN-20")
        if view.step is not Step.ACCEPT:
            raise Refused("TN-19")
        total = view.fee.total_vnd if view.fee else 0
        collect = command.collect or view.done_at_once
        if collect and total is None:
            raise Refused("TP-18")
        n = len(self.accepted) + 1
        due = view.deadline.due_at.isoformat() if view.deadline and view.deadline.due_at else ""
        paid = bool(collect and total)
        done = Accepted(
            f"d{n}", f"H99.12-261125-{n:04d}", due, f"r{n}" if paid else None, 211 + n if paid else None,
            "26TAA" if paid else "", total if paid else 0, n if view.done_at_once else 0,
            "01/2026-SCT/BS" if view.done_at_once else "",
        )  # fmt: skip
        self.accepted[command.id] = (command, done)
        return done

    def accept_visit(self, command: AcceptVisit) -> Visit:
        """Each form alone, then one receipt for all of them and for what was owed."""
        taken = [self.accept(AcceptDossier(form.id, form, command.collect)) for form in command.forms]
        owed = [
            one.fee.total_vnd
            for command_, done in list(self.accepted.values())
            if done.dossier in command.owing and (one := self.view(command_.form)).fee is not None and one.fee.total_vnd
        ]
        total = sum(one.total_vnd for one in taken) + (sum(owed) if command.collect else 0)
        self.visits_taken.append(command)
        paid = bool(total)
        return Visit(tuple(taken), "r" if paid else None, "26TAA" if paid else "", 212 if paid else None, total)

    def guide(self, command: GiveGuidance) -> Guided:
        if command.id in self.slips:
            return replace(self.slips[command.id][1], repeated=True)
        before = self.history(command.form).guided_on if command.form.person else ""
        if before and not command.why_again.strip():
            raise Refused("TN-08", date="20/11/2026")
        done = Guided(f"g{len(self.slips) + 1}", "07/PHD", "2" * 20, 2 if before else 1)
        self.slips[command.id] = (command, done)
        return done

    def refuse(self, command: RefuseDossier) -> Refusal:
        if not command.reason.strip():
            raise Refused("HS-10", move="Từ chối tiếp nhận")
        repeated = command.id in self.refusals
        self.refusals[command.id] = command
        return Refusal("tc1", "refusal_slip:tc1", "08/HDHS", repeated)

    def reopen(self, slip_code: str) -> IntakeForm:
        if not self.slips:
            raise Refused("TN-05")
        command, done = list(self.slips.values())[-1]
        marks = {k: m for k, m in command.form.marks.items() if m.state is MarkState.OK}
        return replace(command.form, id=self.new_id(), marks=marks, guidance=done.guidance, why_again="")

    def save_draft(self, draft: Draft) -> None:
        self.drafts[draft.form.id] = draft

    def all_drafts(self) -> Sequence[Draft]:
        return tuple(self.drafts.values())

    def drop_draft(self, form_id: str) -> None:
        self.drafts.pop(form_id, None)

    def print_papers(self, about: str) -> Printing:
        if self.fail_print:
            raise self.fail_print
        self.printed.append(about)
        papers = ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả (2 liên)", "biên lai")
        return Printing("HP LaserJet", 3, papers if about.startswith("d") else ("phiếu hướng dẫn",))

    def ports(self, *, training: bool = False) -> IntakePorts:
        return IntakePorts(
            catalogue=self.catalogue,
            profile=self.profile,
            now=lambda: self.now,
            new_id=self.new_id,
            find=lambda query: finder().find(query, 40),
            top_used=finder().top_used,
            read_card=parse_card,
            submit=self.submit,
            history=self.history,
            accept=self.accept,
            accept_visit=self.accept_visit,
            guide=self.guide,
            refuse=self.refuse,
            reopen=self.reopen,
            save_draft=self.save_draft,
            drafts=self.all_drafts,
            drop_draft=self.drop_draft,
            print_papers=self.print_papers,
            series=lambda: self.series,
            training=training,
            sample_card=lambda: HA,
        )


def marked(form: IntakeForm, **states: MarkState) -> IntakeForm:
    """The form with papers marked, for pictures."""
    return replace(form, marks={k: Mark(v, 1 if v is MarkState.BAD else 0) for k, v in states.items()})


# ---- dossiers, results, fees


@dataclass(frozen=True)
class FakeRow:
    """A dossier as the queries hand it out."""

    dossier: str
    code: str
    name: str
    procedure: str
    state: int = 2
    received_at: str = "2026-11-19T09:40:00"
    due_at: str = "2026-11-25T17:00:00"
    settled_at: str = ""
    returned_at: str = ""
    owed_vnd: int = 0


@dataclass(frozen=True)
class FakeEvent:
    at: str
    kind: str
    actor: str = "hanh"
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FakeDetail:
    row: FakeRow
    events: tuple[FakeEvent, ...]


@dataclass(frozen=True)
class FakeReceipt:
    receipt: str
    symbol: str
    number: int
    name: str
    total_vnd: int
    method: str = "cash"
    issued_at: str = "2026-11-25T09:05:00"


ROWS = (
    FakeRow("d1", "H99.12-261112-0044", "Bùi Thị Sáu", "bao_tro.tro_cap_xa_hoi", due_at="2026-11-20T17:00:00"),
    FakeRow("d2", "H99.12-261119-0012", "Đỗ Minh Châu", "ho_tich.xac_nhan_hon_nhan", due_at="2026-11-25T16:30:00"),
    FakeRow("d3", "H99.12-261119-0031", "Phạm Văn Tuấn", "ho_tich.cai_chinh", due_at="2026-11-25T17:00:00"),
    FakeRow("d4", "H99.12-261120-0017", "Ngô Thị Loan", "ho_tich.xac_nhan_hon_nhan", due_at="2026-11-26T17:00:00"),
    FakeRow("d5", "H99.12-261123-0051", "Trịnh Văn Bình", "ho_tich.cai_chinh", due_at="2026-11-27T17:00:00"),
    FakeRow("d6", "H99.12-261125-0011", "Nguyễn Thị Thu Hà", "ho_tich.xac_nhan_hon_nhan", due_at="2026-11-30T17:00:00",
            owed_vnd=15_000),
    FakeRow("d7", "H99.12-261125-0004", "Hoàng Đức Long", "ho_tich.khai_sinh_lai", due_at="2026-12-02T17:00:00"),
    FakeRow("d8", "H99.12-261120-0009", "Vũ Hải Nam", "ho_tich.ket_hon", state=5, due_at="2026-12-03T17:00:00"),
    FakeRow("d9", "H99.12-261118-0003", "Trần Thị Nga", "ho_tich.trich_luc", state=9, due_at="2026-11-25T16:30:00",
            settled_at="2026-11-25T08:20:00"),
)  # fmt: skip


class FakeOffice:
    """Dossiers, results and receipts behind the three other screens; one worker, real refusals."""

    def __init__(self, rows: Sequence[FakeRow] = ROWS, now: datetime = NOW) -> None:
        self.rows = {row.dossier: row for row in rows}
        self.now = now
        self.pool = ThreadPoolExecutor(1)
        self.receipts: list[FakeReceipt] = []
        self.scores: list[tuple[int, str]] = []
        self.returns: dict[str, ReturnResult] = {}
        self.printed: list[str] = []
        self.page_size = 50
        self.stopped = ""
        self.ids = 0

    def submit(self, job: Callable[..., Any]) -> Future[Any]:
        return self.pool.submit(job)

    def close(self) -> None:
        self.pool.shutdown()

    def new_id(self) -> str:
        self.ids += 1
        return f"c{self.ids}"

    def procedure_name(self, id_: str) -> str:
        return next((h.name for h in catalogue().headings if h.id == id_), id_)

    def _stands(self, row: FakeRow) -> set[str]:
        moment, names = self.now.isoformat(), {"all"}
        if row.state < 9:
            names.add("open")
        if row.state == 9:
            names.add("ready")
        if row.state == 5:
            names.add("waiting")
        elif row.state < 9 and row.due_at < moment:
            names.add("overdue")
        elif row.state < 9 and row.due_at[:10] == moment[:10]:
            names.add("today")
        return names

    def find(self, query: Query) -> Rows:
        wanted = fold(query.text)
        rows = [
            row
            for row in self.rows.values()
            if query.filter in self._stands(row)
            and (row.code.endswith(wanted) or wanted in fold(f"{row.name} {self.procedure_name(row.procedure)}"))
        ]
        if query.after is not None:
            ids = [row.dossier for row in rows]
            rows = rows[ids.index(query.after.dossier) + 1 :]
        return Rows(tuple(rows[: self.page_size]), len(rows) > self.page_size)

    def counts(self) -> dict[str, int]:
        names = ("all", "open", "overdue", "today", "waiting", "ready")
        return {name: sum(name in self._stands(row) for row in self.rows.values()) for name in names}

    def detail(self, dossier: str) -> FakeDetail:
        row = self.rows[dossier]
        events = [FakeEvent(row.received_at, "dossier.received")]
        if row.settled_at:
            events.append(FakeEvent(row.settled_at, "dossier.settled", note={"outcome": "granted"}))
        if row.returned_at:
            events.append(FakeEvent(row.returned_at, "result.returned", note={"receiver": "applicant"}))
        return FakeDetail(row, tuple(events))

    def settle(self, command: SettleDossier) -> str:
        row = self.rows[command.dossier]
        if row.state >= 9:
            raise Refused("HS-06", dossier=row.code)
        self.rows[command.dossier] = replace(row, state=9, settled_at=self.now.isoformat())
        return row.code

    def claim(self, dossier: str) -> Claim:
        row = self.rows[dossier]
        return Claim(
            row.dossier, row.code, row.name, self.procedure_name(row.procedure), row.state, row.due_at, row.settled_at,
            row.returned_at, "Giấy xác nhận số 000/UBND-XNHN (mẫu)", 1, row.owed_vnd, frozenset({"000191000345"}),
        )  # fmt: skip

    def by_slip(self, digits: str) -> Claim:
        serial = digits[14:18]
        found = next((row for row in self.rows.values() if row.code.endswith(serial)), None)
        if found is None:
            raise Refused("TN-05")
        return self.claim(found.dossier)

    def find_claims(self, text: str) -> Sequence[Claim]:
        if text == "000191000345":
            return [self.claim(row.dossier) for row in self.rows.values() if row.state == 9]
        return [self.claim(row.dossier) for row in self.find(Query("all", text)).rows]  # type: ignore[attr-defined]

    def collect(self, command: CollectFee) -> Collected:
        row = self.rows[command.dossier]
        before = next((r for r in self.receipts if r.receipt == f"r-{command.id}"), None)
        if before:
            return Collected(before.receipt, before.symbol, before.number, before.total_vnd, repeated=True)
        if not row.owed_vnd:
            raise Refused("TP-20", dossier=row.code)
        receipt = FakeReceipt(f"r-{command.id}", "26TAA", 212 + len(self.receipts), row.name, row.owed_vnd)
        self.receipts.insert(0, receipt)
        self.rows[command.dossier] = replace(row, owed_vnd=0)
        return Collected(receipt.receipt, receipt.symbol, receipt.number, receipt.total_vnd)

    def return_result(self, command: ReturnResult) -> Returned:
        row = self.rows[command.dossier]
        if command.id not in self.returns:
            if row.state != 9:
                raise Refused("TK-05", date="25/11/2026")
            self.returns[command.id] = command
            self.rows[command.dossier] = replace(row, state=10, returned_at=self.now.isoformat())
        name = command.authorised.name if command.authorised else row.name
        return Returned(row.code, name, self.now.isoformat())

    def owed(self, dossier: str) -> Owed:
        row = self.rows[dossier]
        procedure = catalogue().procedures[row.procedure]
        variant = procedure.variant_on(self.now.date())
        answers = IntakeForm("").choose(procedure).answers
        assert variant is not None
        today = self.now.date()
        fee = assess(procedure, variant, answers, settings=profile().tariffs, on=today).fee
        fee = replace(fee, total_vnd=row.owed_vnd)
        paid = sum(r.total_vnd for r in self.receipts if r.name == row.name)
        return Owed(row.dossier, row.code, row.name, self.procedure_name(row.procedure), fee, variant, paid)

    def print_papers(self, about: str) -> Printing:
        self.printed.append(about)
        return Printing("HP LaserJet", 1, ("biên lai",))

    def dossier_ports(self) -> DossierPorts:
        return DossierPorts(
            catalogue().calendar, lambda: self.now, self.new_id, self.procedure_name, lambda _id: "Lê Thị Hạnh",
            self.submit, self.find, self.counts, self.detail, self.settle, self.print_papers,
        )  # fmt: skip

    def result_ports(self) -> ResultPorts:
        return ResultPorts(
            lambda: self.now, self.new_id, parse_card, self.submit, self.by_slip, self.claim, self.find_claims,
            self.collect, self.return_result, lambda score, reason: self.scores.append((score, reason)),
        )  # fmt: skip

    def fee_ports(self) -> FeePorts:
        return FeePorts(
            catalogue().version, lambda: self.now, self.new_id, self.submit,
            lambda digits: self.owed(self.by_slip(digits).dossier), self.owed,
            lambda text: [self.owed(row.dossier) for row in self.find(Query("all", text)).rows],
            self.collect, lambda _day: tuple(self.receipts), lambda _r: "Lệ phí hộ tịch", lambda _r: "Đã in",
            lambda: Series("26TAA", 281, self.stopped), self.print_papers,
        )  # fmt: skip


def slip(serial: int) -> str:
    """The 20 digits of an acceptance slip of today with this serial."""
    return slip_code(SlipKind.ACCEPTANCE, "99012", NOW.date(), 2, serial)
