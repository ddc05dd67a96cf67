"""The measure of reports works on the tables as they are: small, so that it is known before somebody needs it."""

from __future__ import annotations

from pathlib import Path

from tests.bench.reports import build
from tests.storage.builders import a_store, open_line


def test_the_summaries_of_a_small_bench_are_those_of_its_dossiers(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)

    def job() -> tuple[int, int, int]:
        build(store, 600)
        with store.read() as tx:
            received = tx.row("SELECT sum(n) FROM work_day WHERE what = 'received'")[0]
            return received, tx.row("SELECT count(*) FROM dossier")[0], tx.row("SELECT count(*) FROM survey_answer")[0]

    assert store.call(job) == (600, 600, 120)
    store.close()
