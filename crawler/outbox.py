"""The order in which events are read, and when a number that nobody has used is passed. Pure: see docs/events.md.

Whoever appends reserves numbers first and writes then, so that several at once leave gaps for a moment, and one that is
killed leaves them for good. A reader passes none by itself: it closes it, which takes the number for good. Numbers are
unique, so a writer that comes too late is refused, and takes a new one: nothing appears behind a reader's back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

GRACE = timedelta(seconds=20)
"""How long a gap is waited for: longer than a write may take (``storage.connect.OPERATION_SECONDS``). Clocks that
differ and writers that are slower cost a writer a second attempt, never an event."""

GAP = "gap"
"""The ``type`` of what takes a number that nobody has used: no event."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What can be read from a cursor on."""

    events: tuple[Mapping[str, Any], ...]
    """In order, and nothing can come between them any more."""
    after: int
    """The cursor behind them, and behind closed gaps."""
    missing: range = range(0)
    """The numbers of the gap in the way; empty: there is none."""
    beyond: datetime | None = None
    """When the event behind the gap got its number: the gap's are older."""

    @property
    def is_held_up(self) -> bool:
        """Whether there is more behind a gap."""
        return bool(self.missing)


def in_order(found: Sequence[Mapping[str, Any]], after: int) -> Reading:
    """What of these documents, sorted by ``seq`` and all behind the cursor, can be read: up to the first gap."""
    events: list[Mapping[str, Any]] = []
    for document in found:
        if document["seq"] != after + 1:
            return Reading(tuple(events), after, range(after + 1, document["seq"]), document.get("recorded_at"))
        after = document["seq"]
        if document["type"] != GAP:
            events.append(document)
    return Reading(tuple(events), after)


def is_overdue(reading: Reading, now: datetime, waited: timedelta, grace: timedelta = GRACE) -> bool:
    """Whether the gap in the way is to be closed.

    Its age by the clock of who wrote what is behind it and ours; if theirs is ahead, how long it has been in our way.
    """
    by_clocks = now - reading.beyond if reading.beyond else timedelta(0)
    return reading.is_held_up and max(by_clocks, waited) >= grace
