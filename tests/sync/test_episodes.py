"""Whole offices under everything at once, from one integer each; and proof that the rig would notice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.centre.centre import Centre
from tests.sync.episode import run_episode
from tests.sync.inside import inside
from tests.sync.server import CentreProcess, running_centre
from tests.sync.soak import known
from tests.sync.variants import VARIANTS

EPISODES = int(os.environ.get("DESK_SYNC_EPISODES", "1000"))
MOST_TO_CATCH = 120


@pytest.fixture(scope="module")
def centre_inside() -> Iterator[Centre]:
    """A centre of this module alone: its life number rises all the time."""
    process: CentreProcess
    with running_centre() as process, inside(process, quick=True) as one:
        yield one


@pytest.mark.parametrize("seed", known())
def test_what_once_broke_a_promise_holds_it_now(centre_inside: Centre, seed: int) -> None:
    assert run_episode(centre_inside, seed) == []


def test_nothing_is_lost_and_every_desk_comes_to_rest(centre_inside: Centre) -> None:
    for seed in range(20):
        assert run_episode(centre_inside, seed) == [], f"seed {seed}"


@pytest.mark.slow
def test_a_thousand_episodes_on_two_centres_keep_every_promise() -> None:
    """Half of them in each of two processes: a core each."""
    half = EPISODES // 2
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.sync.soak", "--episodes", str(half), "--first", str(1_000 + n * half)],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for n in (0, 1)
    ]  # fmt: skip
    for said in [one.communicate()[0] for one in runs]:
        done = json.loads(said.splitlines()[-1])
        assert done["broken"] == [] and done["episodes"] == half


@pytest.mark.slow
@pytest.mark.parametrize("name", VARIANTS)
def test_the_rig_catches_who_is_wrong_in_one_way(centre_inside: Centre, name: str) -> None:
    variant = VARIANTS[name]
    for seed in range(variant.first_seed, variant.first_seed + MOST_TO_CATCH):
        try:
            if run_episode(centre_inside, seed, variant=variant):
                return
        except AssertionError:  # the desk's own checks noticed
            return
    pytest.fail(f"{MOST_TO_CATCH} episodes did not notice {name}")


def test_there_are_at_least_fourteen_ways_to_be_wrong() -> None:
    assert len(VARIANTS) >= 14
