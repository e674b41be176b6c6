"""How far a sink of events is, and how it fares: what ``sinks`` keeps of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class SinkState:
    """A document of ``sinks``: how far a sink is, and how it fares."""

    name: str
    after: int
    """The cursor: the last event that it has."""
    state: Literal["active", "parked"] = "active"
    failures: int = 0
    """In a row."""
    next_try_at: datetime | None = None
    last_error: str | None = None
    delivered: int = 0

    def waits(self, now: datetime) -> timedelta:
        """How long nothing may be sent yet."""
        return max(timedelta(0), self.next_try_at - now) if self.next_try_at else timedelta(0)
