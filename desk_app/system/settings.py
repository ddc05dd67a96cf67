"""What belongs to this machine: printers by role, the scanner's rhythm, text size, language, window.

One frozen value, kept as TOML in the user's folder so that a technician can read it. A file that cannot be read never
keeps the desk from opening: the defaults hold, the file is kept under another name, and the notice says so. Keys of a
newer version are carried along untouched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from desk_app.domain.errors import Failed


@dataclass(frozen=True)
class Scanner:
    """When a burst of keys is a scan. `serial_port` empty: the scanner types like a keyboard."""

    gap_ms: int = field(default=35, metadata={"least": 5, "most": 200})
    shortest: int = field(default=6, metadata={"least": 3, "most": 40})
    serial_port: str = ""


@dataclass(frozen=True)
class Window:
    """Where the window was."""

    width: int = field(default=1366, metadata={"least": 800, "most": 16_000})
    height: int = field(default=768, metadata={"least": 500, "most": 16_000})
    maximised: bool = True


@dataclass(frozen=True)
class Printers:
    """Queue names by what is printed; empty = none chosen, papers are kept as PDF files."""

    slip_a4: str = ""
    receipt_a5: str = ""
    poster_a3: str = ""
    roll_k80: str = ""


@dataclass(frozen=True)
class Settings:
    """The settings of one machine. Change with `dataclasses.replace`, keep with `save`."""

    language: Literal["vi", "en"] = "vi"
    theme: Literal["light", "dark", "contrast"] = "light"
    text_percent: int = field(default=100, metadata={"least": 100, "most": 200})
    lock_after_min: int = field(default=5, metadata={"least": 1, "most": 60})
    scanner: Scanner = Scanner()
    window: Window = Window()
    printers: Printers = Printers()
    unknown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Loaded:
    """Settings, and what has to be said about them: the copy of an unreadable file, keys that were out of range."""

    settings: Settings
    broken_copy: Path | None = None
    out_of_range: tuple[str, ...] = ()


def load(file: Path) -> Loaded:
    """Read the settings; defaults where the file, or one value in it, is missing or wrong. Never raises for content."""
    if not file.exists():
        return Loaded(Settings())
    import tomllib  # only when there is something to read: the log-in is painted before anything else is loaded

    try:
        raw = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Loaded(Settings(), broken_copy=_put_aside(file))
    wrong: list[str] = []
    settings, unknown = _read(Settings(), raw, "", wrong)
    return Loaded(replace(settings, unknown=unknown), out_of_range=tuple(wrong))


def save(file: Path, settings: Settings) -> None:
    """Write the settings whole or not at all. Failed HT-07: the folder cannot be written."""
    half = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with half.open("w", encoding="utf-8", newline="\n") as out:
            out.write(_toml(_merge(_write(settings), settings.unknown)))
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    except OSError as cause:
        raise Failed("HT-07", path=str(file.parent)) from cause


def _put_aside(file: Path) -> Path | None:
    for number in range(1, 100):
        copy = file.with_name(f"{file.stem}.broken-{number}{file.suffix}")
        if not copy.exists():
            try:
                return file.rename(copy)
            except OSError:
                return None
    return None


def _read(default: Any, raw: Mapping[str, Any], prefix: str, wrong: list[str]) -> tuple[Any, dict[str, Any]]:
    """`default` with the good values of `raw`, and what of `raw` nobody here knows."""
    known = {one.name: one for one in fields(default) if one.name != "unknown"}
    hints = get_type_hints(type(default))
    good: dict[str, Any] = {}
    unknown = {name: value for name, value in raw.items() if name not in known}
    for name in known.keys() & raw.keys():
        value, held = raw[name], getattr(default, name)
        if is_dataclass(held):
            if isinstance(value, Mapping):
                good[name], inside = _read(held, value, f"{prefix}{name}.", wrong)
                if inside:
                    unknown[name] = inside
            else:
                wrong.append(prefix + name)
        elif _fits(value, held, get_args(hints[name]), known[name].metadata):
            good[name] = value
        else:
            wrong.append(prefix + name)
    return replace(default, **good), unknown


def _fits(value: Any, held: Any, choices: tuple[Any, ...], limits: Mapping[str, Any]) -> bool:
    if type(value) is not type(held):  # True is no number here
        return False
    if choices:
        return value in choices
    return not limits or limits["least"] <= value <= limits["most"]


def _write(value: Any) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for one in fields(value):
        if one.name != "unknown":
            held = getattr(value, one.name)
            written[one.name] = _write(held) if is_dataclass(held) else held
    return written


def _merge(known: dict[str, Any], unknown: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(known)
    for name, value in unknown.items():
        inner = merged.get(name)
        merged[name] = _merge(inner, value) if isinstance(inner, dict) and isinstance(value, Mapping) else value
    return merged


def _toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """The table as TOML: plain values first, then the tables under their names."""
    inner = {name: value for name, value in table.items() if isinstance(value, Mapping)}
    plain = {name: value for name, value in table.items() if name not in inner}
    lines = [f"[{'.'.join(map(_key, path))}]"] if path and (plain or not inner) else []
    lines += [f"{_key(name)} = {_literal(value)}" for name, value in plain.items()]
    text = "\n".join(lines) + "\n" if lines else ""
    return "\n".join(filter(None, [text, *(_toml(value, (*path, name)) for name, value in inner.items())]))


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _literal(name)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON escapes are TOML escapes, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(_literal(one) for one in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_literal(one)}" for name, one in value.items()) + "}"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)
