"""Taking an online dossier: the centre is asked who has it, then the form opens. Network, so never on the store thread."""

from __future__ import annotations

import time

from desk_app.domain.errors import Failed, Refused
from desk_app.domain.intake import IntakeForm
from desk_app.services import online
from desk_app.services.desk import Desk
from desk_app.wiring.enrolment import client_for
from desk_app.wiring.sync_store import StoreOutbox, StoreVault
from sync.desk.keys import SeedSigner
from sync.desk.trouble import Trouble
from sync.protocol.feed import ClaimAnswer, ClaimRequest
from sync.protocol.messages import SYNC, encode
from sync.protocol.sign import CLAIM


def take(desk: Desk, id: str) -> IntakeForm:
    """Claim it for this counter (30 minutes, again = renewed) and answer its form.

    Refuses DB-33: another counter has it; DB-35: it waits no longer. Fails DB-34: the centre could not be asked.
    """
    form = desk.store.call(lambda: online.form_of(desk, id))
    answer = _claim(desk, id)
    if not answer.granted:
        raise Refused("DB-33", station_no=answer.station_no)
    return form


def _claim(desk: Desk, id: str) -> ClaimAnswer:
    outbox, signer = StoreOutbox(desk.store, desk.ids), SeedSigner(StoreVault(desk.store))
    who = outbox.identity()
    line = next((x.line for x in outbox.lines() if x.current), 0)
    if who is None or not line:
        raise Failed("DB-34")
    body = encode(ClaimRequest(SYNC, who.unit, who.station, line, id, "take"))
    client = client_for(who.centre_url, desk.clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
    try:
        reply = client.claim(who, line, body, signer.sign(line, CLAIM, body))
    finally:
        client.close()
    if isinstance(reply, Trouble):
        raise Failed("DB-34")
    return reply[0]
