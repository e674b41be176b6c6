"""How long a host that has too much to do is left alone: as long as it says, else longer each time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy.settings import BaseSettings

BUSY_STATUSES = frozenset({429, 503})
"""With which a server says that it has too much to do (RFC 6585, 4; RFC 9110, 15.6.4)."""

LONGEST = timedelta(days=1)
"""Nobody is believed a longer ``Retry-After``: it would be a fault, and the site forgotten."""

_DOUBLINGS = 16
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Pause:
    """How long to wait, and whether the host has said so."""

    length: timedelta
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """``first`` is the wait after the first refusal, doubled at each in a row; a run waits no longer than ``most``."""

    first: timedelta = timedelta(seconds=5)
    most: timedelta = timedelta(seconds=120)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """``BACKOFF_SECONDS``, ``PAUSE_MAX_SECONDS``. Raises ValueError."""
        first, most = settings.getfloat("BACKOFF_SECONDS"), settings.getfloat("PAUSE_MAX_SECONDS")
        if not (0 < first <= LONGEST.total_seconds() and 0 <= most <= LONGEST.total_seconds()):
            raise ValueError("BACKOFF_SECONDS must be more than 0, PAUSE_MAX_SECONDS 0 or more, both a day at most")
        return cls(first=timedelta(seconds=first), most=timedelta(seconds=most))

    def pause(self, retry_after: str | None, refusals: int, now: datetime, chance: float) -> Pause:
        """The pause after an answer, before which ``refusals`` were given in a row; ``chance`` is from 0 to 1."""
        told = wait_told(retry_after, now)
        if told is not None:
            return Pause(told, is_told=True)
        doubled = self.first * 2 ** min(refusals, _DOUBLINGS) * (1 + _JITTER * chance)
        return Pause(min(doubled, LONGEST), is_told=False)


def wait_told(retry_after: str | None, now: datetime) -> timedelta | None:
    """What a ``Retry-After`` says: seconds, or a date (RFC 9110, 10.2.3), a day at most. None for anything else."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        date = parsedate_to_datetime(text)
        wait = date.replace(tzinfo=date.tzinfo or UTC) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(wait, timedelta()), LONGEST)
