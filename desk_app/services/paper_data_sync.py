"""What stands on the day receipt, from the two kept messages: the desk's count and the centre's signed answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from desk_app.documents.blocks import Letterhead
from desk_app.documents.day_match import DayMatch, MatchedRow
from desk_app.domain.errors import Refused
from desk_app.services import office
from desk_app.services.desk import Desk, local_time
from desk_app.storage.queries import daymatch
from desk_app.storage.transaction import ReadTx
from sync.protocol import daymatch as both
from sync.protocol.canonical import parse
from sync.protocol.messages import decode, from_value

_GROUPS: Final = (
    ("Hồ sơ tiếp nhận", ("dossier.received",)),
    ("Diễn biến hồ sơ", ("dossier.", "result.", "supplement.", "payment.", "apology.", "handover.", "due.")),
    ("Biên lai đã lập", ("receipt.issued",)),
    ("Khóa sổ quỹ", ("day.closed",)),
    ("Phiếu hướng dẫn", ("guidance.",)),
    ("Phản ánh, kiến nghị", ("feedback.",)),
    ("Khảo sát", ("survey.",)),
)  # fmt: skip
_FIGURES: Final = {
    "head": "mã bản ghi cuối", "first": "số đầu", "last": "số cuối", "count": "số biên lai", "sum": "tiền",
    "total": "tổng tiền của ký hiệu",
}  # fmt: skip
_OTHER: Final = "Bản ghi khác (giấy, thiết lập)"
_PLACES: Final = {
    both.MISSING: "Máy chủ chưa có mục {span}",
    both.OTHER: "Khác nội dung trong mục {span}",
    both.REFUSED: "Máy chủ để riêng mục {span} ({code})",
    both.COUNT: "Số bản ghi {code}: quầy {desk}, máy chủ {centre}",
    both.SUM: "Số tiền {code}: quầy {desk}, máy chủ {centre}",
    both.CLOSING: "Lần khóa sổ ở mục {span}, {code}: quầy {desk}, máy chủ {centre}",
    both.UNKNOWN_LINE: "Máy chủ không biết dòng ghi này",
}


def place_text(d: both.Difference) -> str:
    """One place that differs, in words: line, records, what."""
    span = str(d.first) if d.first == d.last else f"{d.first}–{d.last}"
    said = _PLACES.get(d.what, "Khác nhau ở mục {span}")
    code = d.code
    if d.what == both.CLOSING:
        figure, _, series = d.code.partition(" ")
        code = f"{_FIGURES.get(figure, figure)} {series}".strip()
        if figure == "head":
            said = "Lần khóa sổ ở mục {span}: khác {code}"
    return f"Dòng {d.line}: " + said.format(span=span, code=code, desk=d.desk, centre=d.centre)


def day_match(desk: Desk, tx: ReadTx, match: str, letterhead: Letterhead) -> DayMatch:
    """The paper of a day receipt. Refuses: IN-09 there is none of that id."""
    found = daymatch.get(tx, match)
    raw = tx.blob(found.answer_sha256) if found is not None else None
    if found is None or raw is None:
        raise Refused("IN-09")
    value = parse(raw)
    answer = from_value(both.DayAnswer, value)
    asked = tx.blob(answer.request)
    if asked is None:
        raise Refused("IN-09")
    request = decode(both.DayRequest, asked)
    signature = str(value.get("sig", "")) if isinstance(value, dict) else ""
    return DayMatch(
        letterhead,
        desk.profile(tx).desk_name,
        date.fromisoformat(found.day),
        office.station_title(tx),
        local_time(datetime.fromisoformat(found.matched_at)),
        tuple(_rows(request.lines, answer.lines)),
        tuple(place_text(d) for d in answer.differs),
        " ".join(signature[n : n + 8] for n in range(0, 32, 8)) + " …",
        desk.officer.name,
    )


def _rows(ours: tuple[both.DayLine, ...], theirs: tuple[both.DayLine, ...]) -> list[MatchedRow]:
    desk, centre = _sums(ours), _sums(theirs)
    rows = [MatchedRow(what, desk.pop(what, (0, 0))[0], centre.pop(what, (0, 0))[0]) for what, _kinds in _GROUPS]
    paid, held = (sum(s.sum_vnd for line in side for s in line.sums) for side in (ours, theirs))
    rows.insert(3, MatchedRow("Tiền trên biên lai", paid, held, money=True))
    rows.append(MatchedRow(_OTHER, desk.get(_OTHER, (0, 0))[0], centre.get(_OTHER, (0, 0))[0]))
    return [row for row in rows if row.desk or row.centre or row.what in ("Hồ sơ tiếp nhận", "Biên lai đã lập")]


def _sums(lines: tuple[both.DayLine, ...]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        for s in line.sums:
            what = next(
                (
                    name
                    for name, kinds in _GROUPS
                    if any(s.kind == k or (k[-1] == "." and s.kind.startswith(k)) for k in kinds)
                ),
                _OTHER,
            )
            count, amount = found.get(what, (0, 0))
            found[what] = (count + s.count, amount + s.sum_vnd)
    return found
