"""A thousand made-up cards through every kind of reader and every input method: no wrong name unflagged."""

import random
import re
import unicodedata
from collections.abc import Callable

import pytest

from desk_app.domain.identity import parse_card
from desk_app.domain.telex import telex, telex_keys, vni, vni_keys
from desk_app.domain.text import tone_key
from tests.domain.test_telex import lexicon

CARDS = 1_000
PLACES = (
    "Thôn Đông, Quảng Vinh, Quảng Điền, Thừa Thiên Huế",
    "TDP 2, thị trấn Sịa, Quảng Điền, Huế",
    "Tổ 3A, Hòa Thọ Tây, Đà Nẵng",
    "Buôn Ako Dhong, Ea Kao, Buôn Ma Thuột, Đắk Lắk",
    "Khu phố 5, Phường Bến Nghé, Thành phố Hồ Chí Minh",
    "Nam Sơn, Kim Bôi, Hòa Bình",
)


def drop(text: str) -> str:
    return "".join(c for c in text if c.isascii())


def drop_beyond_latin(text: str) -> str:
    return "".join(c for c in text if ord(c) < 0x100)


def strip_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def alt_digits(text: str) -> str:
    return "".join(c if c.isascii() else str(ord(c)) for c in text)


READERS: dict[str, Callable[[str], str]] = {
    "unicode": str,
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "utf-8 as cp1252": lambda t: "".join(bytes([b]).decode("cp1252", "ignore") for b in t.encode()),
    "utf-8 as latin-1": lambda t: t.encode().decode("latin-1"),
    "utf-8 as cp437": lambda t: t.encode().decode("cp437"),
    "types telex": telex_keys,
    "types vni": vni_keys,
    "alt codes lost": alt_digits,
    "letters dropped": drop,
    "latin letters only": drop_beyond_latin,
    "marks stripped": strip_marks,
    "caps lock": lambda t: t.swapcase(),
}
METHODS: dict[str, Callable[[str], str]] = {"off": str, "telex": telex, "vni": vni}
HARMLESS = {("unicode", m) for m in METHODS} | {("types telex", "telex"), ("types vni", "vni"), ("caps lock", "off")}


def a_card(rng: random.Random) -> tuple[str, str, str]:
    """(payload, number, name): every third name in capitals, as older cards have it."""
    names = lexicon()
    plain = [w for w in sorted(names.givens) if w.isalpha()]
    family = rng.choice([w for w in sorted(names.families) if w.isalpha() and len(w) > 1])
    parts = [family, rng.choice(["văn", "thị", *sorted(names.middles)]), rng.choice(plain)]
    if rng.random() < 0.2:
        parts.insert(2, rng.choice(plain))
    name = " ".join(part.capitalize() for part in parts)
    name = name.upper() if rng.random() < 0.33 else name
    year, woman = rng.randint(1940, 2007), rng.random() < 0.5
    digit = (0 if year < 2000 else 2) + woman
    number = f"{rng.choice(['046', '001', '079', '066'])}{digit}{year % 100:02d}{rng.randint(0, 999_999):06d}"
    born = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{year}"
    gender = "Nữ" if woman else "Nam"
    return f"{number}||{name}|{born}|{gender}|{rng.choice(PLACES)}|15082022", number, name


@pytest.fixture(scope="module")
def cards() -> list[tuple[str, str, str]]:
    rng = random.Random(20_261_124)
    return [a_card(rng) for _ in range(CARDS)]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("reader", READERS)
def test_digits_are_exact_and_no_wrong_name_goes_unnoticed(
    cards: list[tuple[str, str, str]], reader: str, method: str
) -> None:
    digits = right = flagged = wrong = 0
    for payload, number, name in cards:
        arrived = METHODS[method](READERS[reader](payload))
        found = parse_card(arrived, lexicon())
        digits += found.read.get("number") == number
        shown = found.proposed_name or (found.card.name if found.card else "")
        if tone_key(shown) == tone_key(name):
            right += 1
        elif not shown or "TN-32" in {p.code for p in found.problems}:
            flagged += 1
            assert found.problems
        else:
            wrong += 1
    assert wrong == 0
    assert digits >= 0.99 * CARDS
    assert right + flagged == CARDS
    if (reader, method) in HARMLESS:
        assert right >= 0.97 * CARDS
    print(f"{reader:20} {method:6} digits {digits} right {right} flagged {flagged} wrong {wrong}")


def test_a_residence_of_a_damaged_scan_is_never_taken(cards: list[tuple[str, str, str]]) -> None:
    for payload, _, _ in cards[:100]:
        found = parse_card(telex_keys(payload), lexicon())
        assert found.card is None or not found.damaged or found.card.residence == ""
        assert not re.search("[fsrxj]{2}", found.proposed_name or "")
