from __future__ import annotations

import json
import re
import string
from datetime import date, datetime

import pytest

from desk_app.domain.errors import Refused
from desk_app.ui import errors
from desk_app.ui.errors import Message, Place
from desk_app.ui.theme import resource
from desk_app.ui.tone import Tone
from desk_app.ui.wording import dong, grouped, long_date, wording

TEXTS = json.loads(resource("messages", "vi.json").read_text(encoding="utf-8"))
BANNED = re.compile(r"\b(error|failed|invalid|null|exception|khách)\b|!|^Lỗi\b|không hợp lệ", re.IGNORECASE)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_message_is_a_whole_vietnamese_sentence_without_blame(code: str) -> None:
    entry = TEXTS[code]
    assert re.fullmatch(r"[A-Z]{2}-\d\d", code)
    assert set(entry) <= {"place", "text", "tone", "title"}
    Place(entry["place"])
    assert entry["text"].endswith((".", "?"))
    assert not BANNED.search(entry["text"])
    names = [name for _, name, _, _ in string.Formatter().parse(entry["text"]) if name is not None]
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_values_are_written_as_people_write_them() -> None:
    said = errors.message(
        "TN-01", dossier="H99.12-261125-0007", due=datetime.fromisoformat("2026-11-30T17:00"), printer="HP LaserJet"
    )
    assert "Hẹn trả 17:00, thứ Hai, 30/11/2026." in said.text
    assert errors.message("TP-01", amount_vnd=15_000, series="26TAA", number=212).text.startswith(
        "Đã thu 15.000\u00a0đ"
    )
    assert wording("date", date(2026, 11, 5)) == "05/11/2026"
    assert wording("n", 3) == "3"


def test_a_missing_value_never_hides_the_message() -> None:
    assert "…" in errors.message("TN-06").text


def test_an_unknown_code_is_shown_with_its_own_code_for_the_telephone() -> None:
    said = errors.message("ZZ-99")
    assert said.code == "ZZ-99"
    assert said.text == TEXTS["HT-00"]["text"]


class Wall:
    def __init__(self) -> None:
        self.said: list[tuple[str, Message]] = []

    def show_toast(self, message: Message) -> None:
        self.said.append(("toast", message))

    def show_banner(self, message: Message) -> None:
        self.said.append(("banner", message))

    def show_field(self, message: Message) -> None:
        self.said.append(("field", message))

    def show_panel(self, message: Message) -> None:
        self.said.append(("panel", message))


@pytest.mark.parametrize(
    ("code", "place", "tone"),
    [
        ("TN-01", "toast", Tone.OK),
        ("TP-09", "banner", Tone.BAD),
        ("TN-06", "field", Tone.BAD),
        ("TN-14", "panel", Tone.WARN),
    ],
)
def test_each_code_goes_to_its_place(code: str, place: str, tone: Tone) -> None:
    wall = Wall()
    errors.show(wall, errors.message_of(Refused(code, n=11)))
    assert [(where, message.code, message.tone) for where, message in wall.said] == [(place, code, tone)]


def test_money_and_long_dates() -> None:
    assert (grouped(0), grouped(999), grouped(1_234_567), dong(221_000)) == ("0", "999", "1.234.567", "221.000\u00a0đ")
    assert long_date(date(2026, 11, 25)) == "Thứ Tư, 25/11/2026"
    assert long_date(date(2026, 11, 29)) == "Chủ nhật, 29/11/2026"
