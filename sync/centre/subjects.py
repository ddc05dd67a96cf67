"""What a subject holds, read where a page has to show it."""

from __future__ import annotations

import json


def text_of(data: bytes | memoryview | None, name: str) -> str:
    """A text of a subject's value; "" when the subject was erased or says nothing under ``name``."""
    if data is None:
        return ""
    try:
        value = json.loads(bytes(data))["value"]
    except (ValueError, KeyError, TypeError):
        return ""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
