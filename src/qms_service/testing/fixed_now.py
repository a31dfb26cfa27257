"""FixedNow: a clock on the wall that a test moves by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pendulum import DateTime

from qms_service.instants import from_micros, instant, micros


class FixedNow:
    """A callable that tells a moment until it is moved.

    >>> import pendulum
    >>> now = FixedNow(pendulum.datetime(2026, 3, 2, 9, tz="Asia/Shanghai"))
    >>> now.advance(timedelta(hours=12))
    >>> str(now())
    '2026-03-02 21:00:00+08:00'
    """

    def __init__(self, at: datetime) -> None:
        self._at = instant(at)

    def __call__(self) -> DateTime:
        """The moment."""
        return self._at

    def advance(self, amount: timedelta) -> None:
        """Moves on by elapsed time."""
        ahead = micros(self._at) + amount // timedelta(microseconds=1)
        self._at = from_micros(ahead, self._at.tzinfo or UTC)

    def move_to(self, at: datetime) -> None:
        """Moves to a moment."""
        self._at = instant(at)
