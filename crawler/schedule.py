"""When a site is looked at next, swept next, and asked again what it offers. Pure: times in, times out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from random import Random
from typing import Self

from scrapy.settings import BaseSettings

LATEST = 20
"""Articles whose dates tell how often a site publishes: a few days of a local paper, an hour of an agency."""

LOOKS_PER_ARTICLE = 2
"""A look at every half of the usual gap: an article waits for a quarter of it on average, and of the looks at a site
that publishes at random about two in five find something, for one or two requests each."""

UNKNOWN = timedelta(hours=1)
"""Of a site about which nothing is known yet."""

QUIETER = 1.5
"""By how much the interval grows at a look that finds nothing, where no article shows a date."""

SOONER = 0.5
"""Right after something new: corrections and follow-ups come in bursts."""

JITTER = 0.1
"""Of the delay, on top of it: sites added together drift apart, and nobody is asked sooner than was decided."""

_DOUBLINGS = 16
"""Of the delay, at most: from ten minutes to over a year, whatever the longest interval is set to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a crawl of a site found, as far as it says when to come again."""

    at: datetime
    """When it ended; UTC."""
    published: Sequence[datetime] = ()
    """Times of publication of the site's latest articles, in any order; those without one are left out."""
    new: int = 0
    """Articles that were added or changed."""
    failures: int = 0
    """Looks in a row, this one included, that could not read the site; 0 if this one could."""
    previous: timedelta | None = None
    """The interval that was decided after the look before."""


@dataclass(frozen=True, slots=True)
class Due:
    """The decision: when, and the interval behind it, without what failures and jitter add."""

    at: datetime
    interval: timedelta


def brought_forward(
    decided: datetime, pushed_at: datetime | None, looked_at: datetime, not_before: datetime | None = None
) -> datetime:
    """When to look again, where ``decided`` is what the site's own pace says: sooner if the site told of something new.

    ``looked_at``: when the look was decided after which it is asked. What it was told until then, it has seen.
    ``not_before``: up to when it is to be left alone, whatever it tells.
    """
    due = min(decided, pushed_at) if pushed_at and pushed_at > looked_at else decided
    return max(due, not_before) if not_before else due


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The bounds within which sites are visited. Raises ValueError if they are none.

    ``seed`` of the methods decides the jitter: the same seed, the same jitter. A site's name and the time of the look
    give every site a different one each time.
    """

    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(hours=24)
    sweep_every: timedelta = timedelta(days=7)
    offers_every: timedelta = timedelta(days=7)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.shortest <= self.longest:
            raise ValueError("SCHEDULE_MIN_MINUTES must be more than 0 and not more than SCHEDULE_MAX_HOURS")
        if min(self.sweep_every, self.offers_every) <= timedelta(0):
            raise ValueError("SWEEP_DAYS and OFFERS_DAYS must be more than 0")

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """``SCHEDULE_MIN_MINUTES``, ``SCHEDULE_MAX_HOURS``, ``SWEEP_DAYS``, ``OFFERS_DAYS``."""
        return cls(
            shortest=timedelta(minutes=settings.getfloat("SCHEDULE_MIN_MINUTES")),
            longest=timedelta(hours=settings.getfloat("SCHEDULE_MAX_HOURS")),
            sweep_every=timedelta(days=settings.getfloat("SWEEP_DAYS")),
            offers_every=timedelta(days=settings.getfloat("OFFERS_DAYS")),
        )

    def next_look(self, look: Look, seed: str) -> Due:
        """When to look again: by the site's own pace, later after failures."""
        interval = self._interval(look)
        delay = min(interval * 2 ** min(look.failures, _DOUBLINGS), self.longest)
        return Due(look.at + _with_jitter(delay, seed), interval)

    def next_sweep(self, swept_at: datetime, seed: str) -> datetime:
        """When to ask again for everything that is stored, to find what is gone."""
        return swept_at + _with_jitter(self.sweep_every, seed)

    def offers_expiry(self, found_at: datetime, seed: str) -> datetime:
        """Until when to believe what a site was found to offer."""
        return found_at + _with_jitter(self.offers_every, seed)

    def is_fresh(self, swept_at: datetime | None, offers_expire_at: datetime | None, now: datetime, seed: str) -> bool:
        """Whether what is known of a site is enough to ask it only for what is new."""
        if swept_at is None or now >= self.next_sweep(swept_at, seed):
            return False
        return offers_expire_at is None or now < offers_expire_at

    def _interval(self, look: Look) -> timedelta:
        by_dates = _by_dates(look)
        usual = _by_looks(look) if by_dates is None else by_dates
        return min(max(usual * SOONER if look.new else usual, self.shortest), self.longest)


def _by_dates(look: Look) -> timedelta | None:
    """A share of the mean gap between the latest articles, the silence since the newest added: it slows us down too."""
    latest = nlargest(LATEST, (min(date, look.at) for date in look.published))
    if not latest:
        return None
    return (look.at - latest[-1]) / max(1, len(latest) - 1) / LOOKS_PER_ARTICLE


def _by_looks(look: Look) -> timedelta:
    """Where no article shows a date: the last interval, longer if it was too short to find anything."""
    previous = look.previous or UNKNOWN
    return previous if look.new else previous * QUIETER


def _with_jitter(delay: timedelta, seed: str) -> timedelta:
    return delay * (1 + JITTER * Random(seed).random())  # noqa: S311 - spreads load, hides nothing
