"""The fee card: every line with how it comes about and its basis, what is due, cash given, what goes back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.fees import FeeLine, FeeQuote
from desk_app.domain.money import format_vnd, group
from desk_app.domain.procedure import Confidence, LevyKind, Variant
from desk_app.ui import keys
from desk_app.ui.errors import message
from desk_app.ui.forms.intake import METHODS
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.intake.exemption import ExemptionPanel
from desk_app.ui.screens.intake.ports import Series
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import Sentence, across, down, frame, label
from desk_app.ui.widgets.money import MoneyEdit
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

_KINDS = {LevyKind.FEE: "Phí", LevyKind.CHARGE: "Lệ phí"}


class FeeCard(Card):
    """``cash_typed(vnd | None)`` · ``method_chosen(id)`` · ``transfer_seen(bool)``. No amount can be typed but cash."""

    cash_typed = Signal(object)
    method_chosen = Signal(str)
    transfer_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Thu phí, lệ phí", padded=False, parent=parent)
        self._version, self._unchecked = Badge(""), Badge("", "warn", "triangle-alert")
        self._unchecked.setToolTip("Mức thu này chưa đối chiếu với văn bản. Hỏi người phụ trách trước khi thu.")
        self.add_header(self._unchecked, self._version)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self._due_words, self._due = label("Phải thu", "name"), label("", "money", right=True)
        self.cash, self.change = MoneyEdit("Tiền nhận"), MoneyEdit("Trả lại")
        self.change.setReadOnly(True)
        self.change.setFocusPolicy(self.change.focusPolicy().NoFocus)
        self._cash_field = Field("Tiền nhận (có thể để trống)", self.cash)
        self._method = Segment(METHODS, "Hình thức thanh toán", "cash")
        self._seen = QCheckBox("Đã thấy tiền vào tài khoản")
        self._unknown = self._build_unknown()
        self._exempt = label("Không thuộc diện", "soft", wrap=True, right=True)
        self._exempt_row = QWidget()
        cap = KeyHint([((keys.label("exemption"),), "")])
        row = across(label("Miễn, giảm", "soft"), self._exempt, cap, gap=8)
        row.setStretch(1, 1)
        self._exempt_row.setLayout(row)
        self.exemption = ExemptionPanel()
        self._lock = Sentence("", "hint")
        self._money = QWidget()
        self._money.setLayout(self._build_money())
        column = down(
            self._lines, self._exempt_row, self.exemption, self._unknown, frame(line=True), self._money, None,
            margins=(18, 10, 18, 4), gap=8,
        )  # fmt: skip
        self.body.setSpacing(0)
        self._body = ScrollBody(column)
        self.body.addWidget(self._body, 1)
        foot = across(IconLabel("lock", 17, "text2"), self._lock, margins=(18, 6, 18, 12), gap=8)
        foot.setStretch(1, 1)
        self.body.addLayout(foot)
        self.cash.changed.connect(self.cash_typed)
        self._method.chosen.connect(self.method_chosen)
        self._seen.toggled.connect(self.transfer_seen)

    def set_quote(
        self,
        fee: FeeQuote | None,
        variant: Variant | None,
        version: str,
        series: Series | None,
        *,
        exemptions: bool = False,
        why: str = "",
    ) -> None:
        """Show every line of the quote; an unknown tariff is said, never taken for nothing.

        `exemptions`: Ctrl+M leads to the question that decides them. `why`: because of which answers it is owed or not.
        """
        self._version.set(f"Danh mục {version}")
        lines = fee.lines if fee else ()
        known = {rule.id: rule.confidence for rule in variant.fees} if variant else {}
        guessed = any(known.get(line.id) is Confidence.KNOWLEDGE for line in lines)
        self._unchecked.set("Chưa kiểm chứng" if guessed else "", "warn", "triangle-alert")
        self._clear_lines()
        for line in lines:
            self._lines.addWidget(_line(line))
        for unset in fee.unset if fee else ():
            self._lines.addWidget(_words(f"{unset.name} × {unset.quantity}", "Chưa có mức", ""))
        rules = variant.fees if variant else ()
        self._exempt_row.setVisible(exemptions and any(rule.exemptions for rule in rules))
        reasons = [line.exempt_reason for line in lines if line.exempt_reason]
        self._exempt.setText(", ".join(reasons) or "Không thuộc diện")
        total = 0 if fee is None else fee.total_vnd
        if not lines and total == 0:
            self._lines.addWidget(label("Thủ tục này không thu phí, lệ phí.", "soft", wrap=True))
        if why:
            self._lines.addWidget(label(f"{why[:1].upper()}{why[1:]}.", "hint", wrap=True))
        self._unknown.setVisible(total is None)
        self._due.setText("Chưa rõ" if total is None else format_vnd(total))
        self._money.setVisible(total is not None)
        for part in (self._cash_field, self._change_field, self._method_field):
            part.setVisible(bool(total))
        left = f" Biên lai ký hiệu **{series.symbol}**, máy này còn {group(series.left)} số." if series else ""
        self._lock.set_text(f"Mức thu lấy từ danh mục, không sửa tay được.{left}")

    def set_flat(self, flat: bool) -> None:
        """As high as its content (large text: the page scrolls)."""
        self._body.set_flat(flat)

    def set_payment(self, method: str, cash: int | None, change: int | None, *, seen: bool, too_little: int) -> None:
        """Show how it is paid; `too_little`: đồng still missing, 0 = none."""
        self._method.set_chosen(method)
        cash_paid = method == "cash"
        self._cash_field.setEnabled(cash_paid)
        if self.cash.value() != cash:
            self.cash.set_value(cash)
        self.change.set_value(change)
        self._seen.setVisible(not cash_paid)
        self._seen.setChecked(seen)
        said = message("TP-04", n=format_vnd(too_little).removesuffix(" đ")) if too_little else None
        self._cash_field.set_error(said.text if said else "", said.code if said else "")

    def _build_money(self) -> QVBoxLayout:
        self._change_field = Field("Trả lại", self.change)
        self._change_field.setFixedWidth(120)
        self._method_field = Field("Hình thức thanh toán", self._method)
        due = across(self._due_words, None, self._due)
        paid = across(down(self._cash_field, None), down(self._change_field, None), gap=12)
        paid.setStretch(0, 1)
        return down(due, paid, self._method_field, self._seen, gap=8)

    def _build_unknown(self) -> QWidget:
        words = label(
            "Chưa có mức thu của khoản này nên chưa thu được. Hồ sơ vẫn tiếp nhận được, thu sau khi có mức. "
            "Báo người phụ trách nhập mức thu tại Quản trị. TP-18",
            "small",
            wrap=True,
        )
        row = across(down(IconLabel("triangle-alert", 20, "warn"), None), margins=(12, 10, 12, 10), gap=10)
        row.addWidget(words, 1)
        return frame(row, banner="warn")

    def _clear_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()


def _line(line: FeeLine) -> QWidget:
    amount = "Miễn" if line.exempt_reason else format_vnd(line.amount_vnd)
    basis = "" if line.exempt_reason else line.basis
    title = line.name if line.name.lower().startswith(("phí", "lệ phí")) else f"{_KINDS[line.kind]} {_lower(line.name)}"
    return _words(f"{title} × {line.quantity}", amount, line.explanation, basis)


def _words(title: str, amount: str, *hints: str) -> QWidget:
    made = QWidget()
    price = label(amount, "strong", right=True)
    price.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    head = across(label(title, wrap=True), down(price, None), gap=10)
    head.setStretch(0, 1)
    made.setLayout(down(head, *(label(hint, "hint", wrap=True) for hint in hints if hint), gap=3))
    return made


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
