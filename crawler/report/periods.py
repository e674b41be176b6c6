"""The time axis of a chart: how long its steps are, and where each begins. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["day", "week", "month", "year"]

_LONGEST: tuple[tuple[Unit, int], ...] = (("day", 93), ("week", 731), ("month", 5500))
"""Up to how many days a chart has steps of that length: about a hundred of them, or it could not be read."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Steps of one length from the one with ``first`` to the one with ``last`` in it."""

    first: datetime
    last: datetime
    unit: Unit
    zone: ZoneInfo

    def __iter__(self) -> Iterator[datetime]:
        """The begin of each step, as a wall clock shows it in the zone: without one."""
        at, end = begin(self.wall(self.first), self.unit), self.wall(self.last)
        while at <= end:
            yield at
            at = after(at, self.unit)

    def wall(self, moment: datetime) -> datetime:
        """What a clock on the wall shows there at a moment."""
        return moment.astimezone(self.zone).replace(tzinfo=None)


def axis(first: datetime, last: datetime, zone: ZoneInfo) -> Axis:
    """An axis with steps of the fitting length."""
    days = (last - first).days
    unit: Unit = next((unit for unit, longest in _LONGEST if days <= longest), "year")
    return Axis(first.astimezone(UTC), last.astimezone(UTC), unit, zone)


def begin(at: datetime, unit: Unit) -> datetime:
    """Where the step begins that a wall time lies in; weeks begin on Mondays, as in ISO 8601."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "day":
        return day
    return day.replace(day=1) if unit == "month" else day.replace(day=1, month=1)


def after(at: datetime, unit: Unit) -> datetime:
    """Where the next step begins."""
    if unit in ("day", "week"):
        return at + timedelta(days=1 if unit == "day" else 7)
    return begin(at + timedelta(days=31 if unit == "month" else 366), unit)
