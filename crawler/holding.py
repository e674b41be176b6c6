"""Until when a process may believe that a lock is its own. Pure but for the clock."""

import time
from datetime import timedelta

SURE = 0.8
"""Of a lease: the clocks of two machines may differ by the rest, and a request takes a moment to leave."""


_SLEEPLESS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""macOS has none that goes on in sleep."""


def clock() -> float:
    """Seconds, of sleep and suspension too: what a frozen process has missed."""
    return time.clock_gettime(_SLEEPLESS)


class Holding:
    """A lease by the clock of its holder."""

    def __init__(self, lease: timedelta) -> None:
        self._seconds = lease.total_seconds() * SURE
        self._sure_until = float("inf")
        """Nothing is held yet."""

    def renewed(self, asked_at: float) -> None:
        """The database has said yes to what was asked at this time."""
        self._sure_until = asked_at + self._seconds

    def taken(self, asked_at: float) -> None:
        """One more was taken; others are no younger."""
        self._sure_until = min(self._sure_until, asked_at + self._seconds)

    def given_back(self) -> None:
        """Nothing is held."""
        self._sure_until = float("inf")

    def is_sure(self, now: float) -> bool:
        """Whether nobody else can have it."""
        return now < self._sure_until
