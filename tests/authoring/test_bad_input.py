"""Every broken catalogue that authors and offices bring: named with file, line and reason, refused, the good one stays."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.authoring.compile import OUTPUT, main
from desk_app.authoring.publish import publish
from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.condition import DataProblem
from desk_app.domain.overlay import overlay_from_json
from tests.domain.shipped import ROOT

COPY = "procedures/chung_thuc/chung_thuc.ban_sao.yaml"
BIRTH = "procedures/ho_tich/ho_tich.khai_sinh.yaml"
_OTHERS = ("holidays.yaml", "units.yaml", "defaults.yaml", "agencies.yaml", "forms.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small catalogue that was compiled once and is in use."""
    for name in (COPY, BIRTH, "procedures/ho_tich/ho_tich.khai_sinh_nuoc_ngoai.yaml", *_OTHERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert main([str(tmp_path)]) == 0
    return tmp_path


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def bytes_of(file: str, make: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda root: (root / file).write_bytes(make((root / file).read_bytes())) and None  # type: ignore[return-value]


_BOMB = b"a: &a [x, x]\n" + b"".join(b"b%d: [*a, *a, *a]\n" % n for n in range(50))

SPOILT = {
    "contradicting conditions": (
        replaced(COPY, "q: mien_hop_phap_hoa\n        is: false", "q: nguon_ban_chinh\n        is: viet_nam"),
        COPY, "mâu thuẫn",
    ),
    "unknown question in a condition": (replaced(BIRTH, "q: bi_bo_roi", "q: bi_bo_roii"), BIRTH, "bi_bo_roii"),
    "negative fee": (replaced(COPY, "per_page: 2000", "per_page: -2000"), COPY, "số âm"),
    "overlapping validity": (
        replaced(COPY, "valid_to: '2025-06-30'", "valid_to: '2025-07-01'"), COPY, "hiệu lực chồng nhau"
    ),
    "two procedures with one code": (replaced(COPY, "code: '2.000815'", "code: '1.001193'"), "ho_tich", "đã dùng cho"),
    "a 50 MB bomb": (bytes_of(COPY, lambda _old: b"x" * 50_000_000), COPY, "lớn hơn"),
    "a bomb of aliases": (bytes_of(COPY, lambda _old: _BOMB), COPY, "bí danh"),
    "wrong encoding": (bytes_of(COPY, lambda old: old.decode("utf-8").encode("utf-16")), COPY, "UTF-8"),
    "an old Vietnamese code page": (bytes_of(COPY, lambda old: old.replace("ứ".encode(), b"\xf8")), COPY, "UTF-8"),
    "half a file": (bytes_of(COPY, lambda old: old.decode("utf-8")[:9000].encode("utf-8") + b"\n  - {"), COPY, "cú pháp"),
    "a tower of brackets": (bytes_of(COPY, lambda _old: b"[" * 5_000), COPY, "cú pháp"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILT)
def test_a_broken_source_is_named_and_the_catalogue_in_use_stays(
    root: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, file, reason = SPOILT[fault]
    good = (root / OUTPUT).read_bytes()
    spoil(root)
    assert main([str(root)]) == 1
    said = capsys.readouterr().out
    assert re.search(rf"{re.escape(file)}.*dòng \d+: .*{reason}", said), said
    assert "danh mục đang dùng giữ nguyên" in said
    assert (root / OUTPUT).read_bytes() == good and load_catalogue(good).procedures
    assert not list(root.glob("*.new"))


@pytest.mark.parametrize(
    ("layer", "over"),
    [("province", "commune"), ("province", "province"), ("commune", "commune"), ("commune", "nobody")],
)
def test_layers_that_would_go_round_in_a_circle_are_named_and_not_signed(layer: str, over: str) -> None:
    data = {"format": "mot-cua-overlay/1", "layer": layer, "over": ["national", over], "version": "1", "serial": 1}
    raw = json.dumps(data).encode()
    with pytest.raises(DataProblem, match="vòng lại nhau"):
        overlay_from_json(raw, layer)
    with pytest.raises(DataProblem, match="vòng lại nhau"):
        publish(layer, raw, b"s" * 32)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"procedures": [{"base": "x", "entry": {"id": "a"}}]}, "name"),
        ({"procedures": [{"base": "x", "entry": 3}]}, "khóa và giá trị"),
        ({"procedures": [{"base": "x", "entry": {}, "cases": [1]}]}, "thiếu"),
        ({"tariffs": {"fee.x": 1}}, "nghị quyết"),
        ({"tariffs": {"fee.x": -1}, "tariff_basis": "NQ 1"}, "số âm"),
        ({"places": [{"unit": "1", "agencies": []}, {"unit": "1", "agencies": []}]}, "ghi hai lần"),
        ({"hours": "x"}, "hours"),
    ],
)
def test_a_commune_s_layer_that_makes_no_sense_is_named(changed: dict[str, object], named: str) -> None:
    data = {"format": "mot-cua-overlay/1", "layer": "commune", "over": ["national"], "version": "1", "serial": 1}
    with pytest.raises(DataProblem, match=named):
        overlay_from_json(json.dumps(data | changed).encode(), "commune")
