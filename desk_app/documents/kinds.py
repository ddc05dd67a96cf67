"""Every kind of paper the desk prints: its data, how it is drawn, on which sheet, by which printer.

What was printed may not change: the PDF is kept, and a reprint lays its mark over the kept bytes (``stamp``), so nothing
here is drawn twice from data that may have moved on. To add a paper: its file, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desk_app.documents import (
    acceptance_slip,
    apology_letter,
    conduct_apology,
    control_slip,
    day_close,
    day_match,
    error_notice,
    fee_receipt,
    feedback_letters,
    feedback_reply,
    feedback_slip,
    guidance_slip,
    handover_list,
    invitation,
    paper_receipt,
    payment_confirmation,
    poster_list,
    posters,
    receipt_summary,
    referral_slip,
    refusal_slip,
    remittance_slip,
    stamp,
    stop_notice,
    supplement_slip,
    thermal_receipt,
    transfer_slip,
    void_minutes,
)
from desk_app.documents.marks import Mark


@dataclass(frozen=True)
class PaperKind:
    """How a kind of paper is drawn and fed. ``media``: A3, A4, A5, K80; ``role``: which printer.

    ``mark``: lays the marks of a copy over the kept bytes.
    """

    data: type
    render: Callable[[Any], bytes]
    media: str
    role: str
    title: str
    landscape: bool = False
    is_receipt: bool = False
    mark: Callable[[bytes, Sequence[Mark]], bytes] = stamp.mark_copy


KINDS: dict[str, PaperKind] = {
    "acceptance_slip": PaperKind(
        acceptance_slip.AcceptanceSlip,
        acceptance_slip.render,
        "A4",
        "slip",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ),
    "guidance_slip": PaperKind(
        guidance_slip.GuidanceSlip, guidance_slip.render, "A4", "slip", "Phiếu hướng dẫn hoàn thiện hồ sơ"
    ),
    "fee_receipt": PaperKind(
        fee_receipt.FeeReceipt,
        fee_receipt.render,
        "A5",
        "receipt",
        "Biên lai thu tiền phí, lệ phí",
        landscape=True,
        is_receipt=True,
    ),
    "receipt_roll": PaperKind(
        thermal_receipt.RollReceipt,
        thermal_receipt.render,
        "K80",
        "roll",
        "Bản rút gọn của biên lai",
        is_receipt=True,
        mark=thermal_receipt.mark_copy,
    ),
    "feedback_slip": PaperKind(
        feedback_slip.FeedbackSlip, feedback_slip.render, "A4", "slip", "Phiếu tiếp nhận phản ánh, kiến nghị"
    ),
    "feedback_transfer": PaperKind(
        transfer_slip.TransferSlip, transfer_slip.render, "A4", "slip", "Phiếu chuyển phản ánh, kiến nghị"
    ),
    "feedback_notice": PaperKind(
        transfer_slip.TransferNotice,
        transfer_slip.render_notice,
        "A4",
        "slip",
        "Thông báo chuyển phản ánh, kiến nghị",
    ),
    "feedback_reply": PaperKind(
        feedback_reply.FeedbackReply, feedback_reply.render, "A4", "slip", "Văn bản trả lời phản ánh, kiến nghị"
    ),
    "feedback_refusal": PaperKind(
        feedback_letters.RefusalLetter,
        feedback_letters.render_refusal,
        "A4",
        "slip",
        "Văn bản không tiếp nhận phản ánh, kiến nghị",
    ),
    "feedback_extension": PaperKind(
        feedback_letters.ExtensionNotice,
        feedback_letters.render_extension,
        "A4",
        "slip",
        "Thông báo gia hạn trả lời phản ánh, kiến nghị",
    ),
    "conduct_apology": PaperKind(conduct_apology.ConductApology, conduct_apology.render, "A4", "slip", "Thư xin lỗi"),
    "feedback_referral": PaperKind(
        referral_slip.ReferralSlip, referral_slip.render, "A4", "slip", "Phiếu hướng dẫn nơi gửi đơn"
    ),
    "supplement_slip": PaperKind(
        supplement_slip.SupplementSlip, supplement_slip.render, "A4", "slip", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    ),
    "refusal_slip": PaperKind(
        refusal_slip.RefusalSlip, refusal_slip.render, "A4", "slip", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    ),
    "apology_letter": PaperKind(
        apology_letter.ApologyLetter, apology_letter.render, "A4", "slip", "Văn bản xin lỗi và hẹn lại"
    ),
    "stop_notice": PaperKind(
        stop_notice.StopNotice, stop_notice.render, "A4", "slip", "Thông báo dừng giải quyết hồ sơ"
    ),
    "handover_list": PaperKind(
        handover_list.HandoverList, handover_list.render, "A4", "report", "Danh sách bàn giao hồ sơ", landscape=True
    ),
    "control_slip": PaperKind(
        control_slip.ControlSlip, control_slip.render, "A4", "slip", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    ),
    "referral_slip": PaperKind(
        referral_slip.ReferralSlip, referral_slip.render, "A4", "slip", "Phiếu hướng dẫn nơi nộp hồ sơ"
    ),
    "invitation": PaperKind(invitation.Invitation, invitation.render, "A4", "slip", "Giấy mời nhận kết quả"),
    "day_match": PaperKind(day_match.DayMatch, day_match.render, "A5", "slip", "Biên bản khớp số", landscape=True),
    "paper_receipt": PaperKind(
        paper_receipt.PaperReceipt,
        paper_receipt.render,
        "A4",
        "receipt",
        "Biên lai thu tiền phí, lệ phí (giấy)",
        is_receipt=True,
    ),
    "payment_confirmation": PaperKind(
        payment_confirmation.PaymentConfirmation,
        payment_confirmation.render,
        "A5",
        "receipt",
        "Giấy xác nhận đã thu (chưa phải biên lai)",
        landscape=True,
    ),
    "day_close": PaperKind(day_close.DayClose, day_close.render, "A4", "slip", "Bảng kê thu phí, lệ phí"),
    "void_minutes": PaperKind(void_minutes.VoidMinutes, void_minutes.render, "A4", "slip", "Biên bản xóa bỏ biên lai"),
    "error_notice": PaperKind(
        error_notice.ErrorNotice, error_notice.render, "A4", "slip", "Thông báo sai sót 04/SS-CTĐT"
    ),
    "remittance_slip": PaperKind(
        remittance_slip.RemittanceSlip, remittance_slip.render, "A4", "slip", "Phiếu nộp tiền phí, lệ phí"
    ),
    "receipt_summary": PaperKind(
        receipt_summary.ReceiptSummary,
        receipt_summary.render,
        "A4",
        "slip",
        "Bảng tổng hợp dữ liệu biên lai điện tử",
        landscape=True,
    ),
    "procedure_poster": PaperKind(
        posters.ProcedurePoster, posters.render_procedure, "A3", "slip", "Bảng niêm yết thủ tục"
    ),
    "field_poster": PaperKind(poster_list.ListPoster, poster_list.render, "A3", "slip", "Bảng niêm yết lĩnh vực"),
    "list_poster": PaperKind(poster_list.ListPoster, poster_list.render, "A3", "slip", "Bảng niêm yết danh mục"),
    "feedback_poster": PaperKind(
        posters.FeedbackPoster, posters.render_feedback, "A3", "slip", "Địa chỉ tiếp nhận phản ánh, kiến nghị"
    ),
    "qr_poster": PaperKind(posters.CatalogueQr, posters.render_catalogue_qr, "A4", "slip", "Mã QR danh mục thủ tục"),
}
