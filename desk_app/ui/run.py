"""The only bridge between threads: a job runs elsewhere, its answer comes back on the ui thread.

The job gets plain arguments and touches no widget. If the owner is gone when the answer comes, the answer is dropped;
the work is not. A second job of the same action of the same owner is refused while the first is under way, so a double
press or a held Enter does nothing twice.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.domain.errors import DeskError

T = TypeVar("T")
Job = Callable[..., T]

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Errand:
    owner: QWidget
    action: str
    done: Callable[[Any], object]
    failed: Callable[[DeskError], object]


class _Bridge(QObject):
    """Lives on the ui thread; workers emit, Qt queues, the slot runs here."""

    answered = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.under_way: list[_Errand] = []
        self.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def busy(self, owner: QWidget, action: str) -> bool:
        return any(errand.owner is owner and errand.action == action for errand in self.under_way)

    def _deliver(self, errand: _Errand, future: Future[Any]) -> None:
        self.under_way.remove(errand)
        if not isValid(errand.owner):
            return
        try:
            result = future.result()
        except DeskError as error:
            errand.failed(error)
        except (Exception, CancelledError) as bug:  # noqa: BLE001  a bug of the job: shown as HT-00, never swallowed
            errand.failed(unexpected(bug))
        else:
            errand.done(result)


_bridges: dict[str, _Bridge] = {}


def _bridge() -> _Bridge:
    bridge = _bridges.get("ui")
    if bridge is None or not isValid(bridge):
        bridge = _bridges["ui"] = _Bridge()
    return bridge


def run(
    owner: QWidget,
    submit: Callable[[Callable[..., T]], Future[T]],
    job: Callable[..., T],
    done: Callable[[T], object],
    failed: Callable[[DeskError], object],
    *,
    action: str = "",
) -> bool:
    """Hand `job` to `submit` (a worker's entry) and bring its answer to `done` or `failed` on the ui thread.

    Returns False, and does nothing, while a job of the same `action` of `owner` is under way; `action` is the job's
    own name when not given. Every exception that is not a DeskError is logged without its words and shown as HT-00.
    """
    bridge = _bridge()
    action = action or _name(job)
    if bridge.busy(owner, action):
        return False
    errand = _Errand(owner, action, cast(Callable[[Any], object], done), failed)
    bridge.under_way.append(errand)
    try:
        future = submit(job)
    except Exception as error:  # noqa: BLE001  a worker that is closed refuses here, on this thread
        future = Future()
        future.set_exception(error)
    future.add_done_callback(partial(_answer, bridge, errand))
    return True


def _answer(bridge: _Bridge, errand: _Errand, future: Future[Any]) -> None:
    if isValid(bridge):  # the program may have ended before the worker did
        bridge.answered.emit(errand, future)


def under_way(owner: QWidget, action: str) -> bool:
    """True while a job of this action of `owner` has not answered."""
    return _bridge().busy(owner, action)


def unexpected(bug: BaseException) -> DeskError:
    """Log a bug by its type and places only (its words may hold names), and turn it into HT-00."""
    frames = traceback.extract_tb(bug.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _log.error("unexpected %s at %s", type(bug).__name__, places)
    return DeskError("HT-00")


def _name(job: Callable[..., object]) -> str:
    while isinstance(job, partial):
        job = job.func
    return f"{getattr(job, '__module__', '')}.{getattr(job, '__qualname__', type(job).__name__)}"
