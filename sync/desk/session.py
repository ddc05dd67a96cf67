"""Session: compare with the centre before anything is sent; rotate the token, take a new line where it gives one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Outbox, Signer, Tokens
from sync.desk.trouble import Trouble
from sync.protocol.messages import SCHEMA, SessionRequest, Witness, encode
from sync.protocol.sign import SESSION


@dataclass(frozen=True, slots=True)
class Opened:
    """The centre agreed, or changed something first: ``changed`` = look at identity and lines again.

    ``new_line``: the old line is closed (``reason``: rolled-back, clone, forked). ``resume_at``: the centre stands
    before our mark, so send from there; -1 = from our mark.
    """

    changed: bool
    new_line: int = 0
    reason: str = ""
    resume_at: int = -1


def open_session(
    client: CentreClient,
    outbox: Outbox,
    signer: Signer,
    clock: Clock,
    who: Identity,
    state: LineState,
    witness: Sequence[Witness],
    app: str,
) -> Opened | Trouble:
    """One exchange for the line being written; what it changes is durable when this returns.

    ``witness`` must have been read before ``state``: an officer at work meanwhile would look like a restored copy.
    """
    tokens = outbox.tokens(state.line)
    if not tokens.next_token:
        tokens = Tokens(tokens.token or secrets.token_hex(16), secrets.token_hex(16))
        outbox.set_tokens(state.line, tokens)  # before it is sent: a lost answer repeats the very same pair
    key = signer.fresh_key()
    at = clock.utc()
    body = encode(
        SessionRequest(
            (1,),
            app,
            SCHEMA,
            who.unit,
            who.station,
            state.line,
            state.seq,
            state.head,
            who.gen,
            tokens.token,
            tokens.next_token,
            key,
            tuple(witness),
            at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        )
    )
    reply = client.session(who, state.line, body, signer.sign(state.line, SESSION, body))
    if isinstance(reply, Trouble):
        return reply
    answer, raw = reply
    if answer.new_line is not None:
        signer.adopt([answer.new_line.line])
        outbox.add_line(answer.new_line, key)
        return Opened(True, answer.new_line.line, answer.new_line.reason)
    signer.forget_fresh()
    outbox.set_tokens(state.line, Tokens(tokens.next_token))
    if answer.gen != who.gen:
        outbox.reset_marks(answer.gen)
        return Opened(True)
    if answer.mark < state.acked_seq:  # restored, and nobody said so: it gets again what it lost
        return Opened(False, resume_at=answer.mark)
    if answer.mark > state.acked_seq and outbox.head_at(state.line, answer.mark) == answer.mark_head:
        outbox.mark_acked(state.line, answer.mark, answer.mark_head, raw, answer.gen)
        return Opened(True)
    return Opened(False)  # also when the heads differ: the push shows the centre both, and it gives another line
