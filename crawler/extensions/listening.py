"""What a process that listens does besides crawling: it receives pushes, and asks to be told of news."""

import asyncio
import logging
from datetime import UTC, datetime

from pymongo.errors import PyMongoError
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from twisted.internet.error import CannotListenError

from crawler.engine import is_closing
from crawler.extensions.subscriber import Subscriber
from crawler.middlewares.conduct import Conduct
from crawler.push.options import Options
from crawler.push.receiver import Receiver
from crawler.spiders.listen import ListenSpider
from crawler.stats import Stats
from crawler.storage.database import Database
from crawler.storage.following import FollowedSites

logger = logging.getLogger(__name__)

_TICK_SECONDS = 0.5


class Listening:
    """Extension that ``listen`` names: a receiver for as long as the spider is open and nobody wants it to end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.options = Options.of(crawler.settings)
        self._refresh_seconds = crawler.settings.getfloat("LISTEN_REFRESH_SECONDS")
        self._stats = Stats(crawler)
        self._receiver: Receiver | None = None
        self._tasks: list[asyncio.Task[None]] = []
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Listening":
        """Scrapy's constructor. Raises ValueError for a setting that is none."""
        return cls(crawler)

    async def spider_opened(self, spider: ListenSpider) -> None:
        """Listen. Raises CloseSpider if that cannot be."""
        following = FollowedSites(Database.of(self.crawler).db, self._stats.pushed, spider.pushed)
        try:
            await following.load()
        except PyMongoError as error:
            logger.error("The list of sites cannot be read: %s", type(error).__name__)  # noqa: TRY400
            raise CloseSpider("storage_failed") from error
        self._receiver = Receiver(self.options, following)
        try:
            self._receiver.listen()
        except CannotListenError as error:
            logger.error(  # noqa: TRY400 - nothing but this is to be understood
                "Cannot listen on %s:%d (%s). Is another scrapy crawl listen running? Stop it, or take another port "
                "with -s PUSH_PORT=…", self.options.host, self.options.port, error.socketError,
            )  # fmt: skip
            raise CloseSpider("cannot_listen") from error
        self._stats.pushed("listening")
        self._tasks = [
            asyncio.ensure_future(self._watch(spider)),
            asyncio.ensure_future(self._keep_up(spider, following)),
        ]

    async def spider_closed(self, spider: Spider) -> None:
        """What was accepted is stored; nothing more is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close()

    async def _watch(self, spider: ListenSpider) -> None:
        """When the crawl is being ended, what is in flight is waited for: no pushes are taken meanwhile."""
        while not is_closing(self.crawler):  # noqa: ASYNC110 - Scrapy has no signal for the beginning of the end
            await asyncio.sleep(_TICK_SECONDS)
        spider.wake()
        await self._close()

    async def _close(self) -> None:
        if receiver := self._receiver:
            self._receiver = None
            await receiver.close()

    async def _keep_up(self, spider: ListenSpider, following: FollowedSites) -> None:
        """Again and again: read the list, ask those to tell of news who would."""
        subscriber = Subscriber(self.crawler, self.options, following)
        while True:
            try:
                await following.refresh()
                for url in following.start_urls:  # rssCloud is asked on a site's own host, maybe before it is looked at
                    spider.named(url)
                if self.options.url and not Conduct.of(self.crawler).quiet_until(datetime.now(UTC)):
                    await subscriber.round()
            except PyMongoError as error:
                self._stats.pushed("failed/refresh")
                logger.warning("The list of sites could not be read again: %s", type(error).__name__)
            except Exception:  # whatever it is, the next round may go well
                self._stats.pushed("failed/refresh")
                logger.exception("What is arranged for the sites of the list could not be brought up to date")
            await asyncio.sleep(self._refresh_seconds)
