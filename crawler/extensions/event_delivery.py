"""Events go to the webhooks while a crawl runs, beside it; for a few seconds at its end it waits for that."""

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.extensions.run_record import RunRecord
from crawler.sinks.options import SinkOptions
from crawler.stats import Stats
from crawler.storage.database import Database

if TYPE_CHECKING:
    from crawler.sinks.delivering import Delivering

logger = logging.getLogger(__name__)


class EventDelivery:
    """Extension: one task for each webhook. Off without ``EVENTS_WEBHOOK_URLS``.

    What is not delivered when the crawl ends is in the database, and the next process goes on from there.
    """

    def __init__(self, crawler: Crawler, options: SinkOptions) -> None:
        self.crawler = crawler
        self.options = options
        self._stack = AsyncExitStack()
        self._delivering: Delivering | None = None
        self.ended = asyncio.Event()
        """Nothing more is delivered."""
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "EventDelivery":
        """Scrapy's constructor. Raises NotConfigured without webhooks, ValueError for wrong ones."""
        options = SinkOptions.of(crawler.settings)
        if not options.webhooks:
            raise NotConfigured
        return cls(crawler, options)

    async def spider_opened(self, spider: Spider) -> None:
        """Begin. A database that does not answer is for RunRecord to report."""
        from crawler.sinks.delivering import Delivering  # noqa: PLC0415 # aiohttp: a run without webhooks needs none

        self.options.warn_of_no_secret()
        database, agent = Database.of(self.crawler).db, self.crawler.settings["USER_AGENT"]
        delivering = Delivering(database, self.options, agent, Stats(self.crawler).delivery)
        try:
            self._delivering = await self._stack.enter_async_context(delivering)
        except PyMongoError as error:
            logger.warning("no events are delivered in this run: %s", type(error).__name__)

    async def spider_closed(self, spider: Spider) -> None:
        """Deliver what the run has told, its end included, for as long as the settings say."""
        try:
            if self._delivering is not None:
                await RunRecord.of(self.crawler).ended.wait()
                await self._delivering.finish(self.options.closing)
                await self._stack.aclose()
        finally:
            self.ended.set()
