"""Every profile of an office that is shipped can be printed from: an enrolment with it goes through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_app.domain.unit import read_profile
from sync.centre.main import _parser
from tests.architecture.source import ROOT


def _shipped() -> list[Path]:
    shipped = []
    for folder in ("resources", "desk_app", "sync", "installer"):
        for file in sorted((ROOT / folder).rglob("*.json")):
            found = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(found, dict) and {"code", "agency_code"} <= set(found):
                shipped.append(file)
    return shipped


@pytest.mark.parametrize("file", sorted(_shipped()), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_shipped_profile_is_read(file: Path) -> None:
    profile = read_profile(json.loads(file.read_text(encoding="utf-8")))
    assert profile.collector and profile.tax_code


def test_the_office_of_a_trial_centre_can_be_enrolled() -> None:
    file = _parser().parse_args(["trial"]).unit_file
    assert file in set(_shipped())
    assert read_profile(json.loads(file.read_text(encoding="utf-8"))).code
