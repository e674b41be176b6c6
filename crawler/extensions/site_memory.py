"""What a crawl learned of each site is kept in ``sites``: asked for when everything it read is stored."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from pymongo.errors import PyMongoError
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.events import SiteEvent
from crawler.extensions.run_record import RunRecord
from crawler.failures import NotStoredError
from crawler.items import Article, Missing
from crawler.layout import layout_events
from crawler.middlewares.conduct import Conduct
from crawler.polite.conduct import Ending, Left
from crawler.schedule import Schedule
from crawler.site_changes import site_events
from crawler.site_record import SiteRecord
from crawler.spiders.learned import Around, Lost, failed, learned, left
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.starts import Start
from crawler.spiders.wordpress import WordpressSpider
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.database import Database
from crawler.storage.events import Events
from crawler.storage.leases import LeaseLost
from crawler.storage.sites import Sites
from crawler.urls import site_host, site_id

logger = logging.getLogger(__name__)


_TOO_FEW = (
    "%s: the lists of its posts took all requests that MAX_REQUESTS_PER_SITE allows, and nothing new was read: with as"
    " few, no crawl comes to its end"
)


class SiteMemory:
    """Extension: what the next crawl of a site need not find out again.

    Nothing is kept of a run that was interrupted, and of a site whose crawl broke off with an error, or of which
    something could not be stored, only that it was so: the next one begins where it began. What lists name and was
    stored it does not read again, since the crawl said that it began (``SiteCrawl``).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.schedule = Schedule.from_settings(crawler.settings)
        crawler.signals.connect(self.spider_error, signal=signals.spider_error)
        crawler.signals.connect(self.item_error, signal=signals.item_error)
        crawler.signals.connect(self.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

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

    def item_scraped(self, item: Article, spider: Spider) -> None:
        """An article was stored: what its reading shows counts for the layout of its site."""
        if isinstance(spider, WordpressSpider) and (crawl := spider.crawl_of(item.site)):
            crawl.readings.saw(item)

    async def keep(self, crawl: SiteCrawl) -> None:
        """Keep what the crawl of a site has taught, if it was to get all that there is. Raises PyMongoError."""
        if not crawl.progress.is_whole or crawl.broken == "lock_lost":
            return  # what there is to keep is for the run that has the lock
        if crawl.broken:
            await self._keep_failure(crawl.before, crawl.broken, crawl.start)
        else:
            await self._keep_learned(crawl)

    async def keep_lost(self, lost: Lost) -> None:
        """Keep that a crawl did not get into the site of a start URL."""
        start = lost.start
        try:
            found = await Sites(Database.of(self.crawler).db).find(start.site)
            await self._keep_failure(
                found or SiteRecord(id=start.site, url=start.url), lost.reason, start, blocked=lost.is_blocked
            )
        except LeaseLost as error:
            logger.error("%s; that it was lost is left to that one", error)  # noqa: TRY400 - it is understood
        except PyMongoError as error:
            Stats(self.crawler).storage_failed()
            logger.error("%s: that it was lost could not be kept: %s", start.url, type(error).__name__)  # noqa: TRY400

    def _ending_of(self, site: str) -> Ending | None:
        return Conduct.of(self.crawler).ending_of(site)

    async def _keep_learned(self, crawl: SiteCrawl) -> None:
        database = Database.of(self.crawler).db
        articles = Articles(database)
        around = Around(
            now=datetime.now(UTC).replace(microsecond=0),
            schedule=self.schedule,
            published=await articles.latest_published(crawl.record.id),
            new=await articles.count_changed_since(crawl.record.id, crawl.began),
            ending=self._ending_of(crawl.record.id),
        )
        after = left(crawl, around, around.ending) if around.ending else learned(crawl, around)
        if around.ending and around.ending.why is Left.REQUEST_LIMIT and not around.new:
            logger.warning(_TOO_FEW, crawl.record.id)
        if around.new:
            logger.info("%s: %d articles are new, changed or gone", crawl.record.id, around.new)
        await self._save(crawl.before, after, around, crawl.start)
        if crawl.started_as != crawl.record.id:
            await Sites(database).adopt(crawl.started_as, crawl.record.id, RunRecord.of(self.crawler).fence)

    async def _keep_failure(self, record: SiteRecord, why: str, start: Start, *, blocked: bool = False) -> None:
        ending = self._ending_of(site_id(start.url)) or self._ending_of(record.id)
        around = Around(now=datetime.now(UTC).replace(microsecond=0), schedule=self.schedule, ending=ending)
        await self._save(record, failed(record, why, around, blocked=blocked), around, start)

    async def _save(self, before: SiteRecord, after: SiteRecord, around: Around, start: Start) -> None:
        """Told first, remembered then: a kill in between has the next crawl tell the same again, with the same id.

        Raises LeaseLost if another run crawls the host by now: this process may have been frozen.
        """
        record = RunRecord.of(self.crawler)
        if not await record.is_sure_of(site_host(after.id)):
            raise LeaseLost(f"{after.id} is another run's")
        database = Database.of(self.crawler).db
        broken = list(layout_events(after.id, before.layout, after.layout, around.now))
        await Events(database).append_missing([*site_events(before, after, around.now), *broken])
        self._tell_layout(broken)
        await Sites(database).save(before, after, start.at, record.fence)

    def _tell_layout(self, events: Sequence[SiteEvent]) -> None:
        for event in events:
            logger.error(
                "%s: its layout seems to have changed: posts do not show %s any more, such as %s",
                event.site, ", ".join(event.fields), event.url,
            )  # fmt: skip
        if events:
            Stats(self.crawler).site("layout_changed")


def _break(spider: Spider, site: str, why: str) -> None:
    crawl = spider.crawl_of(site) if isinstance(spider, WordpressSpider) else None
    if crawl:
        crawl.broken = why
