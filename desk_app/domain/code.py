"""Codes the desk prints and reads back: decimal digits only, so that no input method can damage them.

A scanned code starts with its kind digit and ends with two check digits (ISO 7064 MOD 97-10), at a fixed width for
each kind: one wrong digit and two swapped neighbours are always noticed. The dossier code is the law's, not ours, and
is only recognised here. Nothing personal is ever written into a code.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Final

SLIP_WIDTH: Final = 20
RECEIPT_WIDTH: Final = 55
_RECEIPT_KIND: Final = 5
_DOSSIER: Final = re.compile(r"[0-9A-Z]{2,3}(?:\.[0-9A-Z]{2,3})*-(\d{6})-\d{4,7}")
_AGENCY: Final = re.compile(r"[0-9A-Z]{2,3}(?:\.[0-9A-Z]{2,3})*")
_DIGITS: Final = re.compile(r"[0-9]+")


class SlipKind(IntEnum):
    """First digit of a slip's code; 5 belongs to receipts. Numbers are printed: never reuse one."""

    ACCEPTANCE = 1
    GUIDANCE = 2
    SUPPLEMENT = 3
    FEEDBACK = 4
    CONTROL = 6
    APOLOGY = 7
    REFUSAL = 8
    OTHER = 9


class Unread(Enum):
    """Why a text is none of our codes."""

    NOT_DIGITS = "not_digits"
    WIDTH = "width"
    CHECK_DIGITS = "check_digits"
    KIND = "kind"
    DATE = "date"


_SLIP_KINDS: Final = frozenset(int(kind) for kind in SlipKind)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What the 20 digits of a slip say."""

    kind: SlipKind
    unit: str
    day: date
    station_no: int
    serial: int
    digits: str


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """What the 55 digits of a receipt say; `amount_vnd` in đồng, `minute` in Vietnam time."""

    unit: str
    line: int
    series_id: int
    number: int
    amount_vnd: int
    minute: datetime
    check8: str
    digits: str


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code, or the reason why the text is none."""

    code: SlipCode | ReceiptCode | None
    reason: Unread | None


def check_digits(body: str) -> str:
    """The two digits that make `body` a valid ISO 7064 MOD 97-10 number."""
    return f"{98 - int(body) * 100 % 97:02d}"


def _field(value: int, width: int, what: str) -> str:
    if not 0 <= value < 10**width:
        raise ValueError(f"{what} does not fit {width} digits")
    return str(value).zfill(width)


def _unit(unit5: str) -> str:
    if len(unit5) != 5 or not _DIGITS.fullmatch(unit5):
        raise ValueError("a unit is five digits (Quyết định 19/2025/QĐ-TTg)")
    return unit5


def slip_code(kind: int, unit5: str, day: date, station_no: int, serial: int) -> str:
    """The 20 digits of a slip: kind 1, unit 5, day yymmdd 6, station 2, serial of that day and kind 4, check 2."""
    if kind == _RECEIPT_KIND or kind not in _SLIP_KINDS:
        raise ValueError("not a kind of slip")
    body = f"{kind}{_unit(unit5)}{day:%y%m%d}{_field(station_no, 2, 'station')}{_field(serial, 4, 'serial')}"
    return body + check_digits(body)


def receipt_code(unit5: str, line: int, series_id: int, number: int, amount: int, minute: datetime, check8: str) -> str:
    """The 55 digits of a receipt, `amount` in đồng.

    5, unit 5, line 8, series 3, number 8, amount 10, yymmddHHMM 10, check number 8, check 2.
    """
    if len(check8) != 8 or not _DIGITS.fullmatch(check8):
        raise ValueError("a check number is eight digits")
    body = (
        f"{_RECEIPT_KIND}{_unit(unit5)}{_field(line, 8, 'line')}{_field(series_id, 3, 'series')}"
        f"{_field(number, 8, 'number')}{_field(amount, 10, 'amount')}{minute:%y%m%d%H%M}{check8}"
    )
    return body + check_digits(body)


def read_code(text: str) -> CodeReading:
    """Reads one of our codes as typed or scanned; blanks, hyphens and dots of a typist are ignored."""
    digits = re.sub(r"[\s.\-·]", "", text)
    if not (digits.isascii() and _DIGITS.fullmatch(digits)):
        return CodeReading(None, Unread.NOT_DIGITS)
    is_receipt = digits[0] == str(_RECEIPT_KIND)
    if len(digits) != (RECEIPT_WIDTH if is_receipt else SLIP_WIDTH):
        return CodeReading(None, Unread.WIDTH)
    if int(digits) % 97 != 1:
        return CodeReading(None, Unread.CHECK_DIGITS)
    if not is_receipt and int(digits[0]) not in _SLIP_KINDS:
        return CodeReading(None, Unread.KIND)
    try:
        return CodeReading(_receipt(digits) if is_receipt else _slip(digits), None)
    except ValueError:
        return CodeReading(None, Unread.DATE)


def parse_code(text: str) -> SlipCode | ReceiptCode | None:
    """One of our codes, or None; `read_code` also says why not."""
    return read_code(text).code


def _day(yymmdd: str) -> date:
    return date(2000 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:6]))


def _slip(digits: str) -> SlipCode:
    return SlipCode(
        SlipKind(int(digits[0])), digits[1:6], _day(digits[6:12]), int(digits[12:14]), int(digits[14:18]), digits
    )


def _receipt(digits: str) -> ReceiptCode:
    day = _day(digits[35:41])
    minute = datetime(day.year, day.month, day.day, int(digits[41:43]), int(digits[43:45]))  # noqa: DTZ001 - naive Vietnam time
    return ReceiptCode(
        digits[1:6], int(digits[6:14]), int(digits[14:17]), int(digits[17:25]), int(digits[25:35]), minute,
        digits[45:53], digits,
    )  # fmt: skip


def check_number(record_hash_hex: str) -> str:
    """The eight digits printed on a receipt, from the hash of its record: recomputed by anyone, guessed by no one."""
    return f"{int(record_hash_hex, 16) % 10**8:08d}"


def show_check(check8: str) -> str:
    """A check number as printed: "42071936" → "4207-1936"."""
    return f"{check8[:4]}-{check8[4:]}"


def group4(digits: str) -> str:
    """Digits in groups of four, as printed under a QR code."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def dossier_code(agency: str, day: date, serial: int) -> str:
    """The code of a dossier: agency, day of reception, serial of that day: "H57.32-261125-0011".

    Law: Thông tư 01/2018/TT-VPCP Điều 19; agency by Quyết định 20/2020/QĐ-TTg. Serial 1 … 9999.
    """
    if not _AGENCY.fullmatch(agency):
        raise ValueError("not an agency identifier")
    if not 1 <= serial <= 9999:
        raise ValueError("a serial of the day is 1 … 9999")
    return f"{agency}-{day:%y%m%d}-{serial:04d}"


def is_dossier_code(text: str) -> bool:
    """Whether a text is a dossier code of any system, provincial (4 digits) or ministerial (6–7), with a real date."""
    match = _DOSSIER.fullmatch(text.strip())
    if not match:
        return False
    try:
        _day(match[1])
    except ValueError:
        return False
    return True


def short_dossier_code(code: str) -> str:
    """The end of a dossier code that is read aloud: "…261125-0011"; other text stays as it is."""
    return "…" + "-".join(code.rsplit("-", 2)[1:]) if is_dossier_code(code) else code
