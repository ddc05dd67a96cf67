"""A page that shows every widget of the kit once, for looking and for tests."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from desk_app.ui.screen import Page
from desk_app.ui.theme import theme
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.banner import Notice
from desk_app.ui.widgets.button import KeyButton, Pill
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.case_header import CaseHeader
from desk_app.ui.widgets.checklist import Checklist, CheckRow, Mark
from desk_app.ui.widgets.citizen import CitizenStrip, CitizenView
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.day_strip import DayKind, DayStrip, StripDay
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import across, down, label
from desk_app.ui.widgets.money import MoneyEdit
from desk_app.ui.widgets.segment import Segment
from desk_app.ui.widgets.smileys import SmileyRow
from desk_app.ui.widgets.steps import Steps

CITIZEN = CitizenView(
    "Nguyễn Thị Thu Hà",
    "Nữ · sinh 12/04/1991 · số định danh ",
    "000191012345",
    "ĐT 0900 000 112",
    "Thôn 4, xã Hòa Mẫu",
    (("Lần thứ 3 đến quầy", "info", "history"), ("Không có hồ sơ đang giải quyết", "neutral", "")),
)
PAPERS = (
    CheckRow("1", "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "Bản chính, 1 bản · in sẵn tờ khai: Ctrl T",
             Mark.UNMET, 2),
    CheckRow("2", "Giấy tờ tùy thân còn hạn (thẻ căn cước)", "Xuất trình · đã quét lúc 09:11", Mark.MET),
    CheckRow("3", "Thông tin/bản sao bản án, quyết định ly hôn", "Thông tin hoặc 1 bản sao · vì chọn “Đã ly hôn”",
             Mark.UNMET, 1),
    CheckRow("4", "Giấy xác nhận đã cấp trước đây", "Bản chính, 1 bản · vì xin cấp lại", Mark.MET),
    CheckRow("5", "Giấy tờ chứng minh nơi cư trú", "Không phải nộp", Mark.SETTLED, badge="Có trên thẻ vừa quét"),
)  # fmt: skip
DAYS = (
    StripDay("T4", "25", "nhận", DayKind.RECEIVED),
    StripDay("T5", "26", "ngày 1", DayKind.WORKING),
    StripDay("T6", "27", "ngày 2", DayKind.WORKING),
    StripDay("T7", "28", "nghỉ", DayKind.OFF),
    StripDay("CN", "29", "nghỉ", DayKind.OFF),
    StripDay("T2", "30", "hẹn trả", DayKind.DUE),
)


class KitPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps(("Công dân", "Thành phần hồ sơ", "Hẹn và thu phí"), 1, "Đã tự lưu nháp")
        self.strip = CitizenStrip()
        self.strip.set_citizen(CITIZEN)
        left = Card()
        left.setFixedWidth(theme().px(396))
        self.segment = Segment(
            [("single", "Chưa kết hôn"), ("divorced", "Đã ly hôn"), ("widowed", "Vợ/chồng đã chết")],
            "Tình trạng hiện nay",
            "divorced",
        )
        self.money = MoneyEdit("Tiền nhận")
        self.money.set_value(20_000)
        self.date = DateEdit("Ngày sinh")
        left.body.addWidget(label("1. Tình trạng hiện nay?", "strong"))
        left.body.addWidget(self.segment)
        left.body.addLayout(across(Field("Tiền nhận", self.money), Field("Ngày sinh", self.date)))
        self.days = DayStrip()
        self.days.set_days(DAYS[:4])
        left.body.addWidget(self.days)
        self.pill = Pill("Quá hạn 1", "octagon-x", "bad")
        left.body.addLayout(across(self.pill, KeyButton("Đổi", "change_procedure", small=True), None))
        left.body.addStretch(1)
        self.card = right = Card("Thành phần hồ sơ", padded=False)
        right.add_header(Badge("3 đạt", "ok"), Badge("2 chưa đạt", "bad", "x"), near=True)
        right.add_header(KeyHint([(("Phím cách",), "Đạt"), (("-",), "Chưa đạt"), (("Ctrl D",), "Đạt tất cả")]))
        self.checklist = Checklist()
        self.checklist.set_rows(PAPERS)
        right.body.addWidget(self.checklist)
        self.smileys = SmileyRow()
        right.body.addWidget(self.smileys)
        body = across(left, right, margins=(16, 12, 16, 12), gap=12)
        layout: QVBoxLayout = down(CaseHeader(self.steps, self.strip), gap=0)
        layout.addLayout(body, 1)
        self.setLayout(layout)

    def bar_actions(self) -> Actions:
        return Actions(
            "**Chưa tiếp nhận được**: 2 giấy tờ chưa đạt. Bấm F9 để: in **1 phiếu hướng dẫn** ghi đủ thành phần hồ sơ"
            " và cách hoàn thiện cả 2.",
            Action("primary", "In phiếu hướng dẫn", "primary", "printer"),
            others=(Action("sign", "Ký ngay tại quầy", "sign_here"),),
        )

    def activate(self) -> None:
        self.checklist.focus_row("3")
        self.toast.emit("Đang in 2 tờ tại HP LaserJet M404.", Tone.OK, "IN-01")
        self.notice.emit(
            Notice("IN-02", Tone.WARN, "Máy in hết giấy. Giấy chờ in vẫn còn. Cho thêm giấy A4.", code="IN-02")
        )
