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

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder
from desk_app.domain.identity import parse_card
from desk_app.domain.intake import IntakeForm, Mark, MarkState, Step, look
from desk_app.domain.procedure import Procedure
from desk_app.domain.unit import UnitProfile, read_profile
from desk_app.services.intake import AcceptDossier, Accepted, GiveGuidance, Guided, History
from desk_app.ui.screens.intake import Draft, IntakePorts, Printing, Series

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime(2026, 11, 25, 9, 11, 0)
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
    return ProcedureFinder(entries, {id_: 10 - n for n, id_ in enumerate(USUAL)})


@dataclass
class FakeDesk:
    """Counts what was recorded; ``guided`` maps (number, procedure) to the day of the last slip."""

    now: datetime = NOW
    accepted: dict[str, tuple[AcceptDossier, Accepted]] = field(default_factory=dict)
    slips: dict[str, tuple[GiveGuidance, Guided]] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    visits: int = 2
    open_dossiers: tuple[tuple[str, str, str], ...] = ()
    same_open: tuple[str, str] | None = None
    fail_print: DeskError | None = None
    fail_accept: DeskError | None = None
    catalogue: Catalogue = field(default_factory=catalogue)
    profile: UnitProfile = field(default_factory=profile)
    series: Series = Series("26TAA", 281)
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

    def guide(self, command: GiveGuidance) -> Guided:
        if command.id in self.slips:
            return replace(self.slips[command.id][1], repeated=True)
        before = self.history(command.form).guided_on if command.form.person else ""
        if before and not command.why_again.strip():
            raise Refused("TN-08", date="20/11/2026")
        done = Guided(f"g{len(self.slips) + 1}", "07/PHD", "2" * 20, 2 if before else 1)
        self.slips[command.id] = (command, done)
        return done

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
            find=finder().find,
            top_used=finder().top_used,
            read_card=parse_card,
            submit=self.submit,
            history=self.history,
            accept=self.accept,
            guide=self.guide,
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
