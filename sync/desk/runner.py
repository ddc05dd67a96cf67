"""The one thread that sends, and the only loop: work, report, wait with jitter, again.

May never happen here: touching a widget, holding a lock while the network works, giving up for good. What goes wrong
becomes a status; the counter works on.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sync.desk.client import CentreClient
from sync.desk.ports import Clock, Identity, LineState, Log, Outbox, Signer
from sync.desk.push import Pusher, wants_earlier, wants_reset
from sync.desk.session import Opened, open_session
from sync.desk.trouble import Kind, Trouble

FIRST_MS, LONGEST_MS = 2_000, 15 * 60_000
IDLE_MS = 5 * 60_000
_DROPPED = 3  # as how many failures a drop of the line counts at most: some eight seconds
_ROUNDS = 6  # how often one run may start over because the centre changed something


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the screen shows. Times are UTC.

    ``state``: unenrolled, idle, sending, ok, offline, portal, stranger, busy, refused, damaged, broken.
    ``code``: message DB-…, "" when all is well. ``pending``: written, not yet acknowledged. ``new_line`` and
    ``reason``: the centre gave a new line since the program started.
    """

    state: str
    since: datetime
    code: str = ""
    pending: int = 0
    sent: int = 0
    refused: int = 0
    next_try_at: datetime | None = None
    last_complete_at: datetime | None = None
    new_line: int = 0
    reason: str = ""


class Step(Protocol):
    """Something to do with the centre once every record was sent. It asks ``ending`` between its requests."""

    def __call__(
        self, client: CentreClient, who: Identity, line: LineState, ending: Callable[[], bool], /
    ) -> Trouble | None: ...


_STATES = {
    Kind.OFFLINE: "offline", Kind.SLOW: "offline", Kind.PORTAL: "portal", Kind.STRANGER: "stranger",
    Kind.BUSY: "busy", Kind.REFUSED: "refused", Kind.DAMAGED: "damaged",
}  # fmt: skip


class Runner:
    """Owns the thread ``sync``. ``on_change`` is called on that thread with each new status.

    ``client_of`` makes the client for an identity; ``last_complete_at``: what the desk remembered; ``idle_ms``: pause
    after everything was sent (a wake cuts it short); ``steps``: what follows when every record was sent.
    """

    def __init__(
        self,
        outbox: Outbox,
        signer: Signer,
        clock: Clock,
        log: Log,
        client_of: Callable[[Identity], CentreClient],
        on_change: Callable[[SyncStatus], None],
        *,
        app: str = "",
        last_complete_at: datetime | None = None,
        idle_ms: int = IDLE_MS,
        steps: Sequence[Step] = (),
        first_ms: int = FIRST_MS,
    ) -> None:
        self._outbox, self._signer, self._clock, self._log = outbox, signer, clock, log
        self._client_of, self._on_change, self._app = client_of, on_change, app
        self._idle_ms, self._first_ms = idle_ms, first_ms
        self._steps = tuple(steps)
        self._pusher = Pusher(outbox, signer, clock)
        self._answered = False
        self._status = SyncStatus("idle", clock.utc(), last_complete_at=last_complete_at)
        self._failures = 0
        self._asked_ms = 0  # the pause the centre asked for
        self._forked = False
        self._work = threading.Event()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def status(self) -> SyncStatus:
        """The newest status; may be read on any thread."""
        return self._status

    def start(self) -> None:
        """Start the thread; the first run begins at once."""
        self._work.set()
        self._thread = threading.Thread(target=self._loop, name="sync", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to send, or an officer pressed the button: don't wait any longer."""
        self._work.set()

    def stop(self, timeout_s: int = 5) -> None:
        """Ask the loop to end and wait for it; a request under way is given up with the process."""
        self._ending.set()
        self._work.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def run_once(self) -> SyncStatus:
        """One whole run on the calling thread: session, then every line until nothing is pending."""
        who = self._outbox.identity()
        if who is None:
            self._show("unenrolled")
            return self._status
        client = self._client_of(who)
        before, self._answered = self._moved(), False
        try:
            trouble = self._run(client)
        finally:
            client.close()
        self._asked_ms = min(LONGEST_MS, trouble.retry_after_s * 1000) if trouble is not None else 0
        if trouble is None:
            self._failures = 0
            self._show("ok", last_complete_at=self._clock.utc(), next_try_at=None)
        else:
            dropped = self._answered and trouble.kind in (Kind.OFFLINE, Kind.SLOW)
            self._failures = 1 if self._moved() != before else self._failures + 1
            if dropped:  # the centre is there; a line that drops every half minute must be used at once when it is back
                self._failures = min(self._failures, _DROPPED)
            self._log.event("sync.trouble", kind=trouble.kind.value, code=trouble.code, detail=trouble.detail[:80])
            self._show(_STATES[trouble.kind], trouble.code)
        return self._status

    def _moved(self) -> tuple[int, int]:
        """How far everything has come: what is acknowledged, what the steps sent."""
        acked = sum(line.acked_seq for line in self._outbox.lines())
        return acked, sum(int(getattr(step, "moved", 0)) for step in self._steps)

    def _run(self, client: CentreClient) -> Trouble | None:
        last: Trouble | None = None
        for _ in range(_ROUNDS):
            if self._ending.is_set():
                return last
            witness = self._outbox.witness()  # before the lines: it may never seem to be ahead of them
            who, lines = self._outbox.identity(), list(self._outbox.lines())
            if who is None:
                return None
            resume_at = -1
            current = next((state for state in lines if state.current), None)
            if current is not None:
                opened = open_session(client, self._outbox, self._signer, self._clock, who, current, witness, self._app)
                if isinstance(opened, Trouble):
                    return opened
                self._answered = True
                self._note(opened)
                if opened.changed:
                    continue
                resume_at = opened.resume_at
            self._forked = False
            last = self._push_all(client, who, lines, resume_at)
            if last is None and not self._forked:
                last = self._after(client)
                if last is None:
                    return None
            if last is not None and not self._settle(last):
                return last
        return last

    def _after(self, client: CentreClient) -> Trouble | None:
        """Everything was sent: the further steps, in their order; the first trouble ends them."""
        for step in self._steps:
            who = self._outbox.identity()
            current = next((state for state in self._outbox.lines() if state.current), None)
            if who is None or current is None or self._ending.is_set():
                return None
            trouble = step(client, who, current, self._ending.is_set)
            if trouble is not None:
                return trouble
        return None

    def _note(self, opened: Opened) -> None:
        if opened.new_line:
            self._log.event("sync.new_line", line=opened.new_line, reason=opened.reason)
            self._show(self._status.state, "DB-08", new_line=opened.new_line, reason=opened.reason)

    def _settle(self, trouble: Trouble) -> bool:
        """Whether a refusal was about something that is put right here, so that the run may start over."""
        gen = wants_reset(trouble)
        if gen:
            self._outbox.reset_marks(gen)
        return gen > 0

    def _push_all(self, client: CentreClient, who: Identity, lines: list[LineState], resume_at: int) -> Trouble | None:
        for state in lines:
            after = resume_at if state.current and resume_at >= 0 else state.acked_seq
            trouble = self._push_line(client, who, state, after)
            if trouble is not None:
                return trouble
        return None

    def _push_line(self, client: CentreClient, who: Identity, state: LineState, after: int) -> Trouble | None:
        went_back = False
        while not self._ending.is_set():
            self._show("sending")
            pushed = self._pusher.push_next(client, who, state, after)
            if pushed is None:
                return None
            if isinstance(pushed, Trouble):
                earlier = wants_earlier(pushed)
                if earlier is None or earlier >= after or went_back:
                    return pushed
                after, went_back = earlier, True  # the centre misses records: read them again, once
                continue
            res = pushed.ack.res
            after = max(after, pushed.on)
            self._forked = self._forked or (bool(res.forked) and state.current)  # the next session gives another line
            self._log.event(
                "sync.pushed", line=state.line, last=pushed.last, mark=pushed.ack.mark, accepted=res.accepted,
                skipped=res.skipped, refused=len(res.refused), forked=len(res.forked), wanted=len(res.wanted),
            )  # fmt: skip
            self._show(
                "sending", sent=self._status.sent + res.accepted + res.skipped,
                refused=self._status.refused + len(res.refused) + len(res.forked),
            )  # fmt: skip
        return None

    def _loop(self) -> None:
        while not self._ending.is_set():
            self._work.clear()
            try:
                self.run_once()
            except Exception as error:  # noqa: BLE001 - the last net of this thread: it must go on tomorrow too
                self._failures += 1
                self._log.event("sync.broken", error=type(error).__name__)
                self._show("broken", "HT-00")
            pause = self._pause_ms()
            if self._status.state not in ("ok", "unenrolled"):
                self._show(
                    self._status.state, self._status.code, next_try_at=self._clock.utc() + timedelta(milliseconds=pause)
                )
            self._work.wait(pause / 1000)

    def _pause_ms(self) -> int:
        """Full jitter: a random pause up to a bound that doubles with each failure; at least what the centre asked."""
        if not self._failures:
            return self._idle_ms
        bound = min(LONGEST_MS, self._first_ms << min(self._failures - 1, 10))
        return max(self._asked_ms, random.randint(bound // 10, bound))

    def _show(self, state: str, code: str = "", **changes: object) -> None:
        lines = self._outbox.lines() if state != "unenrolled" else ()
        pending = sum(line.seq - line.acked_seq for line in lines)
        if state == "ok" and self._status.refused and not code:
            code = "DB-04"
        since = self._status.since if state == self._status.state else self._clock.utc()
        status = replace(self._status, state=state, code=code, since=since, pending=pending, **changes)  # type: ignore[arg-type]
        if status != self._status:
            self._status = status
            self._on_change(status)
