"""Collecting a fee after intake: what F9 does and why it may not."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.money import format_vnd


@dataclass(frozen=True, slots=True)
class Payment:
    """How a fee is paid, in đồng. ``total``: None while a tariff is unknown; ``given``: cash, None = not typed."""

    total: int | None
    method: str = "cash"
    given: int | None = None
    transfer_seen: bool = False

    @property
    def change(self) -> int | None:
        """What goes back; None when nothing was typed or it is too little."""
        if self.given is None or self.total is None or self.given < self.total:
            return None
        return self.given - self.total

    @property
    def too_little(self) -> int:
        """Đồng still missing of the cash given."""
        if self.given is None or not self.total or self.method != "cash":
            return 0
        return max(0, self.total - self.given)


def collect_words(payment: Payment | None, *, paid_vnd: int = 0, stopped: str = "") -> tuple[str, str, str]:
    """Button, sentence and why not ("" = it may)."""
    if payment is None:
        why = "Quét giấy hẹn, hoặc gõ mã hồ sơ ở ô phía trên."
        return "Thu phí và in biên lai", why, why
    if paid_vnd:
        why = f"Hồ sơ này đã thu {_money(paid_vnd)}. Không thu lần nữa; in lại biên lai bằng Ctrl P."
        return "Thu phí và in biên lai", why, why
    if payment.total is None:
        why = "Chưa có mức thu của khoản này. Báo người phụ trách nhập mức thu."
        return "Thu phí và in biên lai", why, why
    if not payment.total:
        why = "Hồ sơ này không thu phí, lệ phí."
        return "Thu phí và in biên lai", why, why
    button = f"Thu {_money(payment.total)} và in biên lai"
    if stopped:
        return button, stopped, stopped
    if payment.method == "transfer" and not payment.transfer_seen:
        why = "Chờ báo có: đánh dấu “Đã thấy tiền vào tài khoản” khi tiền đã vào."
        return "Chờ báo có", why, why
    if payment.too_little:
        why = "Tiền nhận chưa đủ số phải thu. Nhập lại hoặc để trống."
        return button, why, why
    return button, f"Bấm F9 để: lập **biên lai {_money(payment.total)}** và in.", ""


def _money(vnd: int) -> str:
    return format_vnd(vnd).replace(" ", "\u00a0")
