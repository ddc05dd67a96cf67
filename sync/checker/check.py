"""One export: its files, its lines, its signatures."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sync.checker.follow import Follower
from sync.checker.money import Money
from sync.checker.records import Line
from sync.checker.signatures import EXPORT, open_answer, signed_by
from sync.checker.wrong import Wrong

FORMAT = "mot-cua-receipts/1"
_CHUNK = 1 << 20
_MOST_BYTES = 8 << 30


@dataclass(frozen=True, slots=True)
class Summary:
    """What a whole file holds; money in đồng, undone receipts not counted."""

    records: int = 0
    receipts: int = 0
    sum_vnd: int = 0
    replaced: int = 0
    voided: int = 0
    closings: int = 0
    signed: int = 0
    acked: int = 0
    desk_signed: bool = False


def check_file(file: Path, centre_key: str = "") -> Summary:
    """Check an export (``.zip``) or the bare records of one line. ``centre_key`` "" : the one the export names.

    Raises Wrong at the first thing that does not hold.
    """
    if not zipfile.is_zipfile(file):
        with file.open("rb") as source:
            return _summary(*_line(file.name, source, None))
    try:
        with zipfile.ZipFile(file) as box:
            return _box(box, centre_key)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Wrong("tệp nén bị hỏng hoặc bị cắt", file=file.name) from error


def _box(box: zipfile.ZipFile, centre_key: str) -> Summary:
    names = box.namelist()
    if len(set(names)) != len(names):
        raise Wrong("tệp nén có hai tệp trùng tên", file=names[-1])
    if sum(info.file_size for info in box.infolist()) > _MOST_BYTES:
        raise Wrong("tệp nén quá lớn")
    manifest, raw = _manifest(box)
    left = set(names) - {"manifest.json", "manifest.sig"}
    total, desk_signed = Summary(), bool(manifest["lines"])
    for told in manifest["lines"]:
        name = f"line-{told['line']}.jsonl"
        left.discard(name)
        with _open(box, name) as source:
            line, money = _line(name, source, told)
        _end(line, told)
        desk_signed = _signature(box, raw, told) and desk_signed
        acks = f"acks-{told['line']}.jsonl"
        acked = _acks(box, acks, told, line, centre_key or manifest["centre_key"]) if acks in left else 0
        left.discard(acks)
        left -= _signed_pages(box, money, left)
        total = _add(total, _summary(line, money), acked)
    if left:
        raise Wrong("tệp nén có tệp lạ", file=min(left))
    return replace(total, desk_signed=desk_signed)


def _manifest(box: zipfile.ZipFile) -> tuple[dict[str, Any], bytes]:
    with _open(box, "manifest.json") as source:
        raw = source.read()
    try:
        value = json.loads(raw)
        good = value["format"] == FORMAT and isinstance(value["centre_key"], str) and isinstance(value["lines"], list)
        for told in value["lines"]:
            good = good and type(told["line"]) is int and type(told["last"]) is int and isinstance(told["head"], str)
    except (ValueError, KeyError, TypeError) as error:
        raise Wrong("bảng kê của tệp sai dạng", file="manifest.json") from error
    if not good:
        raise Wrong("bảng kê của tệp sai dạng", file="manifest.json")
    return value, raw


def _line(name: str, source: IO[bytes], told: dict[str, Any] | None) -> tuple[Line, Money]:
    follower = Follower(name)
    line, money = follower.line, follower.money
    heads: dict[int, str] = {}
    marks = set(told.get("marks", ())) if told else set()
    for raws, utf8 in _pages(source):
        for raw in raws:
            follower.take(raw, utf8=utf8)
            if line.seq in marks:
                heads[line.seq] = line.head
    if money.expected:
        raise Wrong("thiếu biên lai thay thế ở cuối sổ", file=name, seq=line.seq, byte=line.byte)
    if not line.seq:
        raise Wrong("sổ không có mục nào", file=name)
    if told is not None:
        told["heads"] = heads
    return line, money


def _pages(source: IO[bytes]) -> Iterator[tuple[list[bytes], bool]]:
    """The lines of a file, some thousand at once, and whether they are UTF-8 throughout."""
    rest = b""
    while chunk := source.read(_CHUNK):
        whole, found, rest = (rest + chunk).rpartition(b"\n")
        if found:
            yield whole.split(b"\n"), _is_utf8(whole)
    if rest:
        yield [rest], _is_utf8(rest)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    for raws, _utf8 in _pages(source):
        yield from raws


def _end(line: Line, told: dict[str, Any]) -> None:
    """The tail: nothing is cut off, and the last record is the one that was sealed."""
    if line.line != told["line"]:
        raise Wrong(f"sổ của dòng {line.line} nằm trong tệp của dòng {told['line']}", file=line.file, seq=1)
    if line.seq != told["last"]:
        why = f"bảng kê ghi {told['last']} mục, trong sổ có {line.seq}: sổ bị cắt hoặc thêm ở cuối"
        raise Wrong(why, file=line.file, seq=line.seq, byte=line.byte)
    if line.head != told["head"]:
        at = line.byte - len(line.last) - 1
        raise Wrong("mục cuối không khớp dấu niêm phong của bảng kê: đã bị sửa", file=line.file, seq=line.seq, byte=at)


def _signature(box: zipfile.ZipFile, manifest: bytes, told: dict[str, Any]) -> bool:
    """Whether the desk signed the manifest with the key its line was opened with. Raises Wrong for a false signature."""
    name = "manifest.sig"
    if name not in box.namelist():
        return False
    with _open(box, name) as source:
        signature = source.read().decode("ascii", "replace").strip()
    with _open(box, f"line-{told['line']}.jsonl") as source:
        first = json.loads(source.readline())
    key = first["body"].get("public_key", "") if first["kind"] == "line.opened" else ""
    if not signed_by(key, EXPORT, manifest, signature):
        raise Wrong("chữ ký của máy quầy trên bảng kê không đúng", file=name)
    return True


def _acks(box: zipfile.ZipFile, name: str, told: dict[str, Any], line: Line, centre_key: str) -> int:
    """The highest record the centre holds, by its own signature."""
    highest = 0
    with _open(box, name) as source:
        byte = 0
        for raw in _lines(source):
            answer = open_answer(centre_key, raw)
            if answer is None:
                raise Wrong("xác nhận không do máy chủ cấp trên ký", file=name, byte=byte)
            mark, head = answer.get("mark"), answer.get("mark_head")
            if type(mark) is not int or mark > line.seq:
                raise Wrong(f"máy chủ cấp trên đã giữ đến mục {mark}, sổ chỉ có {line.seq} mục", file=name, byte=byte)
            if mark and told["heads"].get(mark) != head:
                raise Wrong(f"mục {mark} khác bản máy chủ cấp trên đang giữ", file=name, byte=byte)
            highest = max(highest, mark)
            byte += len(raw) + 1
    return highest


def _signed_pages(box: zipfile.ZipFile, money: Money, names: set[str]) -> set[str]:
    """Signed receipts that came along: each must be the very bytes whose hash was sealed."""
    found = set()
    for name in sorted(names):
        if not name.startswith("signed/"):
            continue
        wanted = name.removeprefix("signed/").removesuffix(".pdf")
        if wanted not in money.signed:
            continue
        with _open(box, name) as source:
            if sha256(source.read()).hexdigest() != wanted:
                raise Wrong("biên lai đã ký khác bản được ghi sổ", file=name)
        found.add(name)
    return found


def _open(box: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return box.open(name)
    except KeyError as error:
        raise Wrong("thiếu tệp", file=name) from error


def _summary(line: Line, money: Money) -> Summary:
    return Summary(
        line.seq, len(money.receipts), money.sum_vnd, money.replaced, money.voided, money.closings, len(money.signed)
    )


def _add(a: Summary, b: Summary, acked: int) -> Summary:
    return Summary(
        a.records + b.records, a.receipts + b.receipts, a.sum_vnd + b.sum_vnd, a.replaced + b.replaced,
        a.voided + b.voided, a.closings + b.closings, a.signed + b.signed, max(a.acked, acked),
    )  # fmt: skip
