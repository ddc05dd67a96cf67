"""Enrolment: a code becomes a station with lines, numbers and the key of its centre."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sync.desk.client import CentreClient
from sync.desk.ports import Signer
from sync.desk.trouble import Trouble
from sync.protocol.canonical import Value
from sync.protocol.messages import SCHEMA, EnrolRequest, LineGrant, encode
from sync.protocol.sign import ENROL, fingerprint


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Everything the desk keeps. ``fingerprint``: what both sides read to each other. ``public_key``: of ``lines``."""

    unit: str
    profile: Mapping[str, Value]
    station: str
    station_no: int
    gen: int
    centre_url: str
    centre_key: str
    fingerprint: str
    public_key: str
    token: str
    lines: tuple[LineGrant, ...]
    server_time: str

    @property
    def main(self) -> LineGrant:
        """The line this desk writes from now on."""
        return next(line for line in self.lines if line.kind == "main")

    @property
    def spare(self) -> LineGrant | None:
        """The sealed spare line, opened only when money is frozen."""
        return next((line for line in self.lines if line.kind == "spare"), None)

    @property
    def survey(self) -> LineGrant | None:
        """The line of anonymous answers; an older centre gives none."""
        return next((line for line in self.lines if line.kind == "survey"), None)


def enrol(
    client: CentreClient,
    signer: Signer,
    *,
    code: str,
    app: str,
    machine: Mapping[str, str],
    token: str = "",
    check: Callable[[Mapping[str, Value]], object] | None = None,
) -> Enrolment | Trouble:
    """Spend ``code``; the same call again after a lost answer gets the same station.

    ``machine``: facts for the technician such as {"system": "Windows 11"}; no names. ``token``: the one a lost first
    try used, "" = a new one. ``check`` may raise about the office's profile before anything is kept: once it is put
    right at the centre, the same code with the same key answers again. The keys of the lines are in the signer when
    this returns.
    """
    token = token or secrets.token_hex(16)
    key = signer.fresh_key()
    body = encode(EnrolRequest((1,), app, SCHEMA, code, key, token, dict(machine)))
    answer = client.enrol(body, signer.sign_fresh(ENROL, body))
    if isinstance(answer, Trouble):
        return answer
    given, _raw = answer
    if check is not None:
        check(given.profile)
    signer.adopt([line.line for line in given.lines])
    return Enrolment(
        given.unit, given.profile, given.station, given.station_no, given.gen, client.url, given.centre_key,
        fingerprint(given.centre_key), key, token, given.lines, given.server_time,
    )  # fmt: skip
