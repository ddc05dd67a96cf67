from collections.abc import Iterator

import pytest

from tests.storage.year import Year


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    made = Year(tmp_path_factory.mktemp("year"))
    yield made
    made.close()
