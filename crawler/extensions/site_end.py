"""The crawl of each site ends by itself: a slow site keeps no other one from being remembered, and from other runs."""

import asyncio
import contextlib
import logging

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from crawler.engine import is_closing
from crawler.extensions.browser import Browser
from crawler.extensions.run_record import RunRecord
from crawler.extensions.site_memory import SiteMemory
from crawler.extensions.sweep import unseen
from crawler.middlewares.conduct import Conduct
from crawler.middlewares.robots import RobotsTxt
from crawler.scheduler import SiteScheduler, is_of
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.starts import Start
from crawler.spiders.wordpress import WordpressSpider
from crawler.stats import Stats
from crawler.storage.leases import LeaseLost
from crawler.urls import site_host, site_id

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Between two looks at which sites are done. A look costs microseconds for each site that is not."""


class SiteEnd:
    """Extension: when the last request of a site is done, the site is swept and remembered, and its lock given back.

    A run that is interrupted ends none: what it has not ended, the next one begins where this one began.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._watch: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteEnd":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:
        """Look from time to time, from now on."""
        if isinstance(spider, WordpressSpider):
            self._watch = asyncio.ensure_future(self._watch_over(spider))

    def spider_idle(self, spider: Spider) -> None:
        """All that is left is done: look at once. Raises DontCloseSpider while a site has not ended."""
        is_watched = self._watch is not None and not self._watch.done()
        if isinstance(spider, WordpressSpider) and (spider.crawls or spider.lost) and is_watched:
            self._wake.set()
            raise DontCloseSpider

    async def spider_closed(self, spider: Spider) -> None:
        """What is under way comes to its end."""
        self._wake.set()
        if self._watch is not None:
            await self._watch

    async def _watch_over(self, spider: WordpressSpider) -> None:
        while not is_closing(self.crawler):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_SECONDS)
            was_idle = self._wake.is_set()
            self._wake.clear()
            await self._end_sites(spider)
            if was_idle and self.crawler.engine and self.crawler.engine._slot:  # noqa: SLF001 - else it looks in 5 s
                self.crawler.engine._slot.nextcall.schedule()  # noqa: SLF001

    def _is_busy(self, site: str) -> bool:
        """Whether a request of a site waits, is under way, or was answered with articles that are not stored yet."""
        slot = self.crawler.engine._slot if self.crawler.engine else None  # noqa: SLF001 - no public word
        if slot is None or any(is_of(request, site) for request in slot.inprogress):
            return True
        waiting = slot.scheduler
        return waiting.requests_of(site) > 0 if isinstance(waiting, SiteScheduler) else waiting.has_pending_requests()

    async def _end_sites(self, spider: WordpressSpider) -> None:
        for crawl in list(spider.crawls.values()):
            if not is_closing(self.crawler) and not self._is_busy(crawl.visit.site):
                await self._end(spider, crawl)
        while spider.lost and not is_closing(self.crawler):
            _, lost = spider.lost.popitem()
            await SiteMemory.of(self.crawler).keep_lost(lost)
            await self._end_start(spider, lost.start)
        crawled = [crawl.start for crawl in spider.crawls.values()]
        for start in [one for one in spider.starts.values() if one.is_sent and one not in crawled]:
            if not is_closing(self.crawler) and not self._is_busy(start.site):  # it led to no crawl
                await self._end_start(spider, start)

    async def _end_start(self, spider: WordpressSpider, start: Start) -> None:
        spider.over(start)
        self._forget(start.site)  # it may have been asked something before its home was not found any more
        await self._release(spider, site_id(start.url))

    def _forget(self, site: str) -> None:
        """The next crawl of a site asks for the same again."""
        if (engine := self.crawler.engine) and isinstance(engine.scheduler, SiteScheduler):
            engine.scheduler.forget(site)

    async def _end(self, spider: WordpressSpider, crawl: SiteCrawl) -> None:
        if RunRecord.of(self.crawler).has_lost(crawl.visit.site):
            crawl.broken = "lock_lost"
        try:
            if await self._sweep(spider, crawl):
                return
            await SiteMemory.of(self.crawler).keep(crawl)
        except LeaseLost as error:
            logger.error("%s; what was learned of it is left to that one", error)  # noqa: TRY400 - it is understood
            crawl.broken = "lock_lost"
        except Exception as error:  # whatever it is, the other sites and the run come to their end
            Stats(self.crawler).storage_failed()
            logger.exception("%s: what was learned could not be kept: %s", crawl.visit.site, type(error).__name__)
            crawl.broken = crawl.broken or "not_stored"
        spider.end(crawl)
        self._forget(crawl.visit.site)
        for site in {crawl.visit.site, site_id(crawl.start.url)}:
            await self._release(spider, site, is_whole=crawl.broken != "not_stored")

    async def _sweep(self, spider: WordpressSpider, crawl: SiteCrawl) -> bool:
        """Whether articles are looked after now, so that the site has not ended yet."""
        if crawl.is_swept:
            return False
        crawl.is_swept = True
        is_left = Conduct.of(self.crawler).ending_of(crawl.visit.site) is not None
        candidates = [] if is_left else await unseen(crawl)
        if self.crawler.engine and not is_closing(self.crawler):
            for candidate in candidates:
                self.crawler.engine.crawl(spider.request(candidate, crawl.progress))
        return bool(candidates)

    async def _release(self, spider: WordpressSpider, site: str, *, is_whole: bool = True) -> None:
        host = site_host(site)
        open_sites = [*spider.crawls, *(site_id(start.url) for start in spider.starts.values())]
        if host in map(site_host, open_sites):
            return
        if robots := self.crawler.get_downloader_middleware(RobotsTxt):
            robots.forget(host)
            robots.forget(f"www.{host}")
        await Browser.of(self.crawler).leave(host)
        Conduct.of(self.crawler).forget(host)
        await RunRecord.of(self.crawler).release(host, is_whole=is_whole)
