"""What a worker does with a site that it was given, and with the message afterwards. Pure: no broker, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from crawler.exit_status import MEANINGS, ExitStatus, exit_status
from crawler.stats import is_locked_out

SUSPECT_AFTER = 3
"""Workers in a row that did not come to the end of a site: from then on fewer and fewer such sites share a process, so
that those which happened to be beside the one that ends it come to their own end."""

PARKED_AFTER = 9
"""Workers in a row: it is not tried again before its longest interval is over. By then it has been alone."""

LONGER_UP_TO = 3
"""So often the time for which a site is parked is doubled, if it goes on ending workers."""

FIRST_DELAY = timedelta(seconds=2)
"""Before a message that could not be worked on is delivered again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Until when somebody has a site, how many workers in a row left it without a word, and how often it was parked
    since a crawl of it last came to its end."""

    until: datetime | None = None
    lost: int = 0
    parked: int = 0

    @classmethod
    def of(cls, site: Mapping[str, Any], lock: Mapping[str, Any] | None = None) -> "Standing":
        """As the database tells it: the site's document, and the lock of its host if another run has it. A lease that
        ended without being given back is a worker's that died, or froze; one such loss is enough after a parking."""
        lease, parked = site.get("lease"), int(site.get("parked", {}).get("times", 0))
        lost = int(lease.get("lost", 0)) + 1 if lease else 0
        ends = [told[name] for told, name in ((lease, "until"), (lock, "expires_at")) if told and name in told]
        return cls(max(ends, default=None), lost + (PARKED_AFTER - 1 if parked else 0), parked)

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
    """It ends every worker that tries. ``lasting``: for how long it is left alone."""

    why: str
    lasting: timedelta


Beginning = Crawl | Later | Park


def beginning(
    standing: Standing, now: datetime, lease: timedelta, *, suspects: int, sites: int, longest: timedelta
) -> Beginning:
    """What to do with a site that the broker gave. ``suspects``: under way in this worker, of ``sites`` at most;
    ``longest``: the longest interval between two looks at a site.

    Who waits for a lease that may have ended asks again when it has, and no later: nothing else delays a take-over.
    """
    if standing.until is not None and standing.is_held(now):
        return Later(min(standing.until - now, lease), "locked")
    if standing.lost >= PARKED_AFTER:
        return _park(standing, longest)
    is_suspect = standing.lost >= SUSPECT_AFTER
    if is_suspect and suspects >= room_for_suspects(standing.lost, sites):
        return Later(lease / 3, "suspect")
    return Crawl(is_suspect)


def _park(standing: Standing, longest: timedelta) -> Park:
    """For the longest interval; for twice as long each time that it ends a worker when it is let loose."""
    again = f"one more did not come to its end after it was parked, {standing.parked} times so far"
    why = again if standing.parked else f"{standing.lost} workers in a row did not come to its end"
    return Park(why, longest * 2 ** min(standing.parked, LONGER_UP_TO))


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
    if is_locked_out(stats):
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


def ending(how: End, lease: timedelta, rest: timedelta, *, deliveries: int, failures: int = 0) -> Ending:
    """What to tell the broker; None is nothing, since the message is another worker's.

    ``rest``: what the host is owed after its last request; ``deliveries``: of this message, this one included;
    ``failures``: in a row, likewise, 0 where nobody tells: then the deliveries have to do. They are not the same: who
    waited for a lock was delivered, too.
    """
    match how:
        case End.DONE:
            return Acknowledge()
        case End.SLICE:
            return Acknowledge(again=True, put_off=False)
        case End.LOCKED:
            return GiveBack(backoff(deliveries, lease))
        case End.FAILED:
            return GiveBack(backoff(failures or deliveries, lease)) if failures < MOST_FAILURES else Acknowledge()
        case End.STOPPED:
            return GiveBack(rest)
        case _:
            return None


MOST_FAILURES = 20
"""In a row: what fails that often is left to the next ``scrapy enqueue --due``."""


def backoff(deliveries: int, most: timedelta) -> timedelta:
    """Doubled each time, a lease at most: by then whoever had the site has renewed its lease or lost it."""
    return min(FIRST_DELAY * 2.0 ** min(max(deliveries, 1) - 1, 16), most)
