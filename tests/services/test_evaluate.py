"""Cases run through the real rules, as authors do before publishing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_app.authoring.source import SourceError
from desk_app.services.evaluate import evaluate_cases, main
from tests.domain.shipped import CATALOGUE, ROOT

ONE = """\
cases:
- id: x1
  procedure: chung_thuc.ban_sao
  received_at: '2026-03-10T09:00:00'
  answers: {so_trang: 3, so_ban: 2, nguon_ban_chinh: viet_nam, co_ban_chup: true, ban_chinh_hong: false,
            khoi_luong_lon: false}
  expect: {variant: chung_thuc.ban_sao@2025, fee_total: 10000, deadline: '2026-03-10'}
"""


def test_every_case_beside_a_procedure_holds_and_there_are_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ROOT)]) == 0
    *results, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert last["passed"] == len(results) >= 190
    ids = [result["id"] for result in results]
    assert len(ids) == len(set(ids))
    covered = {str(result["expected"]["variant"]).split("@")[0] for result in results}
    assert len(covered) >= 40


def test_a_procedure_file_runs_its_own_cases() -> None:
    content = (ROOT / "procedures" / "ho_tich" / "ho_tich.khai_sinh.yaml").read_bytes()
    results = list(evaluate_cases(CATALOGUE, content))
    assert len(results) >= 20
    assert all(result["ok"] for result in results)


def run(text: str) -> dict[str, object]:
    (result,) = evaluate_cases(CATALOGUE, text)
    return result


def test_a_case_that_agrees_is_ok_and_only_named_keys_are_compared() -> None:
    assert run(ONE)["ok"] is True
    assert run(ONE.replace("fee_total: 10000, ", ""))["ok"] is True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fee_total: 10000", "fee_total: 10001"),
        ("deadline: '2026-03-10'", "deadline: '2026-03-11'"),
        ("ban_sao@2025", "ban_sao@2017"),
        ("fee_total: 10000", "fee_totl: 10000"),
        ("fee_total: 10000", "routing: {to: Từ chối}"),
        ("fee_total: 10000", "documents: [ban_chinh]"),
        ("fee_total: 10000", "fee_lines: []"),
    ],
)
def test_a_case_that_expects_something_else_fails(old: str, new: str) -> None:
    result = run(ONE.replace(old, new))
    assert result["ok"] is False
    assert result["got"]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("so_ban: 2", "so_bn: 2", "so_bn"),
        ("so_ban: 2", "so_ban: hai", "số nguyên"),
        ("viet_nam", "vn", "lựa chọn"),
        ("procedure: chung_thuc.ban_sao", "procedure: chung_thuc.bansao", "chung_thuc.bansao"),
        ("2026-03-10T09:00:00", "hôm nay", "hôm nay"),
        ("  expect:", "  settings: {fee.x: -1}\n  expect:", "không âm"),
        ("  expect:", "  expected:", "expect"),
    ],
)
def test_a_case_that_makes_no_sense_says_why(old: str, new: str, word: str) -> None:
    result = run(ONE.replace(old, new))
    assert result["ok"] is False
    assert word in str(result["got"])


def test_a_time_with_an_offset_is_the_time_in_vietnam() -> None:
    utc = ONE.replace("2026-03-10T09:00:00", "2026-03-10T02:00:00+00:00")
    assert run(utc)["ok"] is True
    assert run(utc.replace("T02:00", "T08:30"))["got"]["deadline"] == "2026-03-11"  # type: ignore[index]


def test_the_program_prints_a_line_a_case_and_the_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ca.yaml"
    file.write_text(ONE + ONE.replace("cases:\n", "").replace("10000", "1").replace("x1", "x2"), encoding="utf-8")
    assert main([str(file)]) == 1
    first, second, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(first) == {"id", "ok", "expected", "got"}
    assert (first["id"], first["ok"], second["id"], second["ok"]) == ("x1", True, "x2", False)
    assert last == {"passed": 1, "failed": 1}
    file.write_text(ONE, encoding="utf-8")
    assert main([str(file)]) == 0


@pytest.mark.parametrize("content", [b"", b"cases: 3\n", b"a: &x 1\n", b"\xff\xfe\x00", b"procedures: []\n"])
def test_a_file_that_is_no_case_file_is_refused_in_words(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ca.yaml"
    file.write_bytes(content)
    assert main([str(file)]) == 2
    assert "Không chạy được" in capsys.readouterr().err
    with pytest.raises(SourceError):
        list(evaluate_cases(CATALOGUE, content))
    assert main([]) == 2
    assert main([str(tmp_path / "khong_co.yaml")]) == 2
