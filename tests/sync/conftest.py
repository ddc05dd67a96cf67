from collections.abc import Iterator

import pytest

from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentreProcess]:
    process = CentreProcess(tmp_path_factory.mktemp("centre"))
    process.start()
    yield process
    process.stop()
    process.postgresql.stop()


@pytest.fixture
def desk(centre: CentreProcess) -> Desk:
    return enrol_desk(centre.url, centre.code(centre.new_unit()))
