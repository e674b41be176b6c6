"""One document per crawl in ``runs``; the lock of every host it crawls; what a killed run left undone."""

import asyncio
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId
from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler.closing import run_counts
from crawler.events import RunFinished
from crawler.exit_status import exit_status
from crawler.extensions.site_lease import SiteLease
from crawler.holding import Holding, clock
from crawler.redaction import redacted
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.database import Database, database_back
from crawler.storage.events import Events
from crawler.storage.history import untold
from crawler.storage.indexes import Database as MongoDatabase
from crawler.storage.leases import Fence
from crawler.storage.outage import is_away
from crawler.storage.runs import Runs
from crawler.tasks import stopped
from crawler.work.crawler import SiteCrawler

logger = logging.getLogger(__name__)

MOST_HOSTS = 1000
"""That are named in the record and the event of a run: one that goes on for weeks is not to grow."""


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _not_renewed(error: PyMongoError) -> None:
    logger.warning("the locks of this run could not be renewed: %s", type(error).__name__)


class RunRecord:
    """Extension: writes the run when it starts and ends, and holds its locks in between."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run_id = ObjectId()
        self.started_at = _now()
        self.hosts: list[str] = []
        """Those that it has taken up: the first of them."""
        self._held: set[str] = set()
        """Those of which it has the lock."""
        self._lost: set[str] = set()
        """Those of which another run took it, because it was not renewed in time."""
        self._releasing: dict[str, asyncio.Future[None]] = {}
        self._renewal: asyncio.Task[None] | None = None
        self._lease = timedelta(seconds=crawler.settings.getfloat("LEASE_SECONDS"))
        self._holding = Holding(self._lease)
        self._asking = asyncio.Lock()
        self._site_lease = SiteLease(crawler, self._lease) if isinstance(crawler, SiteCrawler) else None
        self.ended = asyncio.Event()
        """The run has said all that it had to say."""
        self.connect(crawler)

    def connect(self, crawler: Crawler) -> None:
        """Listen to what happens in the crawl."""
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self.database_back, signal=database_back)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RunRecord":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "RunRecord":
        """The one of this crawl."""
        record = crawler.get_extension(cls)
        if record is None:
            raise RuntimeError("crawler.extensions.run_record.RunRecord is missing from EXTENSIONS")
        return record

    @property
    def database(self) -> Database:
        """The database of this crawl; extensions find each other only when all are made."""
        return Database.of(self.crawler)

    @property
    def _runs(self) -> Runs:
        return Runs(self.database.db, self._lease)

    async def spider_opened(self, spider: Spider) -> None:
        """The run begins. Without a record and a lock it does not go on."""
        try:
            await self._begin(spider)
        except PyMongoError as error:
            self._failed("the run could not be recorded", error)
            if self.crawler.engine:
                await self.crawler.engine.close_spider_async(reason="storage_failed")

    async def _begin(self, spider: Spider) -> None:
        await self.database.prepare()
        arguments = getattr(spider, "arguments", None)
        told = arguments.model_dump(mode="json", exclude_none=True) if arguments else {}
        record: dict[str, Any] = {
            "spider": spider.name,
            "arguments": redacted(told),
            "started_at": self.started_at,
            "hosts": [],
        }
        await self._runs.start(self.run_id, record)
        self._renewal = asyncio.ensure_future(self._renew())

    def holds(self, host: str) -> bool:
        """Whether this run has the lock of a host."""
        return host in self._held

    async def has(self, host: str) -> bool:
        """The same, but for one that it does not have the lock is taken now."""
        return self.holds(host) or await self.take(host)

    async def take(self, host: str) -> bool:
        """Lock a host for this run and repair what a killed run of it left undone; False if that cannot be."""
        if releasing := self._releasing.get(host):
            await asyncio.wait([releasing])  # or its last write would undo what is taken now
        try:
            return await self._take(host)
        except PyMongoError as error:
            self._failed(f"{host} could not be locked", error)
            return False

    async def _take(self, host: str) -> bool:
        asked_at = clock()
        holder = await self._runs.lock(host, self.run_id, _now())
        if holder is not None:
            logger.error(
                "%s is being crawled by another run (process %s on %s); not crawled now",
                host, holder.get("pid"), holder.get("machine"),
            )  # fmt: skip
            return False
        self._holding.taken(asked_at)
        if self._site_lease:
            await self._site_lease.take(self.database.db, _now())
        await self._repair(host)
        is_new = host not in self.hosts and len(self.hosts) < MOST_HOSTS
        await self._runs.add_host(self.run_id, host, _now(), named=is_new)
        self._held.add(host)
        self._lost.discard(host)
        self.hosts += [host] if is_new else []
        return True

    def has_lost(self, site: str) -> bool:
        """Whether another run crawls the host of a site that this one had begun to crawl."""
        return site.partition("/")[0] in self._lost

    @property
    def fence(self) -> Fence | None:
        """With which number a worker's crawl writes to its site; None for other crawls."""
        return self._site_lease.fence if self._site_lease else None

    async def is_sure_of(self, host: str) -> bool:
        """Whether no other run crawls a host of this one: a process that was frozen, or cut off from the database,
        asks before it goes on."""
        if not self._holding.is_sure(clock()) and self._held:
            async with self._asking:
                if not self._holding.is_sure(clock()):
                    await self._try_to_keep_locks()
                    if not self._holding.is_sure(clock()):  # what is not asked for now is for the next run
                        self._lost.add(host)
        return host not in self._lost

    async def release(self, host: str, *, is_whole: bool) -> None:
        """Give the lock of a host back before the run ends. ``is_whole``: all that was read of it is stored."""
        if host in self._held:
            self._held.remove(host)
            if not self._held:
                self._holding.given_back()
            self._releasing[host] = asyncio.ensure_future(self._release(host, is_whole=is_whole))
            await self._releasing[host]
            del self._releasing[host]

    async def _release(self, host: str, *, is_whole: bool) -> None:
        try:
            if is_whole:
                await self._runs.close_host(self.run_id, host)
            await self._runs.unlock(self.run_id, host)
        except PyMongoError as error:
            self._failed(f"the lock of {host} could not be given back", error)

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """The run ends: its record, its event, its locks."""
        try:
            await stopped([self._renewal] if self._renewal else [])
            await self._end(spider, reason)
        except PyMongoError as error:
            self._failed("the record of this run could not be written", error)
        finally:
            self.ended.set()

    async def _end(self, spider: Spider, reason: str) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        status = exit_status(stats, reason)
        counted = run_counts(stats)
        end: dict[str, Any] = {
            "finished_at": _now(),
            "finish_reason": reason,
            "exit_status": int(status),
            "counts": counted,
        }
        if told := getattr(spider, "reports", None):
            end["sites"] = redacted(told())
        if not counted["storage"] and reason != "storage_failed":
            end |= {"open_hosts": [], "opened": []}  # else the next run of these hosts announces what was not
        await self._runs.finish(self.run_id, end)
        await Events(self.database.db).append([self._event(spider, int(status), counted)])
        if self._site_lease:
            await self._site_lease.release(self.database.db)
        await self._runs.unlock(self.run_id)

    def _event(self, spider: Spider, status: int, counted: dict[str, Any]) -> RunFinished:
        return RunFinished(
            id=f"{self.run_id}:run", at=_now(), run_id=self.run_id, spider=spider.name,
            sites=tuple(self.hosts), exit_status=status, counts=counted["articles"],
        )  # fmt: skip

    async def _repair(self, host: str) -> None:
        """Announce what a killed run, or an earlier crawl of this one, stored and could not announce.

        The events have ids that cannot double.
        """
        since = await self._runs.unfinished(host)
        if since is None:
            return
        pattern = f"^{re.escape(host)}(/|$)"
        changed = await Articles(self.database.db).changed_since(pattern, since)
        events = [event for told in (await untold(self.database.db, changed)).values() for event in told]
        await Events(self.database.db).append_missing(events)
        await self._runs.close_unfinished(host, self.run_id, _now())
        logger.info("%s: an earlier crawl did not come to its end; %d articles were checked, %d events announced",
                    host, len(changed), len(events))  # fmt: skip

    def _failed(self, what: str, error: PyMongoError) -> None:
        Stats(self.crawler).storage_failed()
        logger.error("%s: %s (%s)", what, type(error).__name__, str(error)[:300])

    async def _renew(self) -> None:
        """Keep the locks until cancelled, and say so; one failure is no reason to stop, the lease outlasts two."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            await self._try_to_keep_locks()
            await self._beat()

    async def _beat(self) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        try:
            await self._runs.beat(self.run_id, _now(), run_counts(stats))
        except PyMongoError as error:
            logger.warning("the record of this run could not be brought up to date: %s", type(error).__name__)

    async def database_back(self, database: MongoDatabase) -> None:
        """The leases may have ended meanwhile: nothing is written before it is known whose the hosts are.

        Raises PyMongoError if that cannot be known yet, because the database is away again.
        """
        try:
            await self._keep_locks(Runs(database, self._lease))
        except PyMongoError as error:
            if is_away(error):
                raise
            _not_renewed(error)

    async def _try_to_keep_locks(self) -> None:
        try:
            await self._keep_locks(self._runs)
        except PyMongoError as error:
            _not_renewed(error)

    async def _keep_locks(self, runs: Runs) -> None:
        had, asked_at = set(self._held), clock()
        taken = had - await runs.renew(self.run_id, _now())
        if self._site_lease:
            await self._site_lease.renew(runs.database, _now())
        if self._held:
            self._holding.renewed(asked_at)
        for host in taken & self._held:
            self._held.remove(host)
            self._lost.add(host)
            Stats(self.crawler).failed("lock_lost")
            logger.error("%s: another run took it over while this one could not renew its lock; left to it", host)
