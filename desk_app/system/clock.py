"""What time it is, and what time that is in Vietnam.

Vietnam has one offset all year and many desks have no time-zone data, so the offset is fixed here and never asked of
the machine. Only this module reads the clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07:00")


class SystemClock:
    """The clock of this machine."""

    def now_utc(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  the one place

    def now_local(self) -> datetime:
        """This moment on the wall clock in Vietnam, without offset, as the rules want it."""
        return local(self.now_utc())


def local(moment: datetime) -> datetime:
    """An aware moment as naive Vietnam time, whatever zone the machine is set to."""
    if moment.tzinfo is None:
        raise ValueError("a moment without offset cannot be placed in Vietnam")
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def utc(wall: datetime) -> datetime:
    """A naive Vietnam time as an aware moment in UTC; the inverse of `local`."""
    if wall.tzinfo is not None:
        raise ValueError("a Vietnam wall time carries no offset")
    return wall.replace(tzinfo=VIETNAM).astimezone(UTC)
