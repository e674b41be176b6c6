"""The hours in which no site is asked anything, by the clock of a time zone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_ZONE = re.compile(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", re.ASCII)
_FORM = "write QUIET_HOURS as 22:00-06:00 Europe/Berlin; several with commas; without a zone they are UTC"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Spans of the day, from the first moment up to the second, which is not part of it; over midnight if it is less.

    They follow the clock on the wall: in the night when it is set back, an hour that comes twice is quiet twice.
    """

    spans: Sequence[tuple[time, time]]
    zone: ZoneInfo

    @classmethod
    def of(cls, text: str | None) -> "QuietHours | None":
        """``22:00-06:00,12:00-13:00 Europe/Berlin``; None for an empty text. Raises ValueError."""
        told = (text or "").strip()
        if not told:
            return None
        spans, _, zone = told.rpartition(" ") if _has_zone(told) else (told, "", "UTC")
        return cls(tuple(_span(part) for part in (spans or told).split(",")), _zone(zone))

    def contains(self, now: datetime) -> bool:
        """Whether a moment lies within them."""
        clock = now.astimezone(self.zone).time()
        return any(_holds(span, clock) for span in self.spans)

    def ends_at(self, now: datetime) -> datetime | None:
        """When the quiet that holds now is over, in UTC; None if none holds."""
        if not self.contains(now):
            return None
        moment = now
        for _ in range(len(self.spans) + 1):  # one may begin as another ends
            moment = min(self._ends_after(moment))
            if not self.contains(moment):
                break
        return moment

    def _ends_after(self, now: datetime) -> list[datetime]:
        """Of each span that holds now, its end: today or tomorrow, the second time where that hour comes twice."""
        local = now.astimezone(self.zone)
        ends = []
        for span in self.spans:
            if _holds(span, local.time()):
                days = (local.date() + timedelta(days=day) for day in (0, 1))
                moments = (
                    datetime.combine(day, span[1], self.zone).replace(fold=fold) for day in days for fold in (0, 1)
                )
                ends.append(min(end for moment in moments if (end := moment.astimezone(UTC)) > now))
        return ends


def _holds(span: tuple[time, time], clock: time) -> bool:
    start, end = span
    return start <= clock < end if start < end else clock >= start or clock < end


def _has_zone(told: str) -> bool:
    return bool(_ZONE.fullmatch(told.rpartition(" ")[2]))


def _span(part: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(part.strip())
    try:
        start, end = (time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))) if found else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None or start == end:
        raise ValueError(f"{part.strip()!r} is no span of hours: {_FORM}")
    return start, end


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone: {_FORM}") from None
