"""Why a dossier is late, as an apology says it; codes are stored, so they are never reused (ui.md §4.7, keys 1 … 5)."""

from __future__ import annotations

from typing import Final

CAUSES: Final[dict[str, str]] = {
    "verification": "Cơ quan phối hợp chưa trả lời xác minh",
    "volume": "Số lượng hồ sơ tăng đột biến",
    "outage": "Mất điện hoặc mất mạng kéo dài",
    "absence": "Người giải quyết vắng mặt",
    "other": "Khác",
}
