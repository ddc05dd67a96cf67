"""Anonymous answers from a real desk at a real centre: they arrive whole, and nothing in the stream tells whose they are."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from desk_app.services import surveys
from desk_app.services.desk import Desk
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import PASSPHRASE, RealDesk


class Tomorrow:
    """The machine's clock, a day later."""

    def __init__(self, clock: object) -> None:
        self._clock = clock

    def now_utc(self) -> object:
        return self._clock.now_utc() + timedelta(days=1)  # type: ignore[attr-defined]


def test_a_group_arrives_on_its_own_line_without_officer_hour_or_dossier(centre: CentreProcess, tmp_path: Path) -> None:
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    try:
        desk = real.station.sign_in(real.station.logins()[0].id, PASSPHRASE)
        for score in (1, 2, 3, 4, 5, 5):
            real.store.call(lambda score=score: surveys.rate(desk, score, "wait" if score < 3 else ""))
            real.work(1)
        assert real.store.call(lambda: surveys.release(desk)) == 0  # not on their own day
        assert real.run() == "ok"
        later = Desk(**{f: getattr(desk, f) for f in desk.__slots__} | {"clock": Tomorrow(desk.clock)})
        real.store.clock = Tomorrow(real.store.clock)  # type: ignore[assignment]
        assert real.store.call(lambda: surveys.release(later)) == 6
        assert real.run() == "ok"
        unit, line = real.enrolment.unit, real.enrolment.survey
        assert line is not None
        rows = centre.rows(
            "SELECT seq, kind, at, raw FROM record WHERE unit = %s AND line = %s ORDER BY seq", unit, line.line
        )
        assert [row[1] for row in rows] == ["line.opened"] + ["survey.released"] * 6
        assert centre.rows("SELECT code FROM quarantine WHERE unit = %s", unit) == []
        envelopes = [json.loads(bytes(row[3])) for row in rows[1:]]
        assert sorted(e["body"]["score"] for e in envelopes) == [1, 2, 3, 4, 5, 5]
        assert {e["actor"] for e in envelopes} == {""}
        assert len({e["at"] for e in envelopes}) == 1 and envelopes[0]["at"].endswith("T17:00:00.000Z")
        assert len({e["body"]["day"] for e in envelopes}) == 1
        assert not any("-" in e["id"] for e in envelopes)
        assert centre.hashes(unit) == real.hashes()
    finally:
        real.station.close()
