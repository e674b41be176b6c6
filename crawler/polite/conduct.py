"""How one host is treated in one run: what it was asked, how often it refused, and whether it is left for now."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from scrapy.settings import BaseSettings

from crawler.numbers import whole_number
from crawler.polite.quiet import QuietHours

_REFUSING = frozenset({401, 403})
"""A page may be for others alone; all of them are not. 429 is a matter of pace: see ``polite.backoff``."""


class Left(StrEnum):
    """Why a site is left before its crawl is done. What remains is for the next one."""

    BLOCKED = "blocked"
    """It keeps us out."""
    PAUSED = "paused"
    """It asked for a longer pause than a run waits for."""
    REQUEST_LIMIT = "request_limit"
    """It was asked as often as it may be in one run."""
    QUIET_HOURS = "quiet_hours"
    SLICE = "slice"
    """Other sites wait, or the process is to end: it goes on as soon as it is its turn again."""


AFRESH = timedelta(hours=1)
"""After so long a host that is asked about sites, and is none that is crawled itself (a hub, the API of WordPress.com),
counts as not asked yet: it has no crawl that ends."""

TROUBLE = frozenset({Left.BLOCKED, Left.PAUSED})
"""What the site wants; the others the operator does."""


@dataclass(frozen=True, slots=True)
class Ending:
    """That a host is left, with the site's own reason, fit for a counter, and the earliest time to ask it again."""

    why: Left
    reason: str
    until: datetime | None = None

    def __str__(self) -> str:
        """In words for a log."""
        again = f", not before {self.until:%Y-%m-%d %H:%M:%S} UTC" if self.until else ""
        return f"{self.why} ({self.reason}){again}" if self.reason != self.why else f"{self.why}{again}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What applies to every host of a run."""

    requests: int = 0
    """At most so many; 0: any number."""
    refusals: int = 10
    """So many in a row, and the host keeps us out."""
    quiet: QuietHours | None = None

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Limits":
        """``MAX_REQUESTS_PER_SITE``, ``BLOCKED_AFTER``, ``QUIET_HOURS``. Raises ValueError."""
        requests, refusals = (whole_number(settings, name) for name in ("MAX_REQUESTS_PER_SITE", "BLOCKED_AFTER"))
        if requests < 0 or refusals < 1:
            raise ValueError("MAX_REQUESTS_PER_SITE must be 0 (no limit) or more, BLOCKED_AFTER 1 or more")
        return cls(requests=requests, refusals=refusals, quiet=QuietHours.of(settings["QUIET_HOURS"]))


@dataclass(slots=True)
class HostConduct:
    """What happened with one host so far."""

    asked: int = 0
    refusals: int = 0
    """Of pages, in a row."""
    busy: int = 0
    """Answers in a row that said that there is too much to do; those to requests sent together count once."""
    ended: Ending | None = None
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def is_past(self, now: datetime) -> bool:
        """Whether all of this is so long ago that it counts no more, for a host without a crawl of its own."""
        until = self.ended.until if self.ended else None
        return now >= (until or self.began + AFRESH)

    def admit(self, limits: Limits, now: datetime) -> Ending | None:
        """Count a request that is about to be sent; or say why it may not be, nor any later one of this run."""
        if self.ended is None and limits.quiet and (until := limits.quiet.ends_at(now)):
            self.ended = Ending(Left.QUIET_HOURS, Left.QUIET_HOURS, until)
        if self.ended is None and limits.requests and self.asked >= limits.requests:
            self.ended = Ending(Left.REQUEST_LIMIT, Left.REQUEST_LIMIT)
        self.asked += self.ended is None
        return self.ended

    def note(self, status: int, challenge: str | None, limits: Limits, *, is_list: bool) -> None:
        """An answer, and the wall that stands in its place, if one does.

        ``is_list``: what was asked for is a REST route, a feed or a sitemap. Many sites close these and show their
        pages, so a refusal says nothing of the site; a wall in their place does.
        """
        reason = "challenge" if challenge else f"http_{status}"
        if challenge or (status in _REFUSING and not is_list):
            self.refusals += 1
            if self.refusals >= limits.refusals and self.ended is None:
                self.ended = Ending(Left.BLOCKED, f"{reason}_{challenge}" if challenge else reason)
        elif status < 400:
            self.refusals = 0
