from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.counter_desk import CounterDesk


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterDesk]:
    counter = CounterDesk(tmp_path)
    yield counter
    counter.close()
