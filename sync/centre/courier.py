"""A stick from a desk: every request in it is answered as if it had come over the net; the answers go back on the stick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from uuid import UUID

from sync.centre.centre import Answer, Asked, Centre
from sync.centre.clock import stamp
from sync.centre.refuse import Refused
from sync.protocol.bundle import RETURN, BundleManifest, Reply, ReturnManifest, file_name, join, manifest_value, split
from sync.protocol.canonical import canonical, parse
from sync.protocol.codes import BAD_REQUEST
from sync.protocol.lockbox import LockboxError, lock, unlock
from sync.protocol.messages import MessageError, from_value
from sync.protocol.sign import BUNDLE, sign_answer, verify


class NotABundle(ValueError):
    """A file that is not a bundle for this centre; nothing of it was taken."""


def import_bundle(centre: Centre, data: bytes) -> tuple[str, bytes, ReturnManifest]:
    """Answer everything in a bundle; gives name and bytes of the return file. Raises NotABundle.

    The same bundle again, or after the net was quicker, changes nothing and is answered anew.
    """
    try:
        line, parts = split(unlock(data, centre.key.seed), BundleManifest)
        value = parse(line)
        manifest = from_value(BundleManifest, value)
        station = UUID(manifest.station)
    except (LockboxError, MessageError, ValueError) as error:
        raise NotABundle(str(error)) from error
    key, number = _owner(centre, manifest.unit, station, manifest.line)
    if not key or not _signed(key, line):
        raise NotABundle("not signed by a station of this centre")
    do: Mapping[str, Callable[[Asked], Answer]] = {
        "/v1/push": centre.push, "/v1/day": centre.day, "/v1/feed": centre.feed, "/v1/blob": centre.blob,
        "/v1/parcels": centre.parcels,
    }  # fmt: skip
    replies: list[Reply] = []
    bodies: list[bytes] = []
    for part, (name, body) in zip(manifest.parts, parts, strict=True):
        answer = _answer(centre, do.get(part.path), Asked(body, part.line, part.signature))
        replies.append(Reply(name, answer.status, sha256(answer.body).hexdigest(), len(answer.body)))
        bodies.append(answer.body)
    back = ReturnManifest(
        RETURN, manifest.unit, manifest.station, manifest.no, sha256(line).hexdigest(), stamp(centre.clock()),
        tuple(replies),
    )  # fmt: skip
    raw = join(sign_answer(centre.key.seed, manifest_value(back)), bodies)
    centre.log.event("bundle", unit=manifest.unit, station=manifest.station, no=manifest.no, parts=len(parts))
    return file_name("TRALOI", manifest.unit, number, manifest.no), lock(raw, key), back


def _answer(centre: Centre, job: Callable[[Asked], Answer] | None, asked: Asked) -> Answer:
    try:
        return job(asked) if job is not None else centre.refuse(BAD_REQUEST, asked)
    except Refused as refused:
        return centre.refuse(refused.code, asked, **refused.values)


def _owner(centre: Centre, unit: str, station: UUID, line: int) -> tuple[str, int]:
    with centre.pool.connection() as db:
        row = db.execute(
            "SELECT l.public_key, s.station_no FROM line l JOIN station s ON s.unit = l.unit AND s.station = l.station"
            " WHERE l.unit = %s AND l.station = %s AND l.line = %s",
            (unit, station, line),
        ).fetchone()
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _signed(key: str, line: bytes) -> bool:
    """The first line carries its signature as an answer does: in the field ``sig``, over the rest."""
    value = parse(line)
    if not isinstance(value, Mapping) or not isinstance(signature := value.get("sig"), str):
        return False
    return verify(key, BUNDLE, canonical({k: v for k, v in value.items() if k != "sig"}), signature)
