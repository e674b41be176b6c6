"""A worker: one process, many sites at once, each taken from the queue when there is a place for it."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pymongo import timeout
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.extensions.contact import NOBODY
from crawler.garbage import AfterCrawls
from crawler.polite.agent import PRODUCT
from crawler.polite.quiet import QuietHours
from crawler.schedule import Schedule
from crawler.storage.connect import connect_async
from crawler.storage.database import CLOSE_SECONDS, prepare
from crawler.storage.indexes import Database
from crawler.storage.outage import pause
from crawler.work.counts import WorkCounts, most_mb
from crawler.work.crawler import Shared
from crawler.work.job import Job
from crawler.work.options import WorkOptions, shown
from crawler.work.queue import OtherLease, Queue, QueueUnavailable
from crawler.work.services import deliver_events, tell_metrics
from crawler.work.task import Bench, SiteTask

if TYPE_CHECKING:
    from nats.aio.msg import Msg

logger = logging.getLogger(__name__)

_TAKE_SECONDS = 2.0
"""How long a request for jobs waits at the server; the end of the worker waits for it."""

_BETWEEN_SECONDS = 0.1
"""From the beginning of one crawl to that of the next: each asks the database some twenty things, and takes a tenth of
a second of CPU for its first page."""

_TELL_SECONDS = 60.0

OF_CRAWLS: Mapping[str, Any] = {
    "CLOSING_TABLE": False,
    "PROGRESS": False,
    "LOGSTATS_INTERVAL": 0,
    "MEMUSAGE_ENABLED": False,
    "EVENTS_WEBHOOK_URLS": None,
}
"""Settings of a worker's crawls: what is of the process, the worker does once."""

_CONTACT = "crawler.extensions.contact.ContactWarning"


class Worker:
    """Works until it is told to stop."""

    def __init__(
        self,
        runner: AsyncCrawlerRunner,
        settings: Settings,
        options: WorkOptions,
        uri: str,
        *,
        changes_lease: bool = False,
    ) -> None:
        self.options = options
        self._counts = WorkCounts()
        self._garbage = AfterCrawls()
        self.tasks: dict[asyncio.Task[None], SiteTask] = {}
        self._runner = runner
        self._settings = settings
        self._uri = uri
        self._changes_lease = changes_lease
        self._quiet = QuietHours.of(settings["QUIET_HOURS"])
        self._most_mb = settings.getint("MEMUSAGE_LIMIT_MB")
        self._stop = asyncio.Event()
        self._failures = 0
        """Of the queue, in a row."""

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End soon: crawls that are under way come to their end, and others go on with them."""
        if not self._stop.is_set():
            logger.info("Stopping: %d sites under way are given back", len(self.tasks))
        self._stop.set()

    async def run(self) -> None:
        """Work. Raises QueueUnavailable, PyMongoError or CannotListenError if that cannot begin."""
        async with AsyncExitStack() as stack:
            client = connect_async(self._uri)
            stack.push_async_callback(_closed, client)
            database = client[self._settings["MONGODB_DATABASE"]]
            await prepare(database)
            queue = await Queue.connect(self.options)
            stack.push_async_callback(queue.close)
            await queue.join(change_lease=self._changes_lease)
            await deliver_events(stack, self._settings, database, self._counts.counted)
            await tell_metrics(stack, self._settings, database, self._counts.counted)
            bench = self._bench(Shared(client, self.options.name), database, queue)
            if not self._settings["CONTACT"] and self._settings["USER_AGENT"] == PRODUCT:
                logger.warning(NOBODY)
            logger.info(
                "Working on up to %d sites at once, from %s, stream %s, as %s",
                self.options.sites, shown(self.options.urls), self.options.stream, self.options.name,
            )  # fmt: skip
            beats = [asyncio.ensure_future(self._beat()), asyncio.ensure_future(self._tell(queue))]
            await self._work(bench)
            await self._end()
            for beat in beats:
                beat.cancel()
            await asyncio.gather(*beats, return_exceptions=True)

    def _bench(self, shared: Shared, database: Database, queue: Queue) -> Bench:
        return Bench(
            runner=self._runner, settings=_of_crawls(self._settings), shared=shared, database=database,
            queue=queue, lease=self.options.lease, sites=self.options.sites,
            longest=Schedule.from_settings(self._settings).longest, count=self._counts.count, add=self._counts.add,
        )  # fmt: skip

    async def _work(self, bench: Bench) -> None:
        while not self._stop.is_set():
            if not (room := self._room()) or self._is_quiet():
                await self._something_happens()
                continue
            for message in await self._taken(bench.queue, room):
                self._begin(bench, message)
                await asyncio.sleep(_BETWEEN_SECONDS)

    def _room(self) -> int:
        """Places: what is taken from the queue begins at once, since its lease runs. A host that rests needs none."""
        return self.options.sites - sum(not task.is_resting for task in self.tasks.values())

    def _is_quiet(self) -> bool:
        return bool(self._quiet and self._quiet.ends_at(datetime.now(UTC)))

    async def _something_happens(self) -> None:
        stop = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({*self.tasks, stop}, timeout=_TAKE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()

    async def _taken(self, queue: Queue, room: int) -> "list[Msg]":
        try:
            messages = await queue.take(room, _TAKE_SECONDS)
        except QueueUnavailable as error:
            if not self._failures:
                logger.warning("%s; tried again until it does", error)
            self._failures += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause(self._failures))
            return []
        if self._failures:
            logger.warning("The queue gives jobs again")
        self._failures = 0
        return messages

    def _begin(self, bench: Bench, message: "Msg") -> None:
        try:
            job = Job.from_bytes(message.data)
        except ValueError as error:
            self._counts.count("refused")
            logger.error("A message that is no job is taken off the queue (%s): %s", message.subject, error)  # noqa: TRY400
            self._background(message.term())
            return
        self._counts.count("taken")
        site = SiteTask(bench, message, job)
        task = asyncio.ensure_future(site.run(self._suspects))
        self.tasks[task] = site
        task.add_done_callback(self._done)
        if self._stop.is_set():
            site.stop()

    def _done(self, task: asyncio.Task[None]) -> None:
        site = self.tasks.pop(task)
        self._garbage.ended()
        if not task.cancelled() and (error := task.exception()):
            logger.error("%s: %s", site.job.site, error, exc_info=error)

    def _suspects(self) -> int:
        return sum(task.is_suspect for task in self.tasks.values())

    def _background(self, what: Any) -> None:
        task = asyncio.ensure_future(what)
        self._others = task
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.options.lease.total_seconds() / 3)
            for site in list(self.tasks.values()):
                await site.beat()

    async def _end(self) -> None:
        """Within WORK_STOP_SECONDS the gentle way, then at once."""
        for site in list(self.tasks.values()):
            site.stop()
        if self.tasks:
            await asyncio.wait(list(self.tasks), timeout=self.options.stop_seconds)
        await asyncio.gather(*(site.abandon() for site in list(self.tasks.values())), return_exceptions=True)
        if self.tasks:
            await asyncio.wait(list(self.tasks), timeout=self.options.stop_seconds)
        logger.info("Stopped: %s", self._counts.told())

    async def _tell(self, queue: Queue) -> None:
        """From time to time, what goes on; a process that has grown too large ends, for its supervisor to start."""
        while True:
            await asyncio.sleep(_TELL_SECONDS)
            logger.info(
                "%d of %d sites under way, %s wait in the queue; %s",
                len(self.tasks), self.options.sites, await _waiting(queue), self._counts.told(),
            )  # fmt: skip
            await self._agree(queue)
            if self._most_mb and most_mb() > self._most_mb:
                logger.warning("%d MB are more than MEMUSAGE_LIMIT_MB: stopping", most_mb())
                self.stop()

    async def _agree(self, queue: Queue) -> None:
        """Somebody may have changed the length of leases while this one worked."""
        try:
            await queue.join()
        except OtherLease as error:
            logger.error("Stopping: %s", error)  # noqa: TRY400 - it says what to do
            self.stop()
        except QueueUnavailable:
            pass  # that is told where jobs are taken


def _of_crawls(settings: Settings) -> Settings:
    crawls = settings.copy()
    crawls.setdict(dict(OF_CRAWLS), priority="cmdline")
    crawls["EXTENSIONS"].set(_CONTACT, None, priority="cmdline")
    return crawls


async def _waiting(queue: Queue) -> str:
    try:
        return f"{(await queue.waiting())[0]:,}"
    except QueueUnavailable:
        return "nobody knows how many"


async def _closed(client: Any) -> None:
    with timeout(CLOSE_SECONDS):
        await client.close()
