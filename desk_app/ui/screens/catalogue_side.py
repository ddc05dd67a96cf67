"""What stands beside the list of the catalogue: one procedure, a waiting version, a spreadsheet that was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk_app.domain.sheet_report import Verdict
from desk_app.ui.widgets.label import across, frame, label

if TYPE_CHECKING:
    from desk_app.domain.sheet_report import Report
    from desk_app.services.catalogue_delivery import Waiting
    from desk_app.services.catalogue_view import CatalogueDetail

_SHOWN_CHANGES = 60
_VERDICTS = {
    Verdict.SAME: "khớp",
    Verdict.DIFFERS: "khác",
    Verdict.UNKNOWN: "không có trong danh mục",
    Verdict.UNREADABLE: "không đọc được",
}


def of_report(report: Report) -> list[QWidget]:
    """What a spreadsheet says otherwise."""
    counts = " · ".join(f"{report.count(verdict)} dòng {words}" for verdict, words in _VERDICTS.items())
    parts: list[QWidget] = [
        label("Đối chiếu bảng Excel", "name", wrap=True),
        label(f"{counts}. Chưa thay đổi gì.", "soft", wrap=True),
    ]
    if report.tariffs:
        words = f"{len(report.tariffs)} mức thu khác bản đang dùng; bản nháp lớp phủ của tỉnh đã lưu cạnh bảng Excel."
        parts.append(label(words, "soft", wrap=True))
    told = [line for line in report.lines if line.reasons]
    for line in told[:_SHOWN_CHANGES]:
        title = f"Dòng {line.row}: {line.name}"
        parts += [frame(line=True), label(title, "strong", wrap=True)]
        parts += [label(f"· {reason}", "hint", wrap=True) for reason in line.reasons]
    return parts


def of_detail(detail: CatalogueDetail) -> list[QWidget]:
    """One procedure in full."""
    parts: list[QWidget] = [label(detail.above, "hint", wrap=True), label(detail.title, "name", wrap=True)]
    for name, words in detail.facts:
        line = QWidget()
        line.setLayout(across(label(name, "soft"), label(words, "strong", wrap=True, right=True), gap=10))
        parts += [frame(line=True), line]
    parts.append(frame(line=True))
    parts += [label(f"· {note}", "hint", wrap=True) for note in detail.notes]
    parts.append(label("Danh mục do cấp trên ký số. Bản của xã sửa ở mục “Sửa danh mục”.", "soft", wrap=True))
    return parts


def of_waiting(waiting: Waiting) -> list[QWidget]:
    """What a version that waits would change."""
    parcel = waiting.parcel
    changed = len(waiting.changes) + len(waiting.tariffs)
    parts: list[QWidget] = [
        label(f"Bản {parcel.version} so với bản đang dùng", "name", wrap=True),
        label(f"{changed} mục thay đổi. Chữ ký số hợp lệ.", "soft", wrap=True),
    ]
    for change in waiting.changes[:_SHOWN_CHANGES]:
        parts += [frame(line=True), label(change.name, "strong", wrap=True)]
        parts += [label(f"· {line}", "hint", wrap=True) for line in change.what]
    for name, old, new in waiting.tariffs:
        before = "chưa có" if old is None else f"{old:,} đ".replace(",", ".")
        parts.append(label(f"· {name}: {before} → {new:,} đ".replace(",", "."), wrap=True))
    if len(waiting.changes) > _SHOWN_CHANGES:
        parts.append(label(f"và {len(waiting.changes) - _SHOWN_CHANGES} thủ tục khác", "hint"))
    return parts
