"""Compiling: the shipped file is up to date, and a broken source never replaces a good catalogue."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desk_app.authoring.compile import OUTPUT, compile_catalogue, main, write_catalogue
from desk_app.authoring.source import SourceError
from desk_app.domain.catalogue import load_catalogue
from tests.domain.shipped import ROOT

BIRTH = Path("procedures/ho_tich/ho_tich.khai_sinh.yaml")
COPY = Path("procedures/chung_thuc/chung_thuc.ban_sao.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small catalogue of its own: two procedures and what they route to."""
    for file in (BIRTH, COPY, Path("procedures/ho_tich/ho_tich.khai_sinh_nuoc_ngoai.yaml")):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    for name in ("holidays.yaml", "units.yaml", "defaults.yaml", "agencies.yaml", "forms.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(root: Path) -> str:
    with pytest.raises(SourceError) as error:
        compile_catalogue(root)
    return str(error.value)


def test_the_shipped_catalogue_is_compiled_from_the_shipped_sources() -> None:
    assert (ROOT / OUTPUT).read_bytes() == compile_catalogue(ROOT)


def test_the_same_sources_give_the_same_bytes_and_another_version_when_changed(root: Path) -> None:
    first = compile_catalogue(root)
    assert first == compile_catalogue(root)
    edit(root / COPY, "per_page: 2000", "per_page: 3000")
    assert load_catalogue(compile_catalogue(root)).version != load_catalogue(first).version


def test_a_broken_source_keeps_the_catalogue_in_use(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(root)]) == 0
    good = (root / OUTPUT).read_bytes()
    edit(root / COPY, "per_page: 2000", "per_page: -2000")
    assert main([str(root)]) == 1
    assert (root / OUTPUT).read_bytes() == good
    assert re.search(r"chung_thuc\.ban_sao\.yaml, dòng \d+: .*số âm", capsys.readouterr().out)
    assert sorted(p.name for p in root.iterdir() if p.suffix in (".json", ".new")) == [OUTPUT]


def test_complaints_of_all_files_come_together(root: Path) -> None:
    edit(root / COPY, "per_page: 2000", "per_page: -2000")
    edit(root / BIRTH, "q: bi_bo_roi", "q: bi_bo_roii")
    found = complaints(root)
    assert "số âm" in found
    assert "bi_bo_roii" in found


def test_the_line_of_a_fault_is_the_line_in_the_file(root: Path) -> None:
    edit(root / COPY, "per_page: 2000", "per_page: -2000")
    lines = (root / COPY).read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines, start=1) if "-2000" in line)
    assert f"dòng {number}:" in complaints(root)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("valid_to: '2025-06-30'", "valid_to: '2025-07-01'", "hiệu lực chồng nhau"),
        ("is: nuoc_ngoai\n", "is: nuoc_ngoi\n", "nuoc_ngoi"),
        ("code: '2.000815'", "code: '1.001193'", "đã dùng cho"),
        ("id: chung_thuc.ban_sao\n", "id: chung_thuc.ban_sao_y\n", "tệp phải nằm ở"),
        ("id: chung_thuc.ban_sao@2025", "id: chung_thuc.ban_sao@2017", "hai bản cùng mã"),
        ("to: Phòng Tư pháp cấp huyện", "to: chung_thuc.khong_co", "không có thủ tục"),
        ("short_name: Chứng thực bản sao", "short_name: Chứng thực bản sao mọi giấy tờ", "tên ngắn"),
        ("field_name: Chứng thực\n", "field_name: Hộ tịch\nfield_nam: x\n", "field_nam"),
        ("q: mien_hop_phap_hoa\n        is: false", "q: nguon_ban_chinh\n        is: viet_nam", "mâu thuẫn"),
    ],
)
def test_faults_across_a_catalogue_are_named(root: Path, old: str, new: str, word: str) -> None:
    edit(root / COPY, old, new)
    assert word in complaints(root)


def test_two_procedures_with_one_id_are_named(root: Path) -> None:
    twin = root / "procedures" / "chung_thuc" / "khac.yaml"
    shutil.copy(root / COPY, twin)
    assert "mã “chung_thuc.ban_sao” đã có trong" in complaints(root)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("date: '2020-01-01'", "date: '2020-13-01'", "NĂM-THÁNG-NGÀY"),
        ("date: '2026-11-24'", "date: '2027-11-24'", "covers"),
        ("date: '2026-08-31'", "date: '2026-08-22'", "vừa nghỉ vừa làm bù"),
        ("end: '11:30'", "end: '06:30'", "giờ làm việc"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(root: Path, old: str, new: str, word: str) -> None:
    edit(root / "holidays.yaml", old, new)
    assert word in complaints(root)


def test_missing_parts_are_named(root: Path) -> None:
    (root / "units.yaml").unlink()
    shutil.rmtree(root / "procedures")
    found = complaints(root)
    assert "units.yaml" in found
    assert "có 0 tệp thủ tục" in found


def test_a_written_catalogue_loads(root: Path) -> None:
    write_catalogue(root, root / OUTPUT)
    catalogue = load_catalogue((root / OUTPUT).read_bytes())
    assert sorted(catalogue.procedures) == [
        "chung_thuc.ban_sao",
        "ho_tich.khai_sinh",
        "ho_tich.khai_sinh_nuoc_ngoai",
    ]
