"""The moves of a dossier over the use cases: what was typed becomes a command, what was recorded becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.lifecycle import Move
from desk_app.services import apology, books, correction, dossiers, handover, life, morning, stopping, uncollected, why
from desk_app.services.apology import MakeApologies
from desk_app.services.correction import CorrectDossier
from desk_app.services.desk import Desk
from desk_app.services.handover import HandOver
from desk_app.services.life import Moved, RequestSupplement, SimpleMove
from desk_app.services.ports import Printer
from desk_app.services.stopping import StopDossier
from desk_app.system.exports import save
from desk_app.ui import errors
from desk_app.ui.forms import correction as fixing
from desk_app.ui.forms.life import read_day
from desk_app.ui.run import run
from desk_app.ui.screens.dossiers import Book, Done, Group, LifePorts, Prepared, Typed
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.screens.today import TodayPage
from desk_app.ui.widgets.banner import Notice
from desk_app.wiring import sheets

Submit = Callable[[Callable[..., Any]], "Future[Any]"]

_SIMPLE: dict[Move, tuple[Callable[[Desk, SimpleMove], Moved], str]] = {
    Move.TAKE_OVER: (life.take_over, "Đã ghi bên giải quyết nhận hồ sơ"),
    Move.COMPLETE: (life.complete_supplement, "Đã bổ sung đủ hồ sơ"),
    Move.ASK_PAYMENT: (life.request_payment, "Đã ghi yêu cầu nghĩa vụ tài chính của hồ sơ"),
    Move.PAID: (life.note_payment, "Đã ghi nộp nghĩa vụ tài chính của hồ sơ"),
    Move.WITHDRAW: (life.ask_withdrawal, "Đã ghi đề nghị rút hồ sơ"),
    Move.DECLINE_STOP: (life.decline_withdrawal, "Giải quyết tiếp hồ sơ"),
    Move.TAKE_BACK: (life.take_back, "Đã hủy ghi nhận bước cuối của hồ sơ"),
}


_BOOKS = (
    Book("register", "In sổ theo dõi hồ sơ, tháng này"),
    Book("register-xlsx", "Xuất Excel sổ theo dõi, năm nay"),
    Book("uncollected", "In danh sách kết quả chưa đến nhận"),
    Book("certification", "In sổ chứng thực, quyển đang dùng"),
)


def life_ports(desk: Desk, printer: Printer, folder: Path | None = None) -> LifePorts:
    """What the panel of a dossier needs; workbooks go to ``folder`` (None: they are not offered)."""
    return LifePorts(
        groups=partial(groups, desk),
        books=tuple(book for book in _BOOKS if folder is not None or not book.id.endswith("xlsx")),
        open_book=partial(open_book, desk, printer, folder),
        sheets=partial(sheets.sheets, desk),
        print_sheet=partial(sheets.print_sheet, desk, printer),
        moves=partial(life.moves, desk),
        prepare=partial(prepare, desk),
        do=partial(do, desk),
        why=partial(why.why, desk),
        print_why=partial(print_why, desk, printer),
    )


def prepare(desk: Desk, dossier: str, move: Move) -> Prepared:
    """What the form of a move begins with."""
    match move:
        case Move.APOLOGISE:
            found = apology.propose(desk, dossier)
            said = f"Đã xin lỗi {found.made}/{found.most} lần. Người ký: {found.signer_title} cơ quan giải quyết."
            refusal = errors.message_of(found.refusal).text if found.refusal else ""
            return Prepared({"day": f"{found.new_day:%d/%m/%Y}"}, said, refusal)
        case Move.HAND_OVER:
            row = dossiers.detail(desk, dossier).row
            return Prepared({"agency": handover.settling_agency(desk, row)})
        case Move.CORRECT:
            return _to_correct(correction.recorded(desk, dossier))
    return Prepared({})


def groups(desk: Desk) -> tuple[Group, ...]:
    """Those that would be late within a working day, by cause; those at the desk, by agency."""
    seen, day = morning.gather(desk), f"{apology.proposed_day(desk):%d/%m/%Y}"
    late = [("Đã quá hẹn, chưa có văn bản xin lỗi", "", seen.without_letter)] if seen.without_letter else []
    soon = [(f"Sắp trễ hẹn: {group.reason}", group.usual_cause, group.tasks) for group in seen.at_risk]
    found = [
        Group(
            Move.APOLOGISE,
            title,
            ", ".join(task.row.code[-11:] for task in tasks[:6]),
            tuple(task.row.dossier for task in tasks),
            {"cause": cause, "day": day},
        )
        for title, cause, tasks in (*late, *soon)
    ]
    by_agency: dict[str, list[handover.Waiting]] = {}
    for one in handover.waiting(desk):
        by_agency.setdefault(one.agency, []).append(one)
    for agency, rows in sorted(by_agency.items()):
        today = sum(row.today for row in rows)
        found.append(
            Group(
                Move.HAND_OVER,
                f"Chờ chuyển: {agency or 'chưa rõ cơ quan'}",
                f"{today} hồ sơ phải chuyển hôm nay (nhận trước 15 giờ)",
                tuple(row.row.dossier for row in rows),
                {"agency": agency},
            )
        )
    return tuple(found)


def open_book(desk: Desk, printer: Printer, folder: Path | None, book: str) -> Printing:
    """Print a book, or save it as a workbook; on the paper thread."""
    today = desk.now().date()
    first, last = morning.month_of(today)
    if book == "register-xlsx" and folder is not None:
        year = (today.replace(month=1, day=1), today.replace(month=12, day=31))
        data = books.register_xlsx(desk, *year)
        return Printing("", 0, (), save(folder, f"so-theo-doi-{today.year}.xlsx", data).name)
    if book == "register":
        pdf = books.register_pdf(desk, first, last, with_cover=True)
        title = "Sổ theo dõi hồ sơ"
    elif book == "uncollected":
        pdf, title = uncollected.list_pdf(desk), "Danh sách kết quả chưa đến nhận"
    else:
        volumes = desk.store.call(lambda: books.certification_volumes(desk))
        if not volumes:
            raise Refused("IN-09")
        pdf = books.certification_pdf(desk, volumes[-1][0], with_cover=True)
        title = "Sổ chứng thực"
    out = printer.print_pdf(pdf, role="report", media="A4", title=title, landscape=True)
    return Printing("" if out.is_file else out.where, 1, (title,), out.where if out.is_file else "")


def do(desk: Desk, typed: Typed) -> Done:
    """Record a move. Refuses what its use case refuses."""
    v = {name: value.strip() for name, value in typed.values.items()}
    if typed.move in _SIMPLE:
        act, say = _SIMPLE[typed.move]
        done = act(desk, SimpleMove(typed.id, typed.dossier, v.get("text", "")))
        return Done(f"{say} {done.code}{_promised(done)}.")
    match typed.move:
        case Move.APOLOGISE:
            return _apologise(desk, typed, v)
        case Move.HAND_OVER:
            ids = typed.dossiers or (typed.dossier,)
            listed = handover.hand_over(desk, HandOver(typed.id, ids, v["agency"], v.get("taker", "")))
            return Done(f"Đã chuyển giải quyết {listed.count} hồ sơ. Đang in danh sách bàn giao.", listed.handover)
        case Move.SUPPLEMENT:
            needs = tuple(typed.values["needs"].splitlines())
            command = RequestSupplement(typed.id, typed.dossier, needs, v["text"], v.get("second", ""))
            return _printed("Đã yêu cầu bổ sung hồ sơ", life.request_supplement(desk, command))
        case Move.AGREE_STOP | Move.EXPIRE:
            back = tuple(typed.values.get("back", "").splitlines())
            stop = StopDossier(typed.id, typed.dossier, v["text"], back, signer=v.get("signer", ""))
            return _printed("Đã dừng giải quyết hồ sơ", stopping.stop(desk, stop))
        case Move.CORRECT:
            found = correction.recorded(desk, typed.dossier)
            form, counts = fixing.put_right(found.form, found.view, v, desk.now().date())
            right = CorrectDossier(typed.id, typed.dossier, form, v.get("text", ""), counts)
            return _printed("Đã sửa hồ sơ", correction.correct(desk, right))
    raise Refused("HS-08")


def print_why(desk: Desk, printer: Printer, dossier: str) -> Printing:
    """The steps of a date on paper."""
    pdf = why.why_pdf(desk, dossier)
    out = printer.print_pdf(pdf, role="slip", media="A4", title="Cách tính ngày trả kết quả")
    return Printing(
        "" if out.is_file else out.where, 1, ("Cách tính ngày trả kết quả",), out.where if out.is_file else ""
    )


def _apologise(desk: Desk, typed: Typed, v: dict[str, str]) -> Done:
    proposal = apology.proposed_day(desk)
    day = read_day(v.get("day", ""), proposal)
    if day is None:
        raise Refused("HS-03", date=f"{proposal:%d/%m/%Y}")
    command = MakeApologies(
        typed.id, typed.dossiers or (typed.dossier,), v.get("cause", ""), v.get("text", ""), day,
        signer=v.get("signer", ""),
    )  # fmt: skip
    letters = apology.apologise(desk, command)
    if typed.dossiers:
        left = f", {len(letters.refused)} hồ sơ chưa lập được" if letters.refused else ""
        about = " ".join(one.paper.partition(":")[2] for one in letters.made)
        return Done(f"Đã lập {len(letters.made)} văn bản xin lỗi, hẹn lại {day:%d/%m/%Y}{left}.", about)
    made = letters.made[0]
    message = errors.message("HS-01", dossier=made.code, date=f"{day:%d/%m/%Y}", signer=_signer(desk))
    return Done(message.text, made.paper.partition(":")[2])


def _signer(desk: Desk) -> str:
    with desk.store.read() as tx:
        return desk.profile(tx).head_title


def _to_correct(found: correction.Recorded) -> Prepared:
    """Everything an officer may have mistyped, as it stands, and what is asked beside it."""
    asked, values = fixing.fields(found.form, found.view, found.kept)
    say = "Trong 15 phút đầu: sửa ngay, không cần lý do." if found.free else "Đã quá 15 phút: phải ghi lý do sửa."
    if found.paid_vnd:
        say += " Hồ sơ đã thu phí: số tiền không đổi được tại đây; biên lai sai tên thì thay thế tại mục Thu phí."
    return Prepared(values, say, fields=asked)


def _printed(say: str, made: Moved) -> Done:
    number = f", giấy số {made.number_text}" if made.number_text else ""
    return Done(f"{say} {made.code}{number}.", made.paper.partition(":")[2])


def _promised(done: Moved) -> str:
    at = done.due_at
    return f", hẹn trả {at[11:16]} ngày {at[8:10]}/{at[5:7]}/{at[:4]}" if at else ""


def tell_late(page: TodayPage, desk: Desk, submit: Submit) -> None:
    """Whenever the first screen comes to the front: overdue without a letter is a banner, until the letters are made."""

    def tell(alarm: DeskError | None) -> None:
        if alarm is None:
            page.notice_gone.emit("HS-13")
            return
        message = errors.message_of(alarm)
        page.notice.emit(Notice("HS-13", message.tone, message.text, message.title, "HS-13"))

    def look() -> None:
        run(page, submit, partial(morning.alarm, desk), tell, page.show_error, action="alarm")

    page.shown.connect(look)
