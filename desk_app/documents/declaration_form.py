"""Tờ khai: the citizen's own form, filled with what the desk knows. He reads it, completes it by hand and signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from desk_app.documents.blocks import MOTTO, STATE, Signer, foot_note, signatures, title
from desk_app.documents.boxes import Beside, Gap, Rule, Stack
from desk_app.documents.fonts import Face
from desk_app.documents.lines import Lines, field
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, fit, to_pdf
from desk_app.documents.text import Block, Text, bold
from desk_app.documents.tick import Choices

_NUMBERED = frozenset("I II III IV 1 2 3 4 5 6".split())  # parts of a form, however long their heading
UNSEEN = "Vẽ lại theo {regulation}, chưa đối chiếu với mẫu gốc; có khác thì dùng mẫu do cơ quan phát."


@dataclass(frozen=True)
class Declaration:
    """What the form says. ``lines``: (text, ((label, value), …)); an empty value prints dots to write on."""

    title: str
    regulation: str
    seen: bool
    authority: str
    place: str
    on: date
    lines: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    signers: tuple[str, ...]
    signer_name: str
    copies: int | None
    witnesses: tuple[str, ...] | None = None
    marks: tuple[Mark, ...] = ()


def render(data: Declaration) -> bytes:
    """One copy on A4, on one page where it fits."""
    return to_pdf(fit(partial(_layout, data), (13.0, 12.4, 11.8, 11.2)))


def _layout(data: Declaration, size: float) -> Layout:
    lines = Lines(A4.text_width, size, 1.34)
    width = lines.width
    body: list[Block] = [
        Text(STATE, width, size=12.5, face=Face.BOLD, align="centre", leading=1.2),
        _motto(width),
        title(data.title, width, marks=data.marks, gap=10),
        Gap(1),
        Text(("Kính gửi: ", bold(data.authority)), width, size=size + 0.5, align="centre", gap=2),
        Gap(1.5),
    ]
    for text, blanks in data.lines:
        body.append(_line(text, blanks, lines))
    if data.copies is not None:
        count = f"Số lượng: {data.copies or '…'} bản"
        body.append(Choices("Đề nghị cấp bản sao:", (("Có", data.copies > 0), ("Không", False)), width, size=size))
        body.append(lines.text(count))
    day = f"{data.place}, ngày {data.on.day:02d} tháng {data.on.month:02d} năm {data.on.year}"
    tail: list[Block] = [
        Gap(1),
        Text(f"Làm tại: {day}", width, size=size, face=Face.ITALIC, align="right"),
        signatures(_signers(data), width, free=18, size=12.5),
    ]
    note = "" if data.seen else UNSEEN.format(regulation=data.regulation)
    below: list[Block] = [Text(note, width, size=9.5, face=Face.ITALIC)] if note else []
    marked = foot_note(data.marks, width)
    if marked is not None:
        below.append(marked)
    return Layout(A4, data.title, data.authority, body, tail, Stack(below) if below else None, data.marks, air=3)


def _motto(width: float) -> Block:
    motto = Text(MOTTO, width, size=13, face=Face.BOLD, align="centre", leading=1.2)
    words = motto.lines[0].width
    return Stack([motto, Rule(words, offset=(width - words) / 2, above=1, below=1)])


def _line(text: str, blanks: tuple[tuple[str, str], ...], lines: Lines) -> Block:
    if text:
        heading = not text.endswith((":", ".")) and (len(text) < 40 or text.split(". ")[0] in _NUMBERED)
        return Text(text, lines.width, size=lines.size, leading=lines.leading, face=Face.BOLD if heading else Face.REGULAR,
                    align="left" if heading or text.endswith(":") else "justify")  # fmt: skip
    if len(blanks) == 1:
        return lines.field(*blanks[0])
    share = lines.width / len(blanks)
    parts = [
        (n * share, field(label, value, share - 6, size=lines.size, leading=lines.leading))
        for n, (label, value) in enumerate(blanks)
    ]
    return Beside(parts)


def _signers(data: Declaration) -> list[Signer]:
    """Two who sign write their own names; one is whoever stands at the counter."""
    if len(data.signers) > 1:
        return [Signer(name.upper()) for name in data.signers]
    title = data.signers[0].upper() if data.signers else "NGƯỜI YÊU CẦU"
    return [Signer(title, data.signer_name, witnesses=data.witnesses)]
