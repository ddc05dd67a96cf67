"""The blocks every paper is made of: head, title, lines with labels, signatures, `Nơi nhận`, foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.boxes import Beside, Framed, Gap, Rule, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.formats import groups, long_date
from desk_app.documents.ink import MM, Ink
from desk_app.documents.lines import field
from desk_app.documents.marks import Mark
from desk_app.documents.qr import draw_qr
from desk_app.documents.text import Block, Part, Text, bold, wrap

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGN_NOTE = "(Ký và ghi rõ họ tên)"
MOST_NAME_LINES = 6
CODE_SIDE = 22  # mm, the QR with its white border
CODE_COLUMN = 24  # mm, the QR and the digits under it


@dataclass(frozen=True)
class Letterhead:
    """Who issues the paper. `superior` and `own` in capitals as printed; `place` is the địa danh before the date.

    Desk papers (HEAD-D): `ỦY BAN NHÂN DÂN XÃ …` over `TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG`. Papers signed by the head
    (HEAD-U): `UBND TỈNH …` over `UBND XÃ …`. Layout of Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """

    superior: str
    own: str
    place: str


@dataclass(frozen=True)
class Signer:
    """One signature: title in capitals, name as on the card.

    `witnesses` for somebody who cannot sign: `(Điểm chỉ)` and one line for each witness.
    """

    title: str
    name: str = ""
    note: str = SIGN_NOTE
    witnesses: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Foot:
    """The foot of a citizen's paper: the digits of its code (10 to 24 decimal digits) and the lines beside it."""

    code: str
    lines: tuple[tuple[Part, ...], ...]


class QrCode:
    """A QR of `side` mm with its digits below it in groups of four."""

    __slots__ = ("_code", "_digits", "_inset", "_side", "height")

    def __init__(self, code: str, *, side: float = CODE_SIDE, column: float = CODE_COLUMN, digits: bool = True) -> None:
        self._code, self._side = code, side * MM
        self._inset = (column - side) / 2 * MM
        below = Text(groups(code), column * MM, size=10, align="centre", leading=1.08, even=True)
        self._digits = below if digits else None
        self.height = self._side + (self._digits.height - 1 * MM if self._digits else 0)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw the code and its digits; these stand in the lower part of the white border's distance."""
        draw_qr(ink, self._code, x + self._inset, top, self._side)
        if self._digits:
            self._digits.draw(ink, x, top + self._side - 1 * MM)

    def split(self, room: float) -> None:
        """A code is not cut."""


def head(
    letter: Letterhead, day: date, number: str = "", *, below: str = "", left: float = 70, width: float = 165
) -> Block:
    """HEAD of a paper `width` mm wide, its left column `left` mm; `number`: `07/TNHS`; `below` the number: `V/v …`."""
    column, rest = left * MM, (width - left) * MM
    own = Text(letter.own, column - 2 * MM, size=12, face=Face.BOLD, align="centre", leading=1.22, even=True)
    short = max(line.width for line in own.lines) / 3 if len(own.lines) == 1 else 23 * MM
    agency: list[Block] = [
        Text(letter.superior, column - 2 * MM, size=12, align="centre", leading=1.22, even=True),
        own,
        Rule(short, offset=(column - 2 * MM - short) / 2, above=2, below=1),
    ]
    if number:
        agency.append(Text(f"Số: {number}", column - 2 * MM, size=13, align="centre", gap=2))
    if below:
        agency.append(Text(below, column - 2 * MM, size=12, align="centre", gap=2, even=True))
    motto = Text(MOTTO, rest, size=13, face=Face.BOLD, align="centre", leading=1.22)
    words = motto.lines[0].width
    state: list[Block] = [
        Text(STATE, rest, size=12, face=Face.BOLD, align="centre", leading=1.22),
        motto,
        Rule(words, offset=(rest - words) / 2, above=1, below=1),
        Text(f"{letter.place}, {long_date(day)}", rest, size=13, face=Face.ITALIC, align="centre", gap=4),
    ]
    return Beside([(0, Stack(agency)), (column, Stack(state))])


def title(
    text: str, width: float, *, sub: str = "", marks: Sequence[Mark] = (), gap: float = 6, size: float = 14
) -> Block:
    """TITLE with its subtitle; the frames of the marks stand at its left."""
    first = Text(text, width, size=size, face=Face.BOLD, align="centre", even=True)
    lines: list[Block] = [first]
    if sub:
        lines.append(Text(sub, width, size=13, face=Face.ITALIC, align="centre", leading=1.2))
    if not marks:
        free = (width - max(line.width for line in first.lines)) / 2
        return Stack([Gap(gap / MM), _Title(lines, free)])
    frame = mark_frame(marks)
    free = (width - first.lines[0].width) / 2
    if free < frame.width + 4:
        rest = width - frame.width - 4
        block = title(text, rest, sub=sub, gap=0, size=size)
        return Stack([Gap(gap / MM), Beside([(0, frame), (frame.width + 4, block)], middle=True)])
    return Stack([Gap(gap / MM), Beside([(0, frame), (0, Stack(lines))], middle=True)])


class _Title(Stack):
    """A title that leaves a note where it stands, so that a copy can be marked beside it."""

    __slots__ = ("_free",)

    def __init__(self, blocks: Sequence[Block], free: float) -> None:
        super().__init__(blocks)
        self._free = free

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw it and leave the note."""
        ink.note_title(x, top, self._free, self.height)
        super().draw(ink, x, top)


def mark_frame(marks: Sequence[Mark], size: float = 11) -> Framed:
    """The words of the marks in one frame."""
    words = [line for mark in marks for line in mark.lines]
    width = max(wrap([word], size, 1000, face=Face.BOLD)[0].width for word in words) + 1
    lines = [Text(word, width, size=size, face=Face.BOLD, align="centre", leading=1.2) for word in words]
    return Framed(Stack(lines), width + 10, pad=2.5, side=5, around=1)


def mark_lines(marks: Sequence[Mark], width: float, size: float) -> list[Block]:
    """Who printed this copy and when, one line for each mark that says so."""
    return [Text(mark.foot, width, size=size, leading=1.2) for mark in marks if mark.foot]


def signatures(signers: Sequence[Signer], width: float, *, free: float = 25, size: float = 13) -> Block:
    """SIGN-1, SIGN-2 or three signatures: equal columns, `free` mm to sign, names in bold below."""
    columns = [None, *signers] if len(signers) == 1 else list(signers)
    each = width / len(columns)
    above = [_sign_head(signer, each - 6, size) if signer else Gap(0) for signer in columns]
    names = [_sign_name(signer, each - 6, size) if signer else Gap(0) for signer in columns]
    offsets = [number * each + 3 for number in range(len(columns))]
    upper = Beside(list(zip(offsets, above, strict=True)))
    lower = Beside(list(zip(offsets, names, strict=True)))
    return Stack([Gap(1.5), upper, Gap(free), lower])


def sign(signer: Signer, width: float, *, free: float, size: float) -> Block:
    """One signature in a column of its own."""
    return Stack([_sign_head(signer, width, size), Gap(free), _sign_name(signer, width, size)])


def _sign_head(signer: Signer, width: float, size: float) -> Stack:
    note = "(Điểm chỉ)" if signer.witnesses is not None else signer.note
    heads: list[Block] = [Text(signer.title, width, size=size, face=Face.BOLD, align="centre", leading=1.15, even=True)]
    notes = [Text(line, width, size=12, face=Face.ITALIC, align="centre", leading=1.2) for line in note.splitlines()]
    return Stack([*heads, *notes])


def _sign_name(signer: Signer, width: float, size: float) -> Stack:
    name = Text(signer.name, width, size=size, face=Face.BOLD, align="centre", leading=1.2, even=True)
    if len(name.lines) > MOST_NAME_LINES:  # such a name stands whole in the form above; here it must not push the form
        name = name.part(name.lines[:MOST_NAME_LINES])
    lines: list[Block] = [name]
    for number, witness in enumerate(signer.witnesses or (), start=1):
        lines.append(field(f"Người làm chứng {number}:", witness, width, size=12))
    return Stack(lines)


def signed_by_head(
    signer: Signer, copies_to: Sequence[str], width: float, *, on_behalf: str = "", free: float = 30
) -> Block:
    """NOINHAN at the left, level with SIGN-HEAD at the right (`on_behalf`: `KT. CHỦ TỊCH`, `TM. ỦY BAN NHÂN DÂN`)."""
    left = 75 * MM
    notes = Stack([
        Text("Nơi nhận:", left, size=12, face=Face.BOLD_ITALIC),
        *(Text(f"- {line}", left, size=11) for line in copies_to),
    ])  # fmt: skip
    right = width - left
    lines: list[Block] = [Text(on_behalf, right, face=Face.BOLD, align="centre")] if on_behalf else []
    lines.append(Text(signer.title, right, face=Face.BOLD, align="centre"))
    if signer.note:
        lines.append(Text(signer.note, right, size=12, face=Face.ITALIC, align="centre"))
    lines += [Gap(free), Text(signer.name, right, face=Face.BOLD, align="centre", even=True)]
    return Stack([Gap(4), Beside([(0, notes), (left, Stack(lines))])])


def foot(data: Foot, width: float, marks: Sequence[Mark] = ()) -> Block:
    """FOOT: rule, lines of the marks, the code with its digits, beside it what to bring and where to send feedback."""
    column = (CODE_COLUMN + 4) * MM
    text = Stack([Text(line, width - column, size=11, leading=1.2) for line in data.lines])
    code = QrCode(data.code)
    return Stack([
        Rule(width, above=2 * MM, below=0.8 * MM), *mark_lines(marks, width, 11),
        Beside([(0, code), (column, text)], middle=True),
    ])  # fmt: skip


def foot_note(marks: Sequence[Mark], width: float, size: float = 11) -> Block | None:
    """The foot of a paper that carries no code: only what the marks have to say."""
    lines = mark_lines(marks, width, size)
    return Stack([Rule(width, above=1 * MM, below=0.5 * MM), *lines]) if lines else None


def feedback_line(address: str) -> tuple[Part, ...]:
    """Where to send feedback: agency, address, telephone."""
    return (bold("Phản ánh, kiến nghị: "), address)
