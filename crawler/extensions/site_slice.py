"""A worker crawls a site for a while, and then the others that wait: what is left is remembered for the next slice."""

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import CallLaterResult, call_later

from crawler.middlewares.conduct import Conduct
from crawler.polite.conduct import Ending, Left
from crawler.work.crawler import SiteCrawler


class SiteSlice:
    """Extension of a worker's crawls: ends one after ``WORK_SLICE_SECONDS`` or ``WORK_SLICE_REQUESTS``; 0: never."""

    def __init__(self, crawler: Crawler) -> None:
        if not isinstance(crawler, SiteCrawler):
            raise NotConfigured
        self.crawler = crawler
        self._seconds = crawler.settings.getfloat("WORK_SLICE_SECONDS")
        self._requests = crawler.settings.getint("WORK_SLICE_REQUESTS")
        self._asked = 0
        self._timer: CallLaterResult | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(self.request_reached_downloader, signal=signals.request_reached_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteSlice":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """The slice begins."""
        if self._seconds:
            self._timer = call_later(self._seconds, self.end, "slice_seconds")

    def spider_closed(self) -> None:
        """It was long enough."""
        if self._timer is not None:
            self._timer.cancel()

    def request_reached_downloader(self) -> None:
        """One more."""
        self._asked += 1
        if self._asked == self._requests:
            self.end("slice_requests")

    def end(self, reason: str) -> None:
        """Ask the site nothing more; what is under way comes to its end."""
        Conduct.of(self.crawler).leave_all(Ending(Left.SLICE, reason))
