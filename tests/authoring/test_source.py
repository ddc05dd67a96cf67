"""Reading an author's file: only a small YAML, and every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.authoring.source import MAX_BYTES, SourceError, read_file, read_text


def refused(content: bytes) -> str:
    with pytest.raises(SourceError) as error:
        read_text(content, "thu.yaml")
    return str(error.value)


def test_values_are_read_with_their_lines() -> None:
    source = read_text(b"a: 1\nb:\n- x: 07:30\n  y: '1.000815'\n- z: true\nc: 2025-07-01\nd:\ne: null\n", "thu.yaml")
    assert source.data == {
        "a": 1,
        "b": [{"x": "07:30", "y": "1.000815"}, {"z": True}],
        "c": "2025-07-01",
        "d": None,
        "e": None,
    }
    assert source.line_of(("b", 0, "y")) == 4
    assert source.line_of(("b", 1, "missing", "deeper")) == 5
    assert source.line_of(("c",)) == 6


def test_decomposed_letters_are_composed() -> None:
    assert read_text("a: Hô\u0323 ti\u0323ch".encode(), "thu.yaml").data == {"a": "Hộ tịch"}


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b"a: &x 1\nb: *x\n", 1, "neo"),
        (b"a: 1\nb: *x\n", 2, "neo"),
        (b"a: 1\nb: !!python/object:os.system x\n", 2, "thẻ kiểu"),
        (b"a: 1\nb: !x {c: 1}\n", 2, "thẻ kiểu"),
        (b"a: 1\na: 2\n", 2, "hai lần"),
        (b"a: 1\nb: 1.5\n", 2, "thập phân"),
        (b"a: 1\nb: [1, 2\n", 3, "cú pháp"),
        (b"a: 1\n? [x]\n: 2\n", 2, "khóa"),
        ("a: 1\nb: Hộ".encode("utf-16"), 1, "UTF-8"),
        ("a: 1\nb: H\u1ed9".encode() + b"\xff", 2, "UTF-8"),
        (b"a: 1\n---\nb: 2\n", 3, "một tài liệu"),
        (b"[" * 60 + b"]" * 60, 1, "tầng"),
        (b"a: " + b"x" * MAX_BYTES, 1, "lớn hơn"),
    ],
)
def test_a_fault_names_file_line_and_reason(content: bytes, line: int, word: str) -> None:
    message = refused(content)
    assert f"thu.yaml, dòng {line}:" in message
    assert word in message


def test_a_bomb_of_aliases_is_refused_at_its_first_line() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    assert "dòng 1: không dùng neo" in refused(bomb.encode())


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "to.yaml"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(SourceError, match="lớn hơn"):
        read_file(file, "to.yaml")
