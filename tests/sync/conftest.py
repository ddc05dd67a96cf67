from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess, open_folder, running_centre


@pytest.fixture(scope="session")
def centre() -> Iterator[CentreProcess]:
    with running_centre() as process:
        yield process


@pytest.fixture
def centre_folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def desk(centre: CentreProcess) -> Desk:
    return enrol_desk(centre.url, centre.code(centre.new_unit()))
