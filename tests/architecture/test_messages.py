"""Every code that can reach an officer has its words, and every word its values."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from tests.architecture.source import ROOT, files, tree

MESSAGES = ROOT / "resources" / "messages" / "vi.json"
CODE = re.compile(r"[A-Z]{2}-[0-9]{2}")
KINDS = frozenset(("DeskError", "Refused", "Failed", "Incident"))
ENGLISH = re.compile(r"\b(?:error|please|failed|the|not|file not|invalid|unknown|warning)\b", re.IGNORECASE)


def _messages() -> dict[str, dict[str, Any]]:
    if not MESSAGES.exists():
        pytest.skip("resources/messages/vi.json has not been written yet")
    read: dict[str, dict[str, Any]] = json.loads(MESSAGES.read_text(encoding="utf-8"))
    return read


def _raised() -> Iterator[tuple[Path, int, str, set[str] | None]]:
    """File, line, code and names of the values of every DeskError made in the code (None: values are passed on)."""
    for file in files("desk_app", "sync"):
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in KINDS and isinstance(first, ast.Constant) and CODE.fullmatch(str(first.value)):
                names = {keyword.arg for keyword in node.keywords}
                given = None if None in names else {name for name in names if name}
                yield file, node.lineno, str(first.value), given


def _placeholders(text: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_in_the_code_has_words() -> None:
    messages = _messages()
    spelled = {
        (str(file.relative_to(ROOT)), str(node.value))
        for file in files("desk_app", "sync")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }
    lacking = sorted(f"{file}: {code}" for file, code in spelled if code not in messages)
    assert not lacking, "\n".join(lacking)


def test_every_message_has_a_code_and_a_text_in_vietnamese() -> None:
    wrong = []
    for code, message in _messages().items():
        text = str(message.get("text", ""))
        if not CODE.fullmatch(code) or not text.strip():
            wrong.append(f"{code}: no text")
        elif ENGLISH.search(re.sub(r"\{[^}]*\}", "", text)):
            wrong.append(f"{code}: English words in {text!r}")
        elif "!" in text:
            wrong.append(f"{code}: an exclamation mark")
    assert not wrong, "\n".join(wrong)


def test_every_placeholder_gets_its_value_where_the_error_is_made() -> None:
    messages = _messages()
    wrong = []
    for file, line, code, given in _raised():
        if code in messages and given is not None:
            message = messages[code]
            wanted = _placeholders(str(message.get("title", ""))) | _placeholders(str(message.get("text", "")))
            if wanted - given:
                wrong.append(f"{file.relative_to(ROOT)}:{line} {code} lacks {sorted(wanted - given)}")
    assert not wrong, "\n".join(wrong)
