"""The form of a draft: sections at the left, the rows of a section beside it, the fields of the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.catalogue_form import BY_ID, SECTIONS, Problem, Row, Section, asked_of, row_words
from desk_app.domain.condition import QuestionKind
from desk_app.ui.models import Column, RowsModel
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.folding import Folding
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.record_form import Offered, RecordForm
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.table import Table

if TYPE_CHECKING:
    from desk_app.domain.catalogue_draft import Draft
    from desk_app.services.catalogue_edit import Opened

_SECTIONS_WIDE, _ROWS_WIDE = 212, 300
_NEW: Mapping[str, Mapping[str, Any]] = {
    "documents": {"kind": "nop", "originals": 1, "copies": 0},
    "fees": {"kind": "le_phi", "how": "fixed", "unit": "hồ sơ"},
    "term_cases": {"unit": "working_day"},
}


@dataclass(frozen=True)
class _SectionRow:
    section: Section
    count: str


@dataclass(frozen=True)
class _RowRow:
    n: int
    words: str
    wrong: bool


class FormPart(QWidget):
    """``changed(draft)`` after every change. Nothing is checked here: ``set_problems`` says what is wrong."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._opened: Opened | None = None
        self._problems: tuple[Problem, ...] = ()
        self._section, self._row = SECTIONS[0], 0
        self._asked: tuple[str, ...] = ()
        self._sections: RowsModel[_SectionRow] = RowsModel(
            [Column("Mục", lambda r: r.section.title), Column("", lambda r: r.count, width=66, right=True)], self
        )
        self.sections = Table("Các mục của thủ tục", header=False)
        self.sections.setModel(self._sections)
        self._listed: RowsModel[_RowRow] = RowsModel(
            [Column("Dòng", lambda r: r.words, tip=lambda r: r.words), Column("", _wrong, width=52, right=True)], self
        )
        self.rows = Table("Các dòng của mục", header=False)
        self.rows.setModel(self._listed)
        self.form = RecordForm()
        self._add, self._drop = KeyButton("Thêm", small=True), KeyButton("Bỏ dòng này", small=True)
        self._title, self._empty = label("", "cardtitle"), label("", "soft", wrap=True)
        self._rows_card = Card(padded=False)
        self._rows_card.body.addWidget(self.rows, 1)
        self._rows_card.set_footer(frame(across(self._add, self._drop, None, margins=(10, 6, 10, 6))), line=False)
        self.setLayout(self._layout())
        self.sections.current_changed.connect(self._on_section)
        self.sections.opened.connect(lambda _row: self.form.focus())
        self.rows.current_changed.connect(self._on_row)
        self.rows.opened.connect(lambda _row: self.form.focus())
        self.form.changed.connect(self._on_field)
        self._add.triggered.connect(self.add_row)
        self._drop.triggered.connect(self.drop_row)

    def _layout(self) -> Any:
        left = Card(padded=False)
        left.body.addWidget(self.sections, 1)
        fields = Card(padded=False)
        fields.body.addWidget(
            ScrollBody(down(self._title, self._empty, self.form, margins=(16, 12, 16, 12), gap=10)), 1
        )
        return down(Folding(((left, _SECTIONS_WIDE), (self._rows_card, _ROWS_WIDE), (fields, 0))))

    # ---- what the page says

    def set_draft(self, opened: Opened) -> None:
        """Begin with a draft, in its first section."""
        self._opened, self._draft, self._problems = opened, opened.draft, ()
        self._section, self._row = SECTIONS[0], 0
        self._show_sections()
        self.sections.select_row(0)
        self._show_section()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, at each field and in the lists."""
        self._problems = tuple(problems)
        self._show_sections()
        self._show_rows()
        self._show_errors()

    def go_to(self, problem: Problem) -> None:
        """Bring the field of a problem to the front."""
        self._section, self._row = BY_ID[problem.section], problem.row
        self.sections.select_row(SECTIONS.index(self._section))
        self._show_section()
        self.form.focus(problem.key)

    @property
    def draft(self) -> Draft:
        assert self._draft is not None
        return self._draft

    # ---- what the administrator does

    def choose(self, section: str) -> None:
        """Open a section by its id."""
        self.sections.select_row(SECTIONS.index(BY_ID[section]))

    def add_row(self) -> None:
        """A further row at the end of the section, with what it usually is."""
        section, draft = self._section, self.draft
        if not section.many:
            return
        row: dict[str, Any] = dict(_NEW.get(section.id, {}))
        if section.id in ("documents", "fees"):
            row["id"] = draft.new_id(section.id)
        if section.id in ("bands", "exemptions") and draft.rows["fees"]:
            row["fee"] = draft.rows["fees"][0]["id"]
        self._row = len(draft.rows[section.id])
        self._take(draft.with_rows(section.id, (*draft.rows[section.id], row)))
        self._show_section()
        self.form.focus()

    def drop_row(self) -> None:
        """Without the row that is chosen; nothing is lost until the whole is saved."""
        rows = list(self.draft.rows[self._section.id])
        if self._section.many and self._row < len(rows):
            rows.pop(self._row)
            self._row = max(0, min(self._row, len(rows) - 1))
            self._take(self.draft.with_rows(self._section.id, rows))
            self._show_section()

    def _on_field(self, key: str, value: object) -> None:
        if self._row < len(self.draft.rows[self._section.id]):
            self._take(self.draft.with_value(self._section.id, self._row, key, value))
            if tuple(f.key for f in asked_of(self._section, self._current)) != self._asked:
                self._show_fields()
                self.form.focus(key)
            self._show_rows()

    def _take(self, draft: Draft) -> None:
        self._draft = draft
        self._show_sections()
        self.changed.emit(draft)

    def _on_section(self, row: object) -> None:
        if isinstance(row, _SectionRow) and row.section is not self._section:
            self._section, self._row = row.section, 0
            self._show_section()

    def _on_row(self, row: object) -> None:
        if isinstance(row, _RowRow) and row.n != self._row:
            self._row = row.n
            self._show_fields()

    # ---- showing

    @property
    def _current(self) -> Row:
        return self.draft.rows[self._section.id][self._row]

    def _show_section(self) -> None:
        self._rows_card.setVisible(self._section.many)
        self._add.set_text(f"Thêm {self._section.one}")
        self._show_rows()
        self._show_fields()

    def _show_sections(self) -> None:
        rows = [_SectionRow(section, self._count(section)) for section in SECTIONS]
        if rows != list(self._sections.rows()):
            self._sections.set_rows(rows)
            self.sections.select_row(SECTIONS.index(self._section))

    def _count(self, section: Section) -> str:
        wrong = sum(problem.section == section.id for problem in self._problems)
        if wrong:
            return f"{wrong} lỗi"
        return str(len(self.draft.rows[section.id])) if section.many else ""

    def _show_rows(self) -> None:
        section = self._section
        if not section.many:
            return
        wrong = {problem.row for problem in self._problems if problem.section == section.id}
        rows = [_RowRow(n, row_words(section, row), n in wrong) for n, row in enumerate(self.draft.rows[section.id])]
        if rows != list(self._listed.rows()):
            self._listed.set_rows(rows)
            if rows:
                self.rows.select_row(self._row)
        self._drop.set_reason("" if rows else "Mục này không có dòng nào.")

    def _show_fields(self) -> None:
        section = self._section
        rows = self.draft.rows[section.id]
        self._title.setText(section.title if not section.many else f"{section.title}: dòng {self._row + 1}")
        self._title.setVisible(bool(rows))
        self._empty.setText(f"Chưa có {section.one} nào. Bấm “Thêm {section.one}”.")
        self._empty.setVisible(not rows)
        fields = asked_of(section, rows[self._row]) if rows else ()
        self._asked = tuple(field.key for field in fields)
        self.form.set_fields(fields, self._offered())
        if rows:
            self.form.set_row(rows[self._row])
        self._show_errors()

    def _offered(self) -> Offered:
        assert self._opened is not None
        questions = self._opened.questions
        return Offered(
            questions,
            tuple((str(row["id"]), str(row.get("name") or "khoản mới")) for row in self.draft.rows["fees"]),
            tuple((q.id, q.text) for q in questions if q.kind is QuestionKind.NUMBER),
            self._opened.tariffs,
        )

    def _show_errors(self) -> None:
        mine = [p for p in self._problems if p.section == self._section.id and p.row == self._row]
        self.form.set_errors({p.key: p.text for p in reversed(mine) if p.key})


def _wrong(row: _RowRow) -> str:
    return "sai" if row.wrong else ""
