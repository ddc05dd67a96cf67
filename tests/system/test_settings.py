"""Settings survive restarts, damage, wrong values and newer versions."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.errors import Failed
from desk_app.system.settings import Printers, Scanner, Settings, _toml, load, save


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    wanted = replace(
        Settings(),
        text_percent=150,
        theme="dark",
        printers=Printers(slip_a4='Máy in "tầng 1"\\', receipt_a5="HP\tA5"),
        scanner=Scanner(gap_ms=50, serial_port="COM3"),
    )
    save(tmp_path / "mới" / "settings.toml", wanted)
    assert load(tmp_path / "mới" / "settings.toml").settings == wanted


def test_without_a_file_the_defaults_hold_and_nothing_is_said(tmp_path: Path) -> None:
    loaded = load(tmp_path / "settings.toml")
    assert (loaded.settings, loaded.broken_copy, loaded.out_of_range) == (Settings(), None, ())


@pytest.mark.parametrize("damage", [b"text_percent = = 3", b"\xff\xfe\x00", b"[a]\n[a]\n"])
def test_a_broken_file_is_kept_aside_and_the_desk_opens(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "settings.toml"
    for number in (1, 2):
        file.write_bytes(damage)
        loaded = load(file)
        assert loaded.settings == Settings()
        assert loaded.broken_copy == tmp_path / f"settings.broken-{number}.toml"
        assert loaded.broken_copy.read_bytes() == damage
        assert not file.exists()


def test_one_wrong_value_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'text_percent = 900\nlanguage = "fr"\ntheme = "dark"\nwindow = 3\n[scanner]\ngap_ms = true\nshortest = 8\n'
    )
    loaded = load(file)
    assert loaded.settings == replace(Settings(), theme="dark", scanner=Scanner(shortest=8))
    assert set(loaded.out_of_range) == {"text_percent", "language", "window", "scanner.gap_ms"}


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('voice = "on"\n[scanner]\ncamera = [1, 2]\n[future.deep]\nday = 2027-01-01\n', encoding="utf-8")
    save(file, replace(load(file).settings, text_percent=125))
    kept = tomllib.loads(file.read_text(encoding="utf-8"))
    assert kept["voice"] == "on"
    assert kept["scanner"]["camera"] == [1, 2]
    assert kept["future"]["deep"]["day"].isoformat() == "2027-01-01"
    assert kept["text_percent"] == 125


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(Failed) as failed:
        save(tmp_path / "tệp" / "settings.toml", Settings())
    assert failed.value.code == "HT-07"


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PLAIN = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), _TEXT)
_TABLE: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.dictionaries(_TEXT, st.one_of(_PLAIN, st.lists(_PLAIN, max_size=3)), max_size=4),
    lambda inner: st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(_TABLE)
def test_any_table_is_written_so_that_it_reads_the_same(table: dict[str, Any]) -> None:
    assert tomllib.loads(_toml(table)) == table
