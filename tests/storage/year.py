"""A commune's year from one seed, written through the real store: dossiers, results, receipts, slips, feedback, surveys.

Bounds of time, order and mix are drawn; nothing here is a figure that a test compares with.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desk_app.storage.queries import receipts
from desk_app.storage.store import Store
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import ApologyMade, DossierStopped, SupplementCompleted, SupplementRequested
from sync.protocol.facts import (
    DossierSettled,
    Fact,
    GrantAccepted,
    GuidanceGiven,
    OfficerRegistered,
    ReceiptIssued,
    ReceiptItem,
)
from sync.protocol.feedback_facts import (
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackReceived,
    FeedbackRefused,
    FeedbackTransferred,
    SurveyReleased,
)
from sync.protocol.money_facts import ReceiptReplaced, ReceiptVoided
from tests.storage.builders import LINE, MARKS, FakeClock, a_store, give_back, open_line, person, receive

PROCEDURES = (
    "chung_thuc.ban_sao", "chung_thuc.chu_ky", "ho_tich.khai_sinh", "ho_tich.xac_nhan_hon_nhan", "ho_tich.khai_tu",
    "bao_tro.tro_cap_xa_hoi", "ho_kinh_doanh.thanh_lap",
)  # fmt: skip
OFFICERS = (("cb-hanh", "Lê Thị Hạnh"), ("cb-dung", "Đỗ Văn Dũng"))
FEES = (
    ("ban_sao", "fee", "Phí chứng thực bản sao từ bản chính", 2_000),
    ("chu_ky", "fee", "Phí chứng thực chữ ký", 10_000),
    ("hon_nhan", "charge", "Lệ phí cấp giấy xác nhận tình trạng hôn nhân", 15_000),
)
FIRST = date(2026, 1, 5)
VOICE_SERIES = (
    ("feedback_slip", "PTN-PAKN"), ("feedback_transfer", "PC-UBND"), ("stop_notice", "TB-UBND"), ("apology", "PXL-UBND"),
)  # fmt: skip
QUIET = (3, 8)  # months in which nothing comes in


class Year:
    """The store with its year; ``close`` it."""

    def __init__(
        self, folder: Path, *, seed: int = 2026, days: int = 325, a_day: int = 3, line_kind: str = "main"
    ) -> None:
        self.clock = FakeClock()
        self._facts: tuple[Fact, ...] = ()
        self.store: Store = a_store(folder, seed=seed % 4000, clock=self.clock)
        self.chance = random.Random(seed)
        self.voices = random.Random(seed + 1)  # apart, so that what people say moves no dossier
        self._asked: list[tuple[datetime, str, str]] = []
        self._n = 0
        self._waiting: list[tuple[datetime, str, bool]] = []
        self._set(datetime.combine(FIRST, datetime.min.time()))
        open_line(self.store, kind=line_kind)
        self._command("cb-head", self._register)
        for number in range(days):
            self._day(FIRST + timedelta(days=number), a_day)

    def _set(self, local: datetime) -> None:
        self.clock.now = (local - timedelta(hours=7)).replace(tzinfo=UTC)

    def _id(self, start: str) -> str:
        self._n += 1
        return f"{start}{self._n:06}"

    def _command(self, actor: str, job) -> None:  # type: ignore[no-untyped-def]
        def work() -> None:
            with self.store.write(self._id("c"), actor) as tx:
                job(tx)

        self.store.call(work)

    def _register(self, tx: WriteTx) -> None:
        for series, symbol in VOICE_SERIES:
            tx.append(GrantAccepted(f"g-{series}", series, "", symbol, 9, 1, 99_999, "year"))
        for officer, name in OFFICERS:
            tx.append(OfficerRegistered(officer, name, ("reception",)))

    def _day(self, day: date, most: int) -> None:
        if day.weekday() >= 5:
            return
        moments = [datetime.combine(day, datetime.min.time()) + timedelta(minutes=m)
                   for m in sorted(self.chance.sample(range(450, 1010), most * 2))]  # fmt: skip
        self._speak(day)
        due = [entry for entry in self._waiting if entry[0].date() <= day]
        self._waiting = [entry for entry in self._waiting if entry[0].date() > day]
        for at, dossier, collect in sorted(due):
            self._set(max(at, moments[0]) if at.date() == day else moments[0])
            self._command("cb-dung", lambda tx, d=dossier, c=collect: self._settle(tx, d, c))
        if day.month in QUIET:
            return
        self._interrupt(moments[-1])
        for moment in moments[: self.chance.randint(0, most)]:
            self._set(moment)
            actor = self.chance.choice(OFFICERS)[0]
            if self.chance.random() < 0.05:
                self._command(actor, self._strike)
            elif self.chance.random() < 0.2:
                self._command(actor, self._guide)
            else:
                self._command(actor, self._receive)

    def _receive(self, tx: WriteTx) -> None:
        dossier, now = self._id("d"), self.clock.now.replace(tzinfo=None) + timedelta(hours=7)
        procedure = self.chance.choice(PROCEDURES)
        term = self.chance.choice((0, 1, 3, 5, 15))
        due = "" if self.chance.random() < 0.05 else f"{(now + timedelta(days=term)).date()}T16:30:00"
        receive(
            tx, self.clock, dossier, who=person(id_number=f"0{self._n:011}"), due_at=due, procedure=procedure,
            fee_vnd=None, done_at_once=term == 0,
        )  # fmt: skip
        if self.chance.random() < 0.6:
            self._pay(tx, dossier)
        if self.chance.random() < 0.93:
            took = self.chance.choice((0, 0, term, term, term, term - 1, term - 1, term + 2, term + 6))
            self._waiting.append((now + timedelta(days=max(0, took), minutes=30), dossier, self.chance.random() < 0.8))

    def _interrupt(self, moment: datetime) -> None:
        """Now and then a waiting dossier needs more papers, and gets a later date or none yet."""
        if not self._waiting or self.chance.random() > 0.25:
            return
        dossier = self.chance.choice(self._waiting)[1]
        self._set(moment)
        now = self.clock.local()
        later = f"{moment.date() + timedelta(days=9)}T16:30:00"
        needs = SupplementRequested(dossier, self._id("b"), "3" * 20, "BS", self._n, now, ("giấy",), "thiếu")
        self._command("cb-hanh", lambda tx: tx.append(needs))
        if self.chance.random() < 0.7:
            self._command("cb-hanh", lambda tx: tx.append(SupplementCompleted(dossier, now, later, "vn-2026")))

    def _settle(self, tx: WriteTx, dossier: str, collect: bool) -> None:
        if self.chance.random() < 0.08:
            stop = DossierStopped(dossier, self._id("s"), "TB", self._n, self.clock.local(), "rút", "desk", "không thu")
            tx.append(stop)
            return
        tx.append(
            DossierSettled(dossier, self.clock.local(), self.chance.choice(("granted", "granted", "refused")), "1")
        )
        if collect:
            give_back(tx, self.clock, dossier)

    def _pay(self, tx: WriteTx, dossier: str) -> None:
        number = tx.take_number("receipt", self.clock.day())
        items = []
        for fee, kind, name, price in self.chance.sample(FEES, self.chance.choice((1, 1, 2))):
            count = self.chance.randint(1, 6)
            exempt = "ho_ngheo" if self.chance.random() < 0.1 and items else ""
            items.append(
                ReceiptItem(fee, kind, name, "226/2016/TT-BTC", count, price, 0 if exempt else count * price, exempt)
            )
        total = sum(item.amount_vnd for item in items)
        before = receipts.series_total(tx, number.symbol, number.series_id)
        tx.append(ReceiptIssued(
            self._id("r"), number.form, number.symbol, number.series_id, number.number, (dossier,),
            tx.put_subject("person", person()), tuple(items), total, self.chance.choice(("cash", "cash", "transfer")),
            self.clock.local(), before + total, number.grant,
        ))  # fmt: skip

    def _strike(self, tx: WriteTx) -> None:
        """Now and then a receipt of some days ago is taken back."""
        row = tx.row(
            "SELECT receipt, symbol, number, total_vnd FROM receipt WHERE status = 'issued' ORDER BY n DESC LIMIT 1"
        )
        if row is None:
            return
        receipt, symbol, number, total = row
        if self.chance.random() < 0.5:
            tx.append(ReceiptVoided(self._id("u"), receipt, symbol, number, self.clock.local(), "misprint", 2, total))
        else:
            tx.append(ReceiptReplaced(self._id("u"), receipt, "", self.clock.local(), "amount", total, 0))

    def _guide(self, tx: WriteTx) -> None:
        number = tx.take_number("guidance_slip", self.clock.day())
        fact = GuidanceGiven(
            self._id("g"), f"2{number.number:019}", number.symbol, number.number, self.clock.local(),
            self.chance.choice(PROCEDURES), "", "2026.11-3", {}, MARKS, None, grant=number.grant,
        )  # fmt: skip
        if self.chance.random() < 0.2:
            fact = replace(fact, round=2, why_again="thiếu do hướng dẫn sót")
        tx.append(fact)

    # ---- what people say

    def _speak(self, day: date) -> None:
        """Now and then feedback comes, is answered, sent on or refused; a late dossier gets its apology; faces are tapped."""
        moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=7)
        ripe = [entry for entry in self._asked if entry[0].date() <= day]
        self._asked = [entry for entry in self._asked if entry[0].date() > day]
        self._set(moment)
        for _at, feedback, kind in ripe:
            self._command("cb-dung", lambda tx, f=feedback, k=kind: self._reply(tx, f, k))
        if self.voices.random() < 0.35 and day.month not in QUIET:
            self._command("cb-hanh", lambda tx: self._complain(tx, moment))
        if self._waiting and self.voices.random() < 0.3:
            dossier = self.voices.choice(self._waiting)[1]
            self._command("cb-hanh", lambda tx: self._apologise(tx, dossier))
        if day.weekday() == 4 and day.month not in QUIET:
            self._command("cb-hanh", lambda tx: self._survey(tx, day))

    def _complain(self, tx: WriteTx, moment: datetime) -> None:
        feedback, now = self._id("f"), self.clock.local()
        number = tx.take_number("feedback_slip", self.clock.day())
        promised = moment.date() + timedelta(days=self.voices.choice((5, 15)))
        kind = self.voices.choice(("conduct", "conduct", "regulation", "question"))
        channel = self.voices.choice(("direct", "phone", "written", "box", "electronic"))
        tx.append(FeedbackReceived(
            feedback, f"PAKN-{number.number}", f"4{number.number:019}", number.symbol, number.number, channel,
            tx.put_subject("person", person()), tx.put_subject("feedback_text", {"content": "chờ lâu"}), False, now,
            promised.isoformat(), promised.isoformat(), "vn-2026", procedure=self.voices.choice(("", *PROCEDURES)),
            grant=number.grant,
        ))  # fmt: skip
        tx.append(FeedbackClassified(feedback, kind, now))
        if kind == "conduct":
            tx.append(FeedbackAssigned(feedback, self.voices.choice(OFFICERS)[0], now))
        if self.voices.random() < 0.9:
            took = timedelta(days=self.voices.choice((1, 4, 9, 15, 21)), minutes=5)
            self._asked.append((moment + took, feedback, kind))

    def _reply(self, tx: WriteTx, feedback: str, kind: str) -> None:
        now, way = self.clock.local(), self.voices.random()
        if kind == "regulation" or way < 0.1:
            slip, notice = (tx.take_number(k, self.clock.day()) for k in ("feedback_transfer", "stop_notice"))
            tx.append(FeedbackTransferred(
                feedback, slip.symbol, slip.number, "Sở Tư pháp", (), now, slip.grant, notice.symbol, notice.number,
                notice.grant,
            ))  # fmt: skip
            if way < 0.5:
                tx.append(FeedbackAnswered(feedback, "", (), None, now, by_agency="Sở Tư pháp"))
        elif way < 0.2:
            tx.append(FeedbackRefused(feedback, "không thuộc phạm vi", "Tòa án", now))
        else:
            tx.append(FeedbackAnswered(feedback, "right", (), None, now))

    def _apologise(self, tx: WriteTx, dossier: str) -> None:
        number = tx.take_number("apology", self.clock.day())
        cause = self.voices.choice(("verification", "volume", "outage", "absence", "other"))
        tx.append(ApologyMade(
            dossier, self._id("x"), f"7{number.number:019}", number.symbol, number.number, self.clock.local(),
            f"{self.clock.day()}T16:30:00", cause, "vì", (self.clock.day() + timedelta(days=3)).isoformat(), "UBND",
            "CHỦ TỊCH", "Lê Văn An", 1, number.grant,
        ))  # fmt: skip

    def _survey(self, tx: WriteTx, day: date) -> None:
        """A group of one week, as it is released."""
        for _ in range(self.voices.randint(5, 9)):
            score, place = self.voices.randint(1, 5), self.voices.randint(1, 5)
            field = self.voices.choice(("ho_tich", "chung_thuc", ""))
            tx.append(SurveyReleased("counter/1", day.isoformat(), score, {"overall": score, "place": place}, field))

    def facts(self) -> tuple[Fact, ...]:
        """Everything that was sealed, in order; read once."""
        if not self._facts:

            def work() -> tuple[Fact, ...]:
                with self.store.read() as tx:
                    tx.use_line("main")
                    return tuple(from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in tx.records(LINE))

            self._facts = self.store.call(work)
        return self._facts

    def close(self) -> None:
        self.store.close()
