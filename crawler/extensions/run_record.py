"""One document per crawl in ``runs``; the lock of every host it crawls; what a killed run left undone."""

import asyncio
import logging
import re
from typing import Any

from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler.closing import run_counts
from crawler.events import RunFinished
from crawler.exit_status import exit_status
from crawler.extensions.host_locks import HostLocks, now
from crawler.redaction import redacted
from crawler.storage.articles import Articles
from crawler.storage.database import database_back
from crawler.storage.events import Events
from crawler.storage.history import untold
from crawler.tasks import stopped

logger = logging.getLogger(__name__)

MOST_HOSTS = 1000
"""That are named in the record and the event of a run: one that goes on for weeks is not to grow."""

run_ending = object()
"""Signal, without arguments: what is counted now is in the record of the run, and what comes later is not."""


class RunRecord(HostLocks):
    """Extension: writes the run when it starts and ends, and holds its locks in between."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.started_at = now()
        self.hosts: list[str] = []
        """Those that it has taken up: the first of them."""
        self._renewal: asyncio.Task[None] | None = None
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

    async def spider_opened(self, spider: Spider) -> None:
        """The run begins. Without a record and a lock it does not go on."""
        try:
            await self._begin(spider)
        except PyMongoError as error:
            self.failed("the run could not be recorded", error)
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

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """The run ends: its record, its event, its locks."""
        try:
            await stopped([self._renewal] if self._renewal else [])
            await self.crawler.signals.send_catch_log_async(run_ending)
            await self._end(spider, reason)
        except PyMongoError as error:
            self.failed("the record of this run could not be written", error)
        finally:
            self.ended.set()

    async def _end(self, spider: Spider, reason: str) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        status = getattr(spider, "exit_status", exit_status)(stats, reason)
        counted = run_counts(stats)
        end: dict[str, Any] = {
            "finished_at": now(),
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
            id=f"{self.run_id}:run", at=now(), run_id=self.run_id, spider=spider.name,
            sites=tuple(self.hosts), exit_status=status, counts=counted["articles"],
        )  # fmt: skip

    async def begin(self, host: str) -> None:
        """It is locked: what a killed run left undone is repaired, then it is one of this run's."""
        await self._repair(host)
        is_new = host not in self.hosts and len(self.hosts) < MOST_HOSTS
        await self._runs.add_host(self.run_id, host, now(), named=is_new)
        self.hosts += [host] if is_new else []

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
        await self._runs.close_unfinished(host, self.run_id, now())
        logger.info("%s: an earlier crawl did not come to its end; %d articles were checked, %d events announced",
                    host, len(changed), len(events))  # fmt: skip

    async def _renew(self) -> None:
        """Keep the locks until cancelled, and say so; one failure is no reason to stop, the lease outlasts two."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            await self._try_to_keep_locks()
            await self._beat()

    async def _beat(self) -> None:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        try:
            await self._runs.beat(self.run_id, now(), run_counts(stats))
        except PyMongoError as error:
            logger.warning("the record of this run could not be brought up to date: %s", type(error).__name__)
