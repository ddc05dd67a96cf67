"""The left card while somebody speaks: who, how it came, the very words, what it is about, what was handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from desk_app.domain.feedback import CONTENT_LIMIT, NAME_LIMIT, Channel
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.services.feedback_view import Similar
from desk_app.ui.forms.feedback import CHANNELS, missing_words
from desk_app.ui.icons import IconLabel
from desk_app.ui.screens.feedback.parts import People, Words
from desk_app.ui.theme import theme
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

YES_NO = (("no", "Không"), ("yes", "Có"))


class FormCard(Card):
    """``changed(FeedbackForm)`` at each key · ``relate_wanted(text)`` · ``attach_wanted`` · ``similar_wanted``."""

    changed = Signal(object)
    relate_wanted = Signal(str)
    attach_wanted = Signal()
    similar_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Phản ánh, kiến nghị mới", padded=False, parent=parent)
        self._form = FeedbackForm("")
        self._source = Badge("", "info", "inbox")
        self.add_header(self._source, near=True)
        self._at = label("", "hint", right=True)
        self.add_header(self._at)
        self.channel = Segment(CHANNELS, "Hình thức tiếp nhận", Channel.DIRECT.value)
        self.name = TextEdit("Người phản ánh")
        self.phone = TextEdit("Điện thoại")
        self.secret = Segment(YES_NO, "Đề nghị giữ bí mật thông tin", "no")
        self.content = Words("Nội dung phản ánh", CONTENT_LIMIT, rows=3)
        self.address = TextEdit("Địa chỉ")
        self.dossier = TextEdit("Hồ sơ liên quan", "Mã hồ sơ, hoặc quét giấy hẹn", icon="search")
        self.against = People("Cán bộ bị phản ánh", "Không nêu ai")
        self.sheets = TextEdit("Số tờ kèm theo", "0")
        self.attach = KeyButton("Gắn", "attach", icon="paperclip", small=True)
        self.attach.triggered.connect(self.attach_wanted)
        tips = (
            "",
            "",
            "Văn bản nộp trực tiếp hoặc qua bưu chính.",
            "Hòm thư góp ý, phiếu lấy ý kiến.",
            "Thư điện tử, cổng.",
        )
        for part, tip in zip(self.channel.parts, tips, strict=True):
            part.setToolTip(tip)
        for edit in (self.name, self.address):
            edit.setMaxLength(NAME_LIMIT)
        self.phone.setMaxLength(30)
        self.sheets.setMaxLength(3)
        self._count = label("", "hint", right=True)
        self._missing = label("", "error", wrap=True)
        self._like = label("", "strong", wrap=True)
        self._open_like = KeyButton("Mở", "similar", small=True)
        self._open_like.triggered.connect(self.similar_wanted)
        like = across(IconLabel("triangle-alert", 20, "warn"), self._like, self._open_like, margins=(12, 8, 10, 8))
        like.setStretch(1, 1)
        self._like_frame = frame(like, banner="warn")
        self.body.addWidget(ScrollBody(self._rows()))
        self._connect()

    def _rows(self) -> QLayout:
        who = across(Field("Người phản ánh", self.name), Field("Điện thoại", self.phone), gap=12)
        who.addWidget(Field("Đề nghị giữ bí mật thông tin", self.secret))
        who.setStretch(0, 3)
        who.setStretch(1, 2)
        words = across(label("Nội dung, ghi đúng lời công dân rồi đọc lại", "field"), None, self._count)
        self.sheets.setFixedWidth(theme().px(64))
        about = across(Field("Hồ sơ liên quan", self.dossier), Field("Cán bộ bị phản ánh", self.against), gap=12)
        about.addWidget(Field("Số tờ", self.sheets))
        about.addLayout(down(None, self.attach))
        about.setStretch(0, 1)
        about.setStretch(1, 1)
        return down(
            self.channel, who, words, self.content, self._like_frame, Field("Địa chỉ", self.address), self._missing,
            about, None, margins=(16, 12, 16, 12), gap=9,
        )  # fmt: skip

    def _connect(self) -> None:
        def text(key: str) -> Callable[[str], None]:
            return lambda value: self._set(**{key: value})

        for edit, key in ((self.name, "name"), (self.phone, "phone"), (self.address, "address")):
            edit.textEdited.connect(text(key))
        self.content.edited.connect(lambda value: self._set(content=value))
        self.channel.chosen.connect(lambda id_: self._set(channel=Channel(id_)))
        self.secret.chosen.connect(lambda id_: self._set(secret=id_ == "yes"))
        self.sheets.textEdited.connect(lambda value: self._set(sheets=int(value) if value.isdecimal() else 0))
        self.against.picked.connect(self._accuse)
        self.dossier.returnPressed.connect(lambda: self.relate_wanted.emit(self.dossier.text()))
        self.dossier.editingFinished.connect(self._leave_dossier)

    def _set(self, **fields: object) -> None:
        self._form = replace(self._form, **fields)  # type: ignore[arg-type]
        self._note()
        self.changed.emit(self._form)

    def _accuse(self, officer: str) -> None:
        name = self.against.currentText() if officer else ""
        self._set(against=(officer,) if officer else (), about=name)

    def _leave_dossier(self) -> None:
        text = self.dossier.text().strip()
        if text != self._form.dossier_code:
            self.relate_wanted.emit(text)

    # ---- what the page shows

    def show_form(self, form: FeedbackForm, at: str, missing: Sequence[str]) -> None:
        """Show the form; what is being typed keeps its cursor."""
        self._form = form
        pairs = (
            (self.name, form.name), (self.phone, form.phone), (self.address, form.address),
            (self.sheets, str(form.sheets) if form.sheets else ""), (self.dossier, form.dossier_code),
        )  # fmt: skip
        for edit, value in pairs:
            if edit.text() != value and not (edit is self.dossier and edit.hasFocus()):
                edit.setText(value)
        self.content.set_text(form.content)
        self.channel.set_chosen(form.channel.value)
        self.secret.set_chosen("yes" if form.secret else "no")
        self.against.setCurrentIndex(max(0, self.against.findData(form.against[0] if form.against else "")))
        self._at.setText(at)
        sent = form.sent_at
        came = f"Từ trang công khai, {sent[11:16]} {sent[8:10]}/{sent[5:7]}" if form.origin else ""
        self._source.set(came or ("Tách đơn" if form.letter else ""), "info")
        self._missing.setText(
            f"Thiếu {missing_words(missing)}: Nghị định 20/2008/NĐ-CP Điều 7 yêu cầu đủ. PA-04" if missing else ""
        )
        self._missing.setVisible(bool(missing))
        self._note()

    def show_similar(self, similar: Similar | None) -> None:
        """The amber line with an earlier one that tells much the same."""
        self._like_frame.setVisible(similar is not None)
        if similar is not None:
            day = f"{similar.received_at[8:10]}/{similar.received_at[5:7]}"
            same = "cùng thủ tục, " if similar.same_procedure else ""
            self._like.setText(f"Giống {similar.code} ({same}{day}).")

    def _note(self) -> None:
        self._count.setText(f"{len(self._form.content)}/{CONTENT_LIMIT:,} ký tự".replace(",", "."))
        size = sum(scan.size_bytes for scan in self._form.scans)
        n = len(self._form.scans)
        self.attach.set_text(f"{n} bản, {max(1, size // 1024)} KB" if n else "Gắn")
        self.attach.setToolTip("Gắn bản chụp: ảnh hoặc PDF, đến 5 MB.")

    def set_draft_note(self, note: str) -> None:
        """Quiet words in the header ("Đã tự lưu nháp")."""
        self._at.setText(note or "số cấp khi bấm F9")

    def enter(self) -> None:
        """The focus goes to the first thing that is still open."""
        for edit, value in ((self.name, self._form.name), (self.phone, self._form.phone)):
            if not value:
                edit.setFocus()
                return
        self.content.setFocus()
