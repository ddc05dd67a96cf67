"""Reads one YAML file of an author into plain data with the line of every value.

Only a small YAML is allowed: mappings, lists and scalars. No anchors, aliases or tags (the "YAML bomb"), no file over
`MAX_BYTES`, no doubled key, no decimal number. Every refusal names file and line in Vietnamese.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path as FilePath

import yaml

from desk_app.domain.condition import Path

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"[-+]?(\d[\d_]*)?\.\d+([eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None}
_WORDS |= dict.fromkeys(("true", "yes", "on"), True) | dict.fromkeys(("false", "no", "off"), False)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with a file: where and why, for the administrator."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}: {self.reason}"


class SourceError(Exception):
    """One or more files cannot be used; nothing was changed."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file and the line on which each value begins."""

    file: str
    data: object
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def complaint(self, path: Path, reason: str) -> Complaint:
        """A complaint about the value at `path`."""
        return Complaint(self.file, self.line_of(path), reason)


def read_file(file: FilePath, shown_as: str) -> Source:
    """One YAML file; raises SourceError."""
    if file.stat().st_size > MAX_BYTES:
        raise SourceError([Complaint(shown_as, 1, f"tệp lớn hơn {MAX_BYTES // 1000} KB, không đọc")])
    return read_text(file.read_bytes(), shown_as)


def read_text(content: bytes, shown_as: str, max_bytes: int = MAX_BYTES) -> Source:
    """YAML bytes in UTF-8; raises SourceError."""
    if len(content) > max_bytes:
        raise SourceError([Complaint(shown_as, 1, f"nội dung lớn hơn {max_bytes // 1000} KB, không đọc")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        reason = "tệp không phải UTF-8; mở bằng trình soạn thảo và lưu lại với bảng mã UTF-8"
        raise SourceError([Complaint(shown_as, line, reason)]) from problem
    builder = _Builder(shown_as)
    try:
        for event in yaml.parse(unicodedata.normalize("NFC", text), Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(problem, "problem", None) or "không đọc được"
        raise SourceError([Complaint(shown_as, line, f"sai cú pháp YAML ({what})")]) from problem
    return Source(shown_as, builder.root, builder.lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


class _Builder:
    """Builds data from parser events; the path of the current place is kept for the lines."""

    def __init__(self, file: str) -> None:
        self.root: object = None
        self.lines: dict[Path, int] = {}
        self._file = file
        self._stack: list[dict[str, object] | list[object]] = []
        self._keys: list[str | None] = []
        self._path: list[str | int] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse(event, "không dùng neo (&) và bí danh (*) trong tệp danh mục")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()

    def _refuse(self, event: yaml.Event, reason: str) -> None:
        raise SourceError([Complaint(self._file, _line(event), reason)])

    def _open(self, value: dict[str, object] | list[object], event: yaml.Event) -> None:
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "không dùng thẻ kiểu (!) trong tệp danh mục")
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(event, f"dữ liệu lồng quá {MAX_DEPTH} tầng")
        if self._stack and isinstance(self._stack[-1], dict) and self._keys[-1] is None:
            self._refuse(event, "khóa phải là chữ")
        self._add(value, event)
        self._stack.append(value)
        self._keys.append(None)

    def _close(self) -> None:
        self._stack.pop()
        self._keys.pop()
        if self._stack:
            self._leave()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag is not None:
            self._refuse(event, "không dùng thẻ kiểu (!) trong tệp danh mục")
        top = self._stack[-1] if self._stack else None
        if isinstance(top, dict) and self._keys[-1] is None:
            if event.value in top:
                self._refuse(event, f"khóa “{event.value}” viết hai lần")
            self._keys[-1] = event.value
            return
        self._add(self._value(event), event)
        if self._stack:
            self._leave()

    def _add(self, value: object, event: yaml.Event) -> None:
        if not self._stack:
            if self.lines:
                self._refuse(event, "mỗi tệp chỉ có một tài liệu")
            self.root = value
        else:
            self._enter(value)
        self.lines[tuple(self._path)] = _line(event)

    def _enter(self, value: object) -> None:
        top = self._stack[-1]
        if isinstance(top, list):
            self._path.append(len(top))
            top.append(value)
        else:
            key = self._keys[-1]
            assert key is not None
            self._path.append(key)
            top[key] = value

    def _leave(self) -> None:
        self._path.pop()
        if isinstance(self._stack[-1], dict):
            self._keys[-1] = None

    def _value(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if event.style:
            return text
        if text.lower() in _WORDS:
            return _WORDS[text.lower()]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            self._refuse(event, f"“{text}” là số thập phân; tiền là số nguyên đồng, mã số phải để trong nháy")
        return text
