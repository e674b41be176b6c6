"""A list of sites kept up to date by one process that goes on: each is looked at when it is due, or says so itself."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pymongo.errors import PyMongoError
from scrapy import Request
from scrapy.settings import BaseSettings

from crawler.engine import is_closing
from crawler.extensions.run_record import RunRecord
from crawler.middlewares.conduct import Conduct
from crawler.site_record import SiteRecord
from crawler.spiders.arguments import ListenArguments
from crawler.spiders.starts import Start
from crawler.spiders.wordpress import WordpressSpider
from crawler.storage.database import Database
from crawler.storage.runs import LEASE
from crawler.storage.sites import Sites
from crawler.turns import Room, turns
from crawler.urls import site_host, site_id
from crawler.work.job import Job
from crawler.work.options import WorkOptions

logger = logging.getLogger(__name__)

MOST_FED = 20_000
"""Sites that are due and looked through at once: the longest overdue, which the workers take first."""


class ListenSpider(WordpressSpider):
    """``scrapy crawl listen``: the looks of ``wordpress``, one after the other; see ``extensions.listening``.

    Whose turn it is stands in the database alone: a push is written there before it wakes this up.
    """

    name = "listen"
    arguments_model = ListenArguments
    most_reports: ClassVar[int | None] = 100

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's hook: an extension that no other spider needs, nor loads."""
        super().update_settings(settings)
        extensions = {**settings["EXTENSIONS"], "crawler.extensions.listening.Listening": 50}
        settings.set("EXTENSIONS", extensions, priority="spider")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._awake = asyncio.Event()
        self._over: list[Start] = []
        self._quiet_until: datetime | None = None
        """While quiet hours hold: their end."""

    def wake(self) -> None:
        """Somebody may be due."""
        self._awake.set()

    def pushed(self, after: timedelta) -> None:
        """A site that told of something is due in this time."""
        asyncio.get_running_loop().call_later(after.total_seconds(), self.wake)

    def over(self, start: Start) -> None:
        """There is room for another site; this one may have said something meanwhile."""
        super().over(start)
        self.types_of.pop(start.site, None)
        self._over.append(start)
        self.wake()

    async def start(self) -> AsyncIterator[Request]:
        """The first requests of those whose turn it is, for as long as the process goes on. With ``NATS_URL`` there are
        none: workers crawl them."""
        sites = Sites(Database.of(self.crawler).db)
        if self.settings["NATS_URL"]:
            await self._feed(sites)
        while not is_closing(self.crawler):
            self._awake.clear()
            for record in await self._whose_turn(sites):
                if await self._takes(sites, record):
                    async for request in self._first_of(record):
                        yield request
            await self._until_awake()

    async def _first_of(self, record: SiteRecord) -> AsyncIterator[Request]:
        try:
            async for request in self.look_at(record.start_url, record):
                yield request
        except PyMongoError as error:
            self._failed(error)  # it is due still

    async def _until_awake(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), self.settings.getfloat("LISTEN_POLL_SECONDS"))

    async def _feed(self, sites: Sites) -> None:
        """Queue who is due, until the process is to end."""
        from crawler.work.feeder import Feeder  # noqa: PLC0415 - nats is loaded by who needs it

        feeder = Feeder(WorkOptions.of(self.settings))
        while not is_closing(self.crawler):
            self._awake.clear()
            try:
                due = {Job(*start): at for *start, at in await sites.due_starts(datetime.now(UTC), MOST_FED)}
                self.stats.site("queued", await feeder.feed(due))
            except PyMongoError as error:
                self._failed(error)
            await self._until_awake()
        await feeder.close()

    async def _whose_turn(self, sites: Sites) -> list[SiteRecord]:
        try:
            while self._over:  # more of them may come meanwhile, behind this one
                await sites.put_off(self._over[0].site, self._over[0].at, self._later)
                del self._over[0]
            if self._is_quiet():
                return []
            under_way = frozenset(self.starts)  # before reading: a look that ends meanwhile is due still as it was read
            room = Room(self.settings.getint("LISTEN_SITES"), len(under_way))
            now, most = datetime.now(UTC), 2 * room.most + room.under_way
            pushed = await sites.pushed(now, most) if room.for_pushed else []
            due = await sites.due(now, most) if room.for_due else []
            return turns(pushed, due, under_way, room)
        except PyMongoError as error:
            self._failed(error)
            return []

    def _is_quiet(self) -> bool:
        """Whether no site may be looked at now; what is pushed meanwhile is due still when the quiet is over."""
        until = Conduct.of(self.crawler).quiet_until(datetime.now(UTC))
        if until and until != self._quiet_until:
            self.tell_quiet(until)
        self._quiet_until = until
        return until is not None

    async def _takes(self, sites: Sites, record: SiteRecord) -> bool:
        """Whether no other run has the host of a site; one that has is given time."""
        if await RunRecord.of(self.crawler).has(site_host(site_id(record.start_url))):
            self.types_of[record.id] = record.types
            return True
        self.stats.site("locked")
        try:
            await sites.put_off(record.id, datetime.now(UTC), self._later)
        except PyMongoError as error:
            self._failed(error)
        return False

    @property
    def _later(self) -> datetime:
        """What a look that came to nothing left due is not looked at over and over."""
        return datetime.now(UTC) + LEASE

    def _failed(self, error: PyMongoError) -> None:
        self.stats.pushed("failed/poll")
        logger.warning("The list of sites cannot be read or written: %s; tried again soon", type(error).__name__)
