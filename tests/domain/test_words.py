"""Amounts in words: the table of the domain document, and an inverse parser that must give every number back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.words import amount_in_words

PAIRS = """\
0 Không đồng
1 Một đồng
4 Bốn đồng
5 Năm đồng
10 Mười đồng
11 Mười một đồng
14 Mười bốn đồng
15 Mười lăm đồng
20 Hai mươi đồng
21 Hai mươi mốt đồng
24 Hai mươi tư đồng
25 Hai mươi lăm đồng
31 Ba mươi mốt đồng
44 Bốn mươi tư đồng
55 Năm mươi lăm đồng
99 Chín mươi chín đồng
100 Một trăm đồng
101 Một trăm linh một đồng
104 Một trăm linh bốn đồng
105 Một trăm linh năm đồng
110 Một trăm mười đồng
111 Một trăm mười một đồng
115 Một trăm mười lăm đồng
121 Một trăm hai mươi mốt đồng
124 Một trăm hai mươi tư đồng
125 Một trăm hai mươi lăm đồng
200 Hai trăm đồng
205 Hai trăm linh năm đồng
500 Năm trăm đồng
999 Chín trăm chín mươi chín đồng
1000 Một nghìn đồng
1001 Một nghìn không trăm linh một đồng
1005 Một nghìn không trăm linh năm đồng
1010 Một nghìn không trăm mười đồng
1015 Một nghìn không trăm mười lăm đồng
1021 Một nghìn không trăm hai mươi mốt đồng
1100 Một nghìn một trăm đồng
1105 Một nghìn một trăm linh năm đồng
2000 Hai nghìn đồng
3000 Ba nghìn đồng
5000 Năm nghìn đồng
8000 Tám nghìn đồng
10000 Mười nghìn đồng
10005 Mười nghìn không trăm linh năm đồng
11000 Mười một nghìn đồng
14000 Mười bốn nghìn đồng
15000 Mười lăm nghìn đồng
21000 Hai mươi mốt nghìn đồng
24000 Hai mươi tư nghìn đồng
25000 Hai mươi lăm nghìn đồng
50000 Năm mươi nghìn đồng
54321 Năm mươi tư nghìn ba trăm hai mươi mốt đồng
75000 Bảy mươi lăm nghìn đồng
100000 Một trăm nghìn đồng
100001 Một trăm nghìn không trăm linh một đồng
101000 Một trăm linh một nghìn đồng
105000 Một trăm linh năm nghìn đồng
110500 Một trăm mười nghìn năm trăm đồng
115000 Một trăm mười lăm nghìn đồng
121000 Một trăm hai mươi mốt nghìn đồng
204000 Hai trăm linh bốn nghìn đồng
200000 Hai trăm nghìn đồng
1000000 Một triệu đồng
1000001 Một triệu không trăm linh một đồng
1000500 Một triệu năm trăm đồng
1005000 Một triệu không trăm linh năm nghìn đồng
1015000 Một triệu không trăm mười lăm nghìn đồng
1050000 Một triệu không trăm năm mươi nghìn đồng
1100000 Một triệu một trăm nghìn đồng
1234567 Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng
2004015 Hai triệu không trăm linh bốn nghìn không trăm mười lăm đồng
10000000 Mười triệu đồng
15000000 Mười lăm triệu đồng
21000000 Hai mươi mốt triệu đồng
24005000 Hai mươi tư triệu không trăm linh năm nghìn đồng
100000000 Một trăm triệu đồng
101101101 Một trăm linh một triệu một trăm linh một nghìn một trăm linh một đồng
500000005 Năm trăm triệu không trăm linh năm đồng
1000000000 Một tỷ đồng
1000000001 Một tỷ không trăm linh một đồng
1000001000 Một tỷ không trăm linh một nghìn đồng
1005000000 Một tỷ không trăm linh năm triệu đồng
1100000000 Một tỷ một trăm triệu đồng
2000050000 Hai tỷ không trăm năm mươi nghìn đồng
21000000000 Hai mươi mốt tỷ đồng
1000000000000 Một nghìn tỷ đồng"""

DIGITS = {w: i for i, w in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}


def number_of(words: str) -> int:
    """The number that the words say, read by its own small grammar (not by the rules under test)."""
    text = words.removesuffix(" đồng").lower()
    return _large(text.split())


def _large(words: list[str]) -> int:
    if "tỷ" in words:
        cut = len(words) - 1 - words[::-1].index("tỷ")
        return _large(words[:cut]) * 10**9 + _large(words[cut + 1 :])
    total = 0
    for name, size in (("triệu", 10**6), ("nghìn", 1000)):
        if name in words:
            cut = words.index(name)
            total += _group(words[:cut]) * size
            words = words[cut + 1 :]
    return total + _group(words)


def _group(words: list[str]) -> int:
    value = 0
    if "trăm" in words:
        assert words[1] == "trăm"
        value += DIGITS[words[0]] * 100
        words = words[2:]
    if words[:1] == ["linh"]:
        assert len(words) == 2
        return value + DIGITS[words[1]]
    if words[:1] == ["mười"]:
        value, words = value + 10, words[1:]
    elif "mươi" in words:
        assert words[1] == "mươi"
        value, words = value + DIGITS[words[0]] * 10, words[2:]
    assert len(words) <= 1
    return value + (DIGITS[words[0]] if words else 0)


@pytest.mark.parametrize("line", PAIRS.splitlines())
def test_amount_reads_as_in_the_domain_document(line: str) -> None:
    number, words = line.split(" ", 1)
    assert amount_in_words(int(number)) == words


@given(st.integers(0, 999_999_999_999))
def test_words_say_the_number_back(n: int) -> None:
    assert number_of(amount_in_words(n)) == n


def test_every_amount_up_to_a_hundred_thousand_says_itself_back() -> None:
    for n in range(100_001):
        assert number_of(amount_in_words(n)) == n


@given(st.integers(0, 10**15))
def test_words_are_one_nfc_sentence_without_double_spaces(n: int) -> None:
    words = amount_in_words(n)
    assert words == unicodedata.normalize("NFC", words)
    assert words[0].isupper()
    assert words.endswith(" đồng")
    assert "  " not in words
    assert "không mươi" not in words
    assert "mươi một" not in words
    assert "mươi năm" not in words


def test_a_negative_amount_is_a_bug() -> None:
    with pytest.raises(ValueError, match="never negative"):
        amount_in_words(-1)
