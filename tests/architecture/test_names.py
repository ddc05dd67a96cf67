"""One concept, one word (`style.md` §4): the words that mean nothing here, and unfinished code, are refused."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, files, public_names

# What the glossary says instead: applicant, receipt, scan, acceptance slip, officer, centre, feedback …
FORBIDDEN = frozenset(
    (
        *("customer", "client", "user", "invoice", "bill", "ticket", "attachment", "staff", "admin", "comment"),
        *("rating", "price", "cost", "branch", "backend"),
    )
)
# Đơn giá, what one copy or page costs, has no other English word.
PHRASES = re.compile(r"unit_price")
# Terms of another trade that have one meaning there: the HTTP client, what a key derivation costs.
ALLOWED = {
    "sync/desk/": {"client"},
    "desk_app/wiring/": {"client"},
    "sync/centre/admin.py": {"admin"},
    "desk_app/storage/": {"cost"},
}
EMPTY_MODULES = frozenset(("utils", "util", "helpers", "helper", "common", "manager", "base", "misc"))
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise NotImplementedError\s*(?:\(\))?$")


def _words(name: str) -> set[str]:
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", PHRASES.sub("", name))
    return {part.lower() for part in parts}


def _terms(file: str) -> set[str]:
    return {term for place, terms in ALLOWED.items() if file.startswith(place) for term in terms}


def test_public_names_use_the_words_of_the_glossary() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in files("desk_app", "sync")
        for name, line in public_names(file)
        if _words(name) & FORBIDDEN - _terms(file.relative_to(ROOT).as_posix())
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_and_no_class_is_a_bag_of_things() -> None:
    modules = [
        str(file.relative_to(ROOT)) for file in files("desk_app", "sync", "installer") if file.stem in EMPTY_MODULES
    ]
    classes = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in files("desk_app", "sync")
        for name, line in public_names(file)
        if name.endswith(("Manager", "Handler", "Helper"))
    ]
    assert modules + classes == []


def test_nothing_is_left_unfinished() -> None:
    marked = [
        f"{file.relative_to(ROOT)}:{number} {line.strip()}"
        for file in files("desk_app", "sync", "installer")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not marked, "\n".join(marked)


@pytest.mark.parametrize(
    ("name", "words"),
    [("issue_receipt", {"issue", "receipt"}), ("TicketBill", {"ticket", "bill"}), ("userID", {"user", "id"})],
)
def test_a_name_is_read_word_by_word(name: str, words: set[str]) -> None:
    assert _words(name) == words
