"""The fonts we ship hold every Vietnamese letter and no reserved name."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
SMALL = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệfghiíìỉĩịjklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvwxyýỳỷỹỵz"
VIETNAMESE = SMALL + SMALL.upper()
SIGNS = "0123456789.,;:!?()[]/+-–—“”‘’•…₫%&@#*=<>\"'"
HIGHLANDS = "ČčÑñŎŏĔĕĬĭŬŭƀ"  # names of the Ê Đê, Gia Rai and Ba Na

FILES = sorted(path.name for path in FONTS.glob("*.ttf"))


def test_the_six_font_files_are_shipped() -> None:
    serif = [f"MotCuaSerif-{style}.ttf" for style in ("Bold", "BoldItalic", "Italic", "Regular")]
    assert [*serif, "NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf"] == FILES


@pytest.mark.parametrize("name", FILES)
def test_every_vietnamese_letter_is_in_the_font(name: str) -> None:
    letters = TTFont(FONTS / name).getBestCmap()
    assert [letter for letter in VIETNAMESE + SIGNS + HIGHLANDS if ord(letter) not in letters] == []


@pytest.mark.parametrize("name", FILES)
def test_all_digits_have_one_width_so_money_stands_in_columns(name: str) -> None:
    font = TTFont(FONTS / name)
    letters = font.getBestCmap()
    assert len({font["hmtx"][letters[ord(digit)]][0] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("MotCua")])
def test_a_cut_font_does_not_carry_the_reserved_name(name: str) -> None:
    used = [str(record) for record in TTFont(FONTS / name)["name"].names if record.nameID not in (0, 13, 14)]
    assert used
    assert not [text for text in used if "Liberation" in text or "Tinos" in text]


def test_each_font_file_has_its_own_inner_name() -> None:
    names = {TTFont(FONTS / name)["name"].getDebugName(6) for name in FILES}
    assert len(names) == len(FILES)


def test_licences_lie_beside_the_fonts() -> None:
    for name in ("OFL-MotCuaSerif.txt", "OFL-NotoSans.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / name).read_text(encoding="utf-8")
