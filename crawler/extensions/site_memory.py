"""What a crawl learned of each site is kept in ``sites``: asked for when everything it read is stored."""

import logging
from datetime import UTC, datetime

from pymongo.errors import PyMongoError
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.failures import NotStoredError
from crawler.items import Article, Missing
from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.learned import Around, failed, learned
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.starts import Start
from crawler.spiders.wordpress import WordpressSpider
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.database import Database
from crawler.storage.sites import Sites

logger = logging.getLogger(__name__)


class SiteMemory:
    """Extension: what the next crawl of a site need not find out again.

    Nothing is kept of a run that was interrupted, and of a site whose crawl broke off with an error, or of which
    something could not be stored, only that it was so: the next one begins where it began.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.schedule = Schedule.from_settings(crawler.settings)
        crawler.signals.connect(self.spider_error, signal=signals.spider_error)
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.item_dropped, signal=signals.item_dropped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteMemory":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "SiteMemory":
        """The one of this crawl."""
        memory = crawler.get_extension(cls)
        if memory is None:
            raise RuntimeError("crawler.extensions.site_memory.SiteMemory is missing from EXTENSIONS")
        return memory

    def spider_error(self, response: Response | Failure, spider: Spider) -> None:
        """A callback raised: requests that it would have made were not made."""
        request = getattr(response, "request", None)  # of a Failure, too: Scrapy sets it before every errback
        if isinstance(request, Request):
            _break(spider, str(request.meta.get("site")), "exception")

    def item_error(self, item: Article | Missing, spider: Spider) -> None:
        """A pipeline raised: an article was lost."""
        _break(spider, item.site, "exception")

    def item_dropped(self, item: Article | Missing, exception: Exception, spider: Spider) -> None:
        """An article may have been dropped because the database refused it."""
        if isinstance(exception, NotStoredError):
            _break(spider, item.site, "not_stored")

    async def keep(self, crawl: SiteCrawl) -> None:
        """Keep what the crawl of a site has taught, if it was to get all that there is. Raises PyMongoError."""
        if not crawl.progress.is_whole:
            return
        if crawl.broken:
            await self._keep_failure(crawl.before, crawl.broken, crawl.start)
        else:
            await self._keep_learned(crawl)

    async def keep_lost(self, start: Start, why: str) -> None:
        """Keep that a crawl did not get into the site of a start URL."""
        try:
            found = await Sites(Database.of(self.crawler).db).find(start.site)
            await self._keep_failure(found or SiteRecord(id=start.site, url=start.url), why, start)
        except PyMongoError as error:
            Stats(self.crawler).storage_failed()
            logger.error("%s: that it was lost could not be kept: %s", start.url, type(error).__name__)  # noqa: TRY400

    async def _keep_learned(self, crawl: SiteCrawl) -> None:
        database = Database.of(self.crawler).db
        articles = Articles(database)
        around = Around(
            now=datetime.now(UTC).replace(microsecond=0),
            schedule=self.schedule,
            published=await articles.latest_published(crawl.record.id),
            new=await articles.count_changed_since(crawl.record.id, crawl.began),
        )
        sites = Sites(database)
        await sites.save(crawl.before, learned(crawl, around), crawl.start.at)
        if crawl.started_as != crawl.record.id:
            await sites.adopt(crawl.started_as, crawl.record.id)

    async def _keep_failure(self, record: SiteRecord, why: str, start: Start) -> None:
        around = Around(now=datetime.now(UTC).replace(microsecond=0), schedule=self.schedule)
        after = failed(record, why, around, blocked=why == "blocked")
        await Sites(Database.of(self.crawler).db).save(record, after, start.at)


def _break(spider: Spider, site: str, why: str) -> None:
    crawl = spider.crawl_of(site) if isinstance(spider, WordpressSpider) else None
    if crawl:
        crawl.broken = why
