"""One message of the queue from its delivery to its end: the crawl of a site, inside a worker."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from nats.errors import Error as NatsError
from pymongo.errors import PyMongoError
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.extensions.pace import Pace
from crawler.extensions.run_record import RunRecord
from crawler.extensions.site_slice import SiteSlice
from crawler.stats import CHANGES, counts
from crawler.storage.leases import Leases
from crawler.storage.runs import Runs
from crawler.storage.sites import Sites
from crawler.urls import site_host
from crawler.work import decisions
from crawler.work.crawler import Shared, SiteCrawler
from crawler.work.decisions import MOST_FAILURES, Acknowledge, Crawl, End, GiveBack, Later, Park, Standing
from crawler.work.job import Job
from crawler.work.queue import Queue, QueueUnavailable
from crawler.work.spider import QueuedSpider

if TYPE_CHECKING:
    from nats.aio.msg import Msg

    from crawler.storage.indexes import Database

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bench:
    """What the tasks of a worker work with."""

    runner: AsyncCrawlerRunner
    settings: Settings
    """Of the crawls."""
    shared: Shared
    database: "Database"
    queue: Queue
    lease: timedelta
    sites: int
    """At once, at most."""
    longest: timedelta
    """Between two looks at a site."""
    count: Callable[[str], None]
    add: Callable[[Mapping[str, Any]], None]
    """The stats of a crawl that has ended."""


@dataclass(slots=True)
class SiteTask:
    """A site that was taken from the queue. ``run`` never raises."""

    bench: Bench
    message: "Msg"
    job: Job
    crawler: SiteCrawler | None = None
    is_suspect: bool = False
    has_failed: bool = False
    """The crawl before did."""
    is_stopping: bool = False
    is_resting: bool = False
    """The crawl is over, and the host is left alone for as long as it would be between two requests."""
    began: float = field(default_factory=monotonic)

    async def run(self, suspects: Callable[[], int]) -> None:
        """Crawl it, if that is to be, and tell the broker what came of it. ``suspects``: under way in the worker."""
        try:
            told = await self._beginning(suspects)
        except PyMongoError as error:
            self._failed(error)
            told = Later(decisions.backoff(self._deliveries, self.bench.lease), "no_database")
        match told:
            case Later(delay, why):
                self.bench.count(f"later/{why}")
                logger.info("%s: not now (%s)", self.job.site, why)
                await self._tell(GiveBack(delay))
            case Park(why, lasting):
                await self._park(why, lasting)
            case Crawl(is_suspect):
                self.is_suspect = is_suspect
                await self._crawl()

    def stop(self) -> None:
        """Ask the site nothing more, keep what is learned, and let another worker go on."""
        self.is_stopping = True
        if self.crawler and self.crawler.crawling and (slice_ := _slice_of(self.crawler)):
            slice_.end("stopped")

    async def abandon(self) -> None:
        """It took too long."""
        if self.crawler:
            with suppress(RuntimeError):  # it was about to begin
                await self.crawler.stop_async()

    async def beat(self) -> None:
        """The broker is told that somebody works on it. While it is away nothing is: the database knows whose it is."""
        with suppress(NatsError, OSError):
            await self.message.in_progress()

    @property
    def _deliveries(self) -> int:
        return self.message.metadata.num_delivered

    async def _beginning(self, suspects: Callable[[], int]) -> decisions.Beginning:
        now, bench = datetime.now(UTC), self.bench
        lock = await Runs(bench.database).holder(site_host(self.job.site), now)
        known = await Leases(bench.database).of(self.job.site)
        self.has_failed = "failed" in known
        standing = Standing.of(known, lock)
        return decisions.beginning(
            standing, now, bench.lease, suspects=suspects(), sites=bench.sites, longest=bench.longest
        )

    async def _crawl(self) -> None:
        looked_at = datetime.now(UTC)
        self.crawler = SiteCrawler(QueuedSpider, self.bench.settings, self.bench.shared, self.job)
        try:
            if not self.is_stopping:
                await self.bench.runner.crawl(self.crawler, site=[self.job.url])
        except Exception:
            logger.exception("%s: the crawl could not begin, or broke off", self.job.site)
        how = self._end()
        self._say(how)
        rest = timedelta(seconds=_rest(self.crawler))
        told = decisions.ending(
            how, self.bench.lease, rest, deliveries=self._deliveries, failures=await self._failures(how)
        )
        if isinstance(told, Acknowledge) and not self.is_stopping:
            await self._rest(rest)
        await self._tell(told, looked_at)

    def _end(self) -> End:
        crawler = self.crawler
        stats = crawler.stats.get_stats() if crawler and crawler._stats else {}  # noqa: SLF001 - it raises before
        self.bench.add(stats)
        record = crawler.get_extension(RunRecord) if crawler and crawler._extensions else None  # noqa: SLF001 - likewise
        is_lost = record is not None and record.has_lost(self.job.site)
        how = decisions.end(stats, stats.get("finish_reason"), is_lost=is_lost, is_stopping=self.is_stopping)
        self.bench.count(how)
        return how

    async def _failures(self, how: End) -> int:
        """How many crawls of the site have failed in a row; none where the database does not tell: nothing is given up
        then."""
        leases, site = Leases(self.bench.database), self.job.site
        failures = 0
        try:
            if how is End.FAILED:
                failures = await leases.count_failure(site, self.job.url)
            if failures >= MOST_FAILURES or (self.has_failed and how in (End.DONE, End.SLICE)):
                await leases.forget_failures(site)
        except PyMongoError as error:
            self._failed(error)
        return failures

    def _say(self, how: End) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler and self.crawler._stats else {}  # noqa: SLF001
        articles = counts(stats, "articles")
        news = ", ".join(f"{articles[name]} {name}" for name in CHANGES if articles.get(name) and name != "unchanged")
        requests, seconds = stats.get("downloader/request_count", 0), monotonic() - self.began
        said = decisions.said(how, stats)
        logger.info("%s: %s, %s (%d requests, %.1f s)", self.job.site, said, news or "nothing new", requests, seconds)

    async def _rest(self, rest: timedelta) -> None:
        self.is_resting = True
        await asyncio.sleep(rest.total_seconds())

    async def _park(self, why: str, lasting: timedelta) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        until = now + lasting
        try:
            if not await Leases(self.bench.database).park(self.job.site, why, now, until):
                await self._tell(GiveBack(self.bench.lease))
                return
        except PyMongoError as error:
            self._failed(error)
            return
        self.bench.count("parked")
        logger.error("%s: %s: it is parked until %s UTC", self.job.site, why, f"{until:%Y-%m-%d %H:%M}")
        await self._tell(Acknowledge(put_off=False))

    async def _tell(self, ending: decisions.Ending, looked_at: datetime | None = None) -> None:
        try:
            match ending:
                case Acknowledge(again, put_off):
                    if put_off and looked_at:
                        await Sites(self.bench.database).put_off(
                            self.job.site, looked_at, datetime.now(UTC) + self.bench.lease
                        )
                    await self._acknowledge(again=again)
                case GiveBack(delay):
                    await self.message.nak(delay=max(delay.total_seconds(), _LEAST_DELAY))
        except PyMongoError as error:
            self._failed(error)  # it is delivered again
        except (NatsError, OSError, QueueUnavailable) as error:
            self.bench.count("untold")
            logger.warning("%s: the queue could not be told: %s", self.job.site, type(error).__name__)

    async def _acknowledge(self, *, again: bool) -> None:
        """A kill between the two leaves the site due, and ``scrapy enqueue --due`` finds it."""
        if again:
            await self.message.ack_sync(timeout=_ACK_SECONDS)
            await self.bench.queue.put([self.job])
        else:
            await self.message.ack()

    def _failed(self, error: PyMongoError) -> None:
        self.bench.count("no_database")
        logger.warning("%s: the database does not answer: %s", self.job.site, type(error).__name__)


_ACK_SECONDS = 5.0

_LEAST_DELAY = 0.05
"""A delay of nothing is none for JetStream."""


def _slice_of(crawler: SiteCrawler) -> SiteSlice | None:
    return crawler.get_extension(SiteSlice) if crawler._extensions and crawler._engine else None  # noqa: SLF001


def _rest(crawler: SiteCrawler) -> float:
    is_made = crawler._extensions and crawler._engine  # noqa: SLF001 - they raise before
    return Pace.of(crawler).rest_seconds if is_made else 0.0
