"""When the crawl of a site began: a process may live for weeks and crawl it a thousand times."""

from datetime import datetime
from typing import Protocol, runtime_checkable

from scrapy.crawler import Crawler


@runtime_checkable
class CrawlsSites(Protocol):
    """A spider that crawls sites one by one, each with a beginning of its own."""

    def began(self, site: str) -> datetime | None:
        """When the crawl of a site began that is under way; None if none is."""


def crawl_began(crawler: Crawler, site: str) -> datetime | None:
    """In whole seconds: the beginning of the crawl of this site, or else that of the run; None before it."""
    began = crawler.spider.began(site) if isinstance(crawler.spider, CrawlsSites) else None
    opened = crawler.stats.get_value("start_time") if crawler.stats else None
    return began or (opened.replace(microsecond=0) if opened else None)
