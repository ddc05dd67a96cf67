"""The left card of one that is in the book: what was said, by whom as far as this officer may see, and its way so far."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desk_app.services.feedback_view import Whole
from desk_app.ui.forms.feedback import CHANNEL_WORDS, CLASS_WORDS
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.label import across, down, frame, label
from desk_app.ui.widgets.scroll import ScrollBody

EVENTS = {
    "feedback.received": "Tiếp nhận",
    "feedback.classified": "Phân loại",
    "feedback.assigned": "Giao xử lý",
    "feedback.transferred": "Chuyển {to}",
    "feedback.extended": "Gia hạn: {reason}",
    "feedback.answered": "Trả lời",
    "feedback.refused": "Không tiếp nhận: {reason}",
    "feedback.published": "Công khai kết quả",
    "feedback.linked": "Tách từ cùng một đơn",
    "feedback.sender_viewed": "{who} xem thông tin người phản ánh",
    "apology.conduct": "Thư xin lỗi {number}/{symbol}",
    "feedback.kept_as_information": "Giữ làm thông tin tham khảo",
}


class _Line(QWidget):
    """A quiet label above its words; hidden without words."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._words = label("", "", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(down(label(title, "hint"), self._words, gap=1))

    def set(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))


class CaseCard(Card):
    """Read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("PAKN", padded=False, parent=parent)
        self._channel, self._class, self._secret = Badge(""), Badge("", "info"), Badge("Giữ bí mật", "warn", "lock")
        self.add_header(self._channel, self._class, self._secret, near=True)
        self._at = label("", "hint", right=True)
        self.add_header(self._at)
        self._who, self._phone = _Line("Người phản ánh"), _Line("Điện thoại")
        self._address, self._content = _Line("Địa chỉ"), _Line("Nội dung")
        self._dossier, self._about = _Line("Hồ sơ liên quan"), _Line("Cán bộ bị phản ánh")
        self._papers, self._handler = _Line("Kèm theo"), _Line("Người xử lý")
        self._reply = _Line("Trả lời")
        self._letter = _Line("Cùng một đơn với")
        self._above = _Line("Cấp trên đã trả lời qua máy chủ")
        self._way = label("", "soft", wrap=True)
        who = across(self._who, self._phone, gap=16)
        about = across(self._dossier, self._about, gap=16)
        kept = across(self._papers, self._handler, gap=16)
        for pair in (who, about, kept):
            pair.setStretch(0, 1)
            pair.setStretch(1, 1)
        self.body.addWidget(
            ScrollBody(
                down(
                    who, self._address, self._content, about, kept, self._letter, frame(line=True), self._above,
                    self._reply, self._way, None,
                    margins=(16, 12, 16, 12), gap=9,
                )
            )
        )  # fmt: skip

    def show_case(self, whole: Whole) -> None:
        """Everything this officer may see of it."""
        row = whole.row
        self.set_title(row.code or "Thông tin tham khảo")
        sent = row.sent_public_at
        day = f", gửi {sent[11:16]} {sent[8:10]}/{sent[5:7]}" if sent else ""
        self._channel.set(f"Từ trang công khai{day}" if sent else CHANNEL_WORDS.get(row.channel, ""))
        self._class.set(CLASS_WORDS.get(row.feedback_class, "") if row.code else "", "info")
        self._secret.setVisible(row.secret)
        self._at.setText(
            f"{row.received_at[8:10]}/{row.received_at[5:7]}/{row.received_at[:4]} {row.received_at[11:16]}"
        )
        self._who.set(whole.name)
        self._phone.set(whole.phone)
        self._address.set(whole.address)
        self._content.set(whole.content)
        self._dossier.set(whole.dossier_code)
        self._about.set(whole.about)
        scans = f"{len(row.scans)} bản chụp" if row.scans else ""
        self._papers.set(", ".join(x for x in (f"{row.sheets} tờ" if row.sheets else "", scans) if x))
        self._handler.set(whole.handler_name)
        said = [whole.reply.get(key, "") for key in ("findings", "done", "apology")]
        self._reply.set("\n".join(part for part in said if part))
        self._letter.set(", ".join(whole.letter))
        above = whole.level_reply
        self._above.set(f"{above.text} {above.number}".strip() if above else "")
        self._way.setText(
            "\n".join(_event_words(e.at, e.kind, e.note, whole.people.get(e.actor, e.actor)) for e in whole.events)
        )

    def words(self) -> str:
        """All that is written on it, for tests and screen readers."""
        return " | ".join(part.text() for part in self.findChildren(QLabel) if part.text())


def _event_words(at: str, kind: str, note: object, who: str) -> str:
    values = note if isinstance(note, dict) else {}
    words = EVENTS.get(kind, "Việc khác")
    given = {key: values.get(key, "") for key in ("to", "reason", "number", "symbol")}
    shown = words.format_map({**given, "who": who})
    return f"{at[11:16]}, {at[8:10]}/{at[5:7]}: {shown}"
