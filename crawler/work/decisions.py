"""What a worker does with a site that it was given, and with the message afterwards. Pure: no broker, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from crawler.exit_status import MEANINGS, ExitStatus, exit_status

SUSPECT_AFTER = 3
"""Workers in a row that did not come to the end of a site: from then on fewer and fewer such sites share a process, so
that those which happened to be beside the one that ends it come to their own end."""

PARKED_AFTER = 9
"""Workers in a row: it is not tried again before its longest interval is over. By then it has been alone."""

FIRST_DELAY = timedelta(seconds=2)
"""Before a message that could not be worked on is delivered again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The lease in a site's document: who has the site, and how many workers in a row left it without a word."""

    owner: str | None = None
    until: datetime | None = None
    lost: int = 0

    @classmethod
    def of(cls, lease: Mapping[str, Any] | None) -> "Standing":
        """As the database tells it; one that ended without being given back is a worker's that died, or froze."""
        return cls(lease["owner"], lease["until"], int(lease.get("lost", 0)) + 1) if lease else cls()

    def is_held(self, now: datetime) -> bool:
        """Whether its owner may still be at work."""
        return self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class Crawl:
    """Begin. ``is_suspect``: see ``SUSPECT_AFTER``."""

    is_suspect: bool = False


def room_for_suspects(lost: int, sites: int) -> int:
    """Beside how many others at most a worker for so many sites tries one that was lost so often: half of its places,
    a quarter … one."""
    return max(1, sites >> (lost - SUSPECT_AFTER + 1))


@dataclass(frozen=True, slots=True)
class Later:
    """Give the message back for a while."""

    delay: timedelta
    why: str


@dataclass(frozen=True, slots=True)
class Park:
    """It ends every worker that tries."""

    tries: int


Beginning = Crawl | Later | Park


def beginning(standing: Standing, now: datetime, lease: timedelta, *, suspects: int, sites: int) -> Beginning:
    """What to do with a site that the broker gave. ``suspects``: under way in this worker, of ``sites`` at most."""
    if standing.until is not None and standing.is_held(now):
        return Later(min(standing.until - now, lease), "locked")
    if standing.lost >= PARKED_AFTER:
        return Park(standing.lost)
    is_suspect = standing.lost >= SUSPECT_AFTER
    if is_suspect and suspects >= room_for_suspects(standing.lost, sites):
        return Later(lease, "suspect")
    return Crawl(is_suspect)


class End(StrEnum):
    """How the crawl of a site ended, as far as its message is concerned."""

    DONE = "done"
    """Whatever came of it, the database says when to look again."""
    SLICE = "slice"
    """There is more: it waits behind the others."""
    LOCKED = "locked"
    """Another run has the host."""
    STOPPED = "stopped"
    """The worker was told to end, or ended the crawl: another one may go on at once."""
    LOST = "lost"
    """Another worker has taken it over, and the message with it."""
    FAILED = "failed"
    """It could not be crawled for a reason of ours: no database, a fault."""


def end(stats: Mapping[str, Any], reason: str | None, *, is_lost: bool, is_stopping: bool) -> End:
    """How it ended. ``reason``: Scrapy's ``finish_reason``; None where there was none."""
    if is_lost:
        return End.LOST
    if stats.get("presswalk/sites/locked") and not stats.get("presswalk/sites/crawled"):
        return End.LOCKED
    if reason == "finished" and not stats.get("presswalk/ended/slice"):
        return End.DONE
    if is_stopping:
        return End.STOPPED
    return End.SLICE if reason == "finished" else End.FAILED


def said(how: End, stats: Mapping[str, Any]) -> str:
    """How it ended, for a log: of a crawl that came to its end, what ``scrapy crawl`` would exit with, in words."""
    if how is not End.DONE:
        return how
    status = exit_status(stats, "finished")
    return f"failed ({MEANINGS[status]})" if status in _NOTHING_OF_IT else MEANINGS[status].partition(":")[0]


_NOTHING_OF_IT = frozenset({ExitStatus.UNREACHABLE, ExitStatus.NOT_WORDPRESS, ExitStatus.STORAGE_FAILED})


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The job is done. ``again``: a new one is queued behind the others. ``put_off``: it is not due for a lease."""

    again: bool = False
    put_off: bool = True


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Deliver it again, to whoever is free, after a while."""

    delay: timedelta


Ending = Acknowledge | GiveBack | None


def ending(how: End, deliveries: int, lease: timedelta, rest: timedelta) -> Ending:
    """What to tell the broker; None is nothing, since the message is another worker's.

    ``deliveries``: of this message, this one included; ``rest``: what the host is owed after its last request.
    """
    match how:
        case End.DONE:
            return Acknowledge()
        case End.SLICE:
            return Acknowledge(again=True, put_off=False)
        case End.LOCKED | End.FAILED:
            return GiveBack(backoff(deliveries, lease)) if deliveries < MOST_DELIVERIES else Acknowledge()
        case End.STOPPED:
            return GiveBack(rest)
        case _:
            return None


MOST_DELIVERIES = 20
"""Of one message: a host that another run crawls for hours, or a database that fails, is left to the next
``scrapy enqueue --due``."""


def backoff(deliveries: int, most: timedelta) -> timedelta:
    """Doubled each time, a lease at most: by then whoever had the site has renewed its lease or lost it."""
    return min(FIRST_DELAY * 2.0 ** min(max(deliveries, 1) - 1, 16), most)
