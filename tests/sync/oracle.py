"""What must hold when an episode came to rest. It looks at desks and tables from outside and trusts neither."""

from __future__ import annotations

from collections.abc import Iterator

from sync.protocol.envelope import ChainError, check_chain, open_record
from tests.sync.episode import World


def broken(world: World) -> list[str]:
    """Every promise that does not hold; none is the only right answer."""
    return [
        *_records(world), *_chains(world), *_papers_told(world), *_numbers(world), *_people(world), *_news(world),
        *_online(world), *_keys(world),
    ]  # fmt: skip


def _held(world: World) -> set[bytes]:
    """Hashes of all records at the centre, in its tables or in quarantine."""
    rows = world.rows(
        "SELECT h FROM record WHERE unit = %s UNION SELECT h FROM quarantine WHERE unit = %s", world.unit, world.unit
    )
    return {bytes(h) for (h,) in rows}


def _records(world: World) -> Iterator[str]:
    """Every record of every desk that is still there is held, and every desk came to rest."""
    held = _held(world)
    for n, desk in enumerate(world.desks):
        status = world.run(desk)
        if status.state != "ok" or status.pending:
            yield f"desk {n} never came to rest: {status.state} {status.code}, {status.pending} pending"
        for number, line in desk._lines.items():
            missing = [r.envelope.seq for r in line.book.records if bytes.fromhex(r.h) not in held]
            if missing:
                yield f"desk {n} line {number}: lost {missing[:3]}, mark {line.acked}"
    for n, desk in enumerate(world.gone):
        for number, line in desk._lines.items():
            lost = [r for r in line.book.records[: line.acked] if bytes.fromhex(r.h) not in held]
            if lost and "centre_restored" not in world.done:
                yield f"gone desk {n} line {number}: acknowledged and lost"


def _chains(world: World) -> Iterator[str]:
    for station, line, mark in world.rows("SELECT station, line, mark FROM line WHERE unit = %s", world.unit):
        rows = world.rows(
            "SELECT seq, raw FROM record WHERE unit = %s AND station = %s AND line = %s UNION ALL"
            " SELECT seq, raw FROM quarantine WHERE unit = %s AND station = %s AND line = %s AND code <> 'forked'"
            " ORDER BY 1",
            world.unit, station, line, world.unit, station, line,
        )  # fmt: skip
        if [row[0] for row in rows] != list(range(1, mark + 1)):
            yield f"line {line}: a gap or a double below the mark {mark}"
            continue
        try:
            check_chain(open_record(row[1]) for row in rows)
        except ChainError as error:
            yield f"line {line}: {error}"


def _papers_told(world: World) -> Iterator[str]:
    """Records that died with a disk, papers in people's hands among them: the centre has an incident on their line."""
    held = _held(world)
    told = {line for (line,) in world.rows("SELECT line FROM incident WHERE unit = %s", world.unit)}
    here = {number for desk in world.desks for number in desk._lines}
    for n, desk in enumerate(world.gone):
        for number, line in desk._lines.items():
            lost = [r.envelope.seq for r in line.book.records if bytes.fromhex(r.h) not in held]
            if lost and number in here and number not in told and "centre_restored" not in world.done:
                yield f"gone desk {n} line {number}: records from {lost[0]} are gone and nobody was told"


def _numbers(world: World) -> Iterator[str]:
    """No number was granted twice; no receipt number stands twice among the good records."""
    for what, kind in world.rows(
        "SELECT a.symbol, a.series_kind FROM grant_ a JOIN grant_ b ON a.unit = b.unit AND a.series_kind = b.series_kind"
        " AND a.form = b.form AND a.symbol = b.symbol AND a.grant_ < b.grant_ AND a.first <= b.last AND b.first <= a.last"
        " WHERE a.unit = %s",
        world.unit,
    ):
        yield f"numbers of {kind} {what} granted twice"
    seen: dict[tuple[str, int], str] = {}
    for (raw,) in world.rows("SELECT raw FROM record WHERE unit = %s AND kind = 'receipt.issued'", world.unit):
        body = open_record(raw).envelope.body
        key = (str(body["symbol"]), int(str(body["number"])))
        if seen.setdefault(key, str(body["receipt"])) != body["receipt"]:
            yield f"receipt {key} on two papers"


def _people(world: World) -> Iterator[str]:
    """Who is named by a desk's records is known at the centre too."""
    known = {id for (id,) in world.rows("SELECT id FROM subject WHERE unit = %s", world.unit)}
    for n, desk in enumerate(world.desks):
        for number, line in desk._lines.items():
            if number == desk.line:
                wanted = {s.id for many in line.book.subjects.values() for s in many}
                if wanted - known:
                    yield f"desk {n} line {number}: {len(wanted - known)} people unknown at the centre"


def _news(world: World) -> Iterator[str]:
    """Every desk saw what every other station wrote, every word from above, and no version ever went back."""
    lines = world.rows("SELECT station, line, mark FROM line WHERE unit = %s", world.unit)
    version = world.rows("SELECT coalesce(max(version), 0) FROM announced WHERE unit = %s", world.unit)[0][0]
    for n, desk in enumerate(world.desks):
        for station, line, mark in lines:
            if str(station) != desk.who.station and len(desk.news.lines.get(line, {})) < mark:
                yield f"desk {n} saw {len(desk.news.lines.get(line, {}))} of {mark} records of line {line}"
        if world.said - desk.news.said:
            yield f"desk {n} missed what the level above said of {sorted(world.said - desk.news.said)}"
        if desk.news.shown != sorted(set(desk.news.shown)) or desk.news.version < version:
            yield f"desk {n}: versions {desk.news.shown}, the centre is at {version}"


def _online(world: World) -> Iterator[str]:
    """One online dossier is one station's, and every desk shows whose state it has."""
    for online, stations in world.has.items():
        if len(stations) > 1:
            yield f"online {online} was given to {len(stations)} stations"
    states = dict(world.rows("SELECT id, state FROM online WHERE unit = %s", world.unit))
    for n, desk in enumerate(world.desks):
        wrong = [id for id, state in desk.news.online.items() if id in states and _differs(world, state, states[id])]
        if wrong:
            yield f"desk {n} shows another state of {wrong}"


def _differs(world: World, shown: str, held: str) -> bool:
    return shown != held and "centre_restored" not in world.done


def _keys(world: World) -> Iterator[str]:
    """One question, one new line."""
    for key, count in world.rows(
        "SELECT lower(public_key), count(*) FROM line WHERE unit = %s AND kind = 'main' GROUP BY 1 HAVING count(*) > 1",
        world.unit,
    ):
        yield f"{count} main lines for the key {key[:8]}"
