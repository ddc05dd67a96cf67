"""The one table of keys: it registers every shortcut and supplies the label painted on every button.

No single letters (Vietnamese input methods rewrite them), no Ctrl+Shift, Alt+Z or Ctrl+Alt (they switch input methods).
Many laptops send media keys on F1 to F12: ``use_twins(True)`` puts the Alt twin on the labels; both always work.
To add a key, add its line here; a test fails on two keys that could be live at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Where(Enum):
    """Where a key is live. ALL meets every place; the others never meet one another."""

    ALL = "all"
    INTAKE = "intake"
    CHECKLIST = "checklist"
    SCHEDULE = "schedule"
    MONEY = "money"
    RESULT = "result"
    TABLE = "table"
    FEEDBACK = "feedback"
    SYNC = "sync"
    CATALOGUE = "catalogue"


@dataclass(frozen=True)
class Key:
    """A key, its Alt twin if it has one, what it does in Vietnamese (for the F1 sheet), and where."""

    id: str
    sequence: str
    does: str
    where: Where = Where.ALL
    twin: str = ""
    shown: str = ""
    repeats: bool = False

    @property
    def sequences(self) -> tuple[str, ...]:
        return (self.sequence, self.twin) if self.twin else (self.sequence,)


KEYS: tuple[Key, ...] = (
    Key("help", "F1", "Các phím của màn hình này"),
    Key("scan_field", "F2", "Vào ô quét và tìm"),
    Key("primary", "F9", "Việc tiếp theo (nút xanh)"),
    Key("citizen_screen", "F11", "Bật, tắt màn hình phía công dân"),
    Key("lock", "F12", "Khóa màn hình, giữ bản nháp"),
    Key("palette", "Ctrl+K", "Bảng lệnh"),
    Key("back", "Esc", "Lùi một bước, giữ bản nháp"),
    Key("print_again", "Ctrl+P", "In lại, in bản phụ"),
    Key("legal_basis", "Ctrl+I", "Căn cứ pháp lý, chẩn đoán"),
    Key("larger", "Ctrl++", "Chữ to hơn", twin="Ctrl+="),
    Key("smaller", "Ctrl+-", "Chữ nhỏ hơn"),
    Key("normal_size", "Ctrl+0", "Cỡ chữ ban đầu"),
    Key("today", "Alt+1", "Hôm nay"),
    Key("lookup", "Alt+2", "Màn hình tra cứu cho công dân"),
    Key("intake", "F3", "Tiếp nhận", twin="Alt+3"),
    Key("fees", "F4", "Thu phí", twin="Alt+4"),
    Key("dossiers", "F5", "Hồ sơ", twin="Alt+5"),
    Key("results", "F6", "Trả kết quả", twin="Alt+6"),
    Key("feedback", "F7", "Phản ánh", twin="Alt+7"),
    Key("reports", "F8", "Báo cáo", twin="Alt+8"),
    Key("sync", "F10", "Đồng bộ", twin="Alt+9"),
    Key("admin", "Alt+0", "Quản trị"),
    Key("no_card", "Ctrl+N", "Không có thẻ, nhập tay", Where.INTAKE),
    Key("park", "Ctrl+Space", "Tạm gác, chuyển sang người khác", Where.INTAKE, shown="Ctrl + phím cách"),
    Key("browse", "Ctrl+Down", "Xem thủ tục theo lĩnh vực", Where.INTAKE, shown="Ctrl ↓"),
    Key("online", "Ctrl+J", "Hồ sơ trực tuyến chờ tiếp nhận", Where.INTAKE),
    Key("attach", "Ctrl+S", "Gắn bản chụp", Where.INTAKE),
    Key("another", "Ctrl+O", "Thêm thủ tục khác của cùng người", Where.INTAKE),
    Key("on_behalf", "Ctrl+U", "Nộp thay, nhận thay người khác", Where.INTAKE),
    Key("all_met", "Ctrl+D", "Đạt tất cả giấy tờ chưa xem", Where.CHECKLIST),
    Key("sign_here", "Ctrl+1", "Ký ngay tại quầy", Where.CHECKLIST),
    Key("form", "Ctrl+T", "In tờ khai", Where.CHECKLIST),
    Key("change_procedure", "Ctrl+G", "Đổi thủ tục", Where.CHECKLIST),
    Key("undo_mark", "Ctrl+Z", "Bỏ dấu vừa đánh", Where.CHECKLIST),
    Key("exemption", "Ctrl+M", "Miễn, giảm theo danh mục", Where.SCHEDULE),
    Key("pay_later", "Ctrl+L", "Chỉ tiếp nhận, thu sau", Where.SCHEDULE),
    Key("received_for", "Ctrl+U", "Người nhận thay", Where.RESULT),
    Key("open_spare", "Ctrl+M", "Mở dải số dự phòng khi tạm dừng thu tiền", Where.MONEY),
    Key("new_feedback", "Ctrl+N", "Tiếp nhận phản ánh mới", Where.FEEDBACK),
    Key("refer", "Ctrl+L", "Chuyển cơ quan có thẩm quyền", Where.FEEDBACK),
    Key("similar", "Ctrl+O", "Mở vụ việc tương tự", Where.FEEDBACK),
    Key("scan", "Ctrl+S", "Gắn bản chụp giấy tờ của hồ sơ", Where.TABLE),
    Key("export", "Ctrl+E", "Xuất Excel", Where.TABLE),
    Key("filter_previous", "Ctrl+Left", "Bộ lọc trước", Where.TABLE, shown="Ctrl ←", repeats=True),
    Key("filter_next", "Ctrl+Right", "Bộ lọc sau", Where.TABLE, shown="Ctrl →", repeats=True),
    Key("try_now", "Ctrl+R", "Thử ngay", Where.SYNC),
    Key("read_usb", "Ctrl+O", "Đọc phản hồi từ USB", Where.SYNC),
    Key("report_mistake", "Ctrl+B", "Báo sai sót của mục này", Where.CATALOGUE),
    Key("read_catalogue", "Ctrl+O", "Nhập danh mục bản mới", Where.CATALOGUE),
)

_BY_ID = {key.id: key for key in KEYS}
_labels = {"twins": False}


def find(key_id: str) -> Key:
    """The key called `key_id`; an unknown id is a bug and raises."""
    return _BY_ID[key_id]


def use_twins(on: bool) -> None:
    """Show the Alt twins on labels: the first-run test found that F keys do something else on this machine."""
    _labels["twins"] = on


def label(key_id: str) -> str:
    """What is painted on the button: ``F9``, ``Ctrl G``, ``Alt 1``."""
    key = find(key_id)
    if _labels["twins"] and key.twin.startswith("Alt"):
        return key.twin.replace("+", " ")
    return key.shown or key.sequence.replace("Ctrl+", "Ctrl ").replace("Alt+", "Alt ")


def attach(owner: QWidget, key_id: str, slot: Callable[[], object]) -> list[QShortcut]:
    """Make the key and its twin call `slot` while `owner` is visible and enabled, whatever has the focus."""
    key = find(key_id)
    made = []
    for sequence in key.sequences:
        shortcut = QShortcut(QKeySequence(sequence), owner)
        shortcut.setObjectName(key_id)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(key.repeats)
        shortcut.activated.connect(slot)
        made.append(shortcut)
    return made


def live(window: QWidget) -> list[Key]:
    """The keys that act now in `window`, in the order of the table: what the F1 sheet shows is what happens."""
    acting = set()
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled():
            acting.add(shortcut.objectName())
    return [key for key in KEYS if key.id in acting]


def meet(one: Key, other: Key) -> bool:
    """True when both keys can be live on one screen. Checklist and schedule are steps of intake."""
    steps = {Where.CHECKLIST, Where.SCHEDULE}
    if Where.ALL in (one.where, other.where) or one.where is other.where:
        return True
    return Where.INTAKE in (one.where, other.where) and bool(steps & {one.where, other.where})


def of(*places: Where) -> list[Key]:
    """The keys live at these places, in the order of the table (for the F1 sheet)."""
    return [key for key in KEYS if key.where in places]
