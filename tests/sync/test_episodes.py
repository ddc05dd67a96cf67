"""Whole offices under everything at once, from one integer each; and proof that the rig would notice."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from sync.centre import ingest
from sync.centre.centre import Centre
from tests.sync.episode import VARIANTS, by_key_alone, run_episode
from tests.sync.inside import inside
from tests.sync.server import CentreProcess

EPISODES = int(os.environ.get("DESK_SYNC_EPISODES", "20"))
MOST_TO_CATCH = 60


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one
        centre.rows("UPDATE centre SET gen = 1")  # the other tests share this centre's database


def test_nothing_is_lost_and_every_desk_comes_to_rest(centre: CentreProcess, centre_inside: Centre) -> None:
    for seed in range(EPISODES):
        assert run_episode(centre, centre_inside, seed) == [], f"seed {seed}"


def test_the_rig_catches_a_centre_that_knows_records_by_number_alone(
    centre: CentreProcess, centre_inside: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_sort", by_key_alone(ingest._sort))
    assert any(run_episode(centre, centre_inside, seed) for seed in range(2000, 2000 + MOST_TO_CATCH))


@pytest.mark.slow
@pytest.mark.parametrize("name", VARIANTS)
def test_the_rig_catches_a_desk_that_is_wrong_in_one_way(
    centre: CentreProcess, centre_inside: Centre, name: str
) -> None:
    for seed in range(1000, 1000 + MOST_TO_CATCH):
        try:
            if run_episode(centre, centre_inside, seed, variant=VARIANTS[name]):
                return
        except AssertionError:  # the desk's own checks noticed
            return
    pytest.fail(f"{MOST_TO_CATCH} episodes did not notice {name}")
