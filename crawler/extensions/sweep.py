"""After a whole crawl: what became of the stored articles that no page led to?"""

import asyncio
import logging

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from crawler.extensions.run_record import RunRecord
from crawler.routes.candidates import Candidate, Role
from crawler.spiders.base import SWEEP, SiteSpider
from crawler.spiders.progress import SiteProgress
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.database import Database

logger = logging.getLogger(__name__)


class Sweep:
    """Extension: asks for every stored article of a site that a whole crawl of it did not come by.

    It is there still (and was merely linked nowhere), or it answers 404 or 410 and is on its way to ``gone``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Sweep":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_idle(self, spider: Spider) -> None:
        """Sweep once, when everything else is done. Raises DontCloseSpider while that is under way."""
        if not isinstance(spider, SiteSpider) or not any(site.tally.seen for site in spider.whole_sites()):
            return
        if self._task is None:
            self._task = asyncio.ensure_future(self._sweep(spider))
        if not self._task.done():
            raise DontCloseSpider
        if error := self._task.exception():
            Stats(self.crawler).storage_failed()
            logger.error("the articles that were not seen could not be looked up: %s", error)

    async def _sweep(self, spider: SiteSpider) -> None:
        for progress in spider.whole_sites():
            if progress.tally.seen:
                await self._sweep_site(spider, progress)
        if self.crawler.engine and self.crawler.engine._slot:  # noqa: SLF001 - else the engine looks again in 5 s
            self.crawler.engine._slot.nextcall.schedule()  # noqa: SLF001

    async def _sweep_site(self, spider: SiteSpider, progress: SiteProgress) -> None:
        articles = Articles(Database.of(self.crawler).db)
        run = RunRecord.of(self.crawler)
        found = articles.not_seen_since(progress.site, run.started_at, progress.types)
        unseen = [known async for known in found]
        wanted = [(url, wp_id) for url, wp_id in unseen if url not in progress.requested]
        if wanted and self.crawler.engine:
            logger.info("%s: looking after %d stored articles that no route led to", progress.site, len(wanted))
            for url, wp_id in wanted:
                progress.requested.add(url)
                candidate = Candidate(url, Role.POST, SWEEP, wp_id=wp_id)
                self.crawler.engine.crawl(spider.request(candidate, progress))
