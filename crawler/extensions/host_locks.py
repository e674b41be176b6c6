"""The locks of the hosts that a run crawls: taken, kept, lost to another run, given back."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from bson import ObjectId
from pymongo.errors import PyMongoError
from scrapy.crawler import Crawler

from crawler.extensions.site_lease import SiteLease
from crawler.holding import Holding, clock
from crawler.stats import Stats
from crawler.storage.database import Database
from crawler.storage.indexes import Database as MongoDatabase
from crawler.storage.leases import Fence
from crawler.storage.outage import is_away
from crawler.storage.runs import Runs
from crawler.work.crawler import SiteCrawler

logger = logging.getLogger(__name__)


def now() -> datetime:
    """In whole seconds, UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def _not_renewed(error: PyMongoError) -> None:
    logger.warning("the locks of this run could not be renewed: %s", type(error).__name__)


class HostLocks:
    """Part of ``RunRecord``, which says what begins with a lock, and for how long they are kept."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run_id = ObjectId()
        self._held: set[str] = set()
        """Those of which it has the lock."""
        self._lost: set[str] = set()
        """Those of which another run took it, because it was not renewed in time."""
        self._releasing: dict[str, asyncio.Future[None]] = {}
        self._lease = timedelta(seconds=crawler.settings.getfloat("LEASE_SECONDS"))
        self._holding = Holding(self._lease)
        self._asking = asyncio.Lock()
        self._site_lease = SiteLease(crawler, self._lease) if isinstance(crawler, SiteCrawler) else None

    async def begin(self, host: str) -> None:
        """What follows the lock of a host, before it counts as held. Raises PyMongoError."""
        raise NotImplementedError

    @property
    def database(self) -> Database:
        """The database of this crawl; extensions find each other only when all are made."""
        return Database.of(self.crawler)

    @property
    def _runs(self) -> Runs:
        return Runs(self.database.db, self._lease)

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
            self.failed(f"{host} could not be locked", error)
            return False

    async def _take(self, host: str) -> bool:
        asked_at = clock()
        holder = await self._runs.lock(host, self.run_id, now())
        if holder is not None:
            logger.log(
                self._level_of_locked, "%s is being crawled by another run (process %s on %s); not crawled now",
                host, holder.get("pid"), holder.get("machine"),
            )  # fmt: skip
            return False
        self._holding.taken(asked_at)
        if self._site_lease:
            await self._site_lease.take(self.database.db, now())
        await self.begin(host)
        self._held.add(host)
        self._lost.discard(host)
        return True

    @property
    def _level_of_locked(self) -> int:
        """A site of a list is crawled by whichever run; one that was named alone was wanted of this one. A worker gives
        it back, and says so itself."""
        if isinstance(self.crawler, SiteCrawler):
            return logging.INFO
        arguments = getattr(self.crawler.spider, "arguments", None)
        return logging.ERROR if len(getattr(arguments, "start_urls", ())) == 1 else logging.WARNING

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
            self.failed(f"the lock of {host} could not be given back", error)

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
        taken = had - await runs.renew(self.run_id, now())
        if self._site_lease:
            await self._site_lease.renew(runs.database, now())
        if self._held:
            self._holding.renewed(asked_at)
        for host in taken & self._held:
            self._held.remove(host)
            self._lost.add(host)
            Stats(self.crawler).failed("lock_lost")
            logger.error("%s: another run took it over while this one could not renew its lock; left to it", host)

    def failed(self, what: str, error: PyMongoError) -> None:
        """The database did not do what the run cannot be without."""
        Stats(self.crawler).storage_failed()
        logger.error("%s: %s (%s)", what, type(error).__name__, str(error)[:300])
