"""Moments as people write them, in arguments of spiders and commands. Pure functions."""

import re
from datetime import UTC, datetime, time, timedelta

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_AGE = re.compile(r"([0-9]+)([hdw])")
_DATE = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def moment(told: object) -> datetime:
    """A date, a time or an age (``36h``, ``7d``, ``2w``); without a zone it is UTC. Raises ValueError that says how."""
    text = str(told).strip()
    try:
        if age := _AGE.fullmatch(text):
            return datetime.now(UTC) - timedelta(**{_UNITS[age[2]]: int(age[1])})
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is not a date; write 2025-12-03, 2025-12-03T18:00Z or an age: 36h, 7d, 2w"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def end_of_day(told: object) -> datetime:
    """As ``moment``, but a date alone includes that day."""
    found = moment(told)
    return datetime.combine(found, time.max, found.tzinfo) if _DATE.fullmatch(str(told).strip()) else found
