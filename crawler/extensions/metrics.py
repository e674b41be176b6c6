"""Metrics for Prometheus, while a crawl runs and at its end: a file for runs of cron, an endpoint for what goes on."""

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from twisted.internet.error import CannotListenError

from crawler.exit_status import exit_status
from crawler.extensions.event_delivery import EventDelivery
from crawler.extensions.run_record import RunRecord
from crawler.metrics.figures import Figures
from crawler.metrics.options import MetricsOptions
from crawler.sinks.options import SinkOptions
from crawler.storage.database import Database
from crawler.storage.operating import Operating
from crawler.tasks import stopped

if TYPE_CHECKING:
    from crawler.metrics.process import Feed, ProcessMetrics

logger = logging.getLogger(__name__)


class Metrics:
    """Extension: feeds what the process tells of its crawls. Off without ``METRICS_FILE`` and ``METRICS_PORT``."""

    def __init__(self, crawler: Crawler, options: MetricsOptions) -> None:
        self.crawler = crawler
        self._options = options
        self._stack = AsyncExitStack()
        self._process: ProcessMetrics | None = None
        self._feed: Feed | None = None
        self._reason = "failed"
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Metrics":
        """Scrapy's constructor. Raises NotConfigured if nobody is to be told, ValueError for wrong settings."""
        options = MetricsOptions.of(crawler.settings, crawler.spidercls.name)
        if not options.is_wanted:
            raise NotConfigured
        return cls(crawler, options)

    async def spider_opened(self, spider: Spider) -> None:
        """Begin to tell. Raises CloseSpider if nobody could hear it."""
        from crawler.metrics.process import Feed, of_process  # noqa: PLC0415 # who tells nobody needs no prometheus_client

        process = of_process(self._options, Path(self.crawler.settings["SPILL_FOLDER"]))
        try:
            self._process = await self._stack.enter_async_context(process)
        except CannotListenError as error:
            logger.error(  # noqa: TRY400 - nothing but this is to be understood
                "Cannot tell metrics on %s:%d (%s). Does another process? Stop it, or take another port with "
                "-s METRICS_PORT=…", self._options.host, self._options.port, error.socketError,
            )  # fmt: skip
            raise CloseSpider("cannot_listen") from error
        stats = self.crawler.stats
        self._feed = Feed(lambda: stats.get_stats() if stats else {}, datetime.now(UTC))
        self._process.begin(self._feed)
        if not self._process.is_shared:
            self._task = asyncio.ensure_future(self._process.tell(self._figures))

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """The latest figures are those after the end: of the run, and of the delivery of its events."""
        self._reason = reason
        await stopped([self._task] if self._task else [])
        await RunRecord.of(self.crawler).ended.wait()
        if delivery := self.crawler.get_extension(EventDelivery):
            await delivery.ended.wait()
        if self._process is not None and not self._process.is_shared:
            self._process.looked(await self._figures())

    async def engine_stopped(self) -> None:
        """Everything is counted."""
        if self._process is not None and self._feed is not None:
            self._process.end(self._feed, exit_status(self._feed.stats(), self._reason))
        await self._stack.aclose()

    async def _figures(self) -> Figures | None:
        database, now = Database.of(self.crawler), datetime.now(UTC)
        if database.outage.is_on:
            return None
        return await Operating(database.at_once).look(now, SinkOptions.of(self.crawler.settings).webhooks)
