from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess, open_folder


@pytest.fixture(scope="session")
def centre() -> Iterator[CentreProcess]:
    with open_folder() as folder:
        process = CentreProcess(folder)
        process.start()
        yield process
        process.stop()
        process.postgresql.stop()


@pytest.fixture
def centre_folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def desk(centre: CentreProcess) -> Desk:
    return enrol_desk(centre.url, centre.code(centre.new_unit()))
