"""Requests and stored articles, counted by site."""

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from crawler.hosts import host_of
from crawler.items import Article
from crawler.ledger import Ledger


class SiteLedger:
    """Extension: fills the ledger of the spider with what happens outside of it."""

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self.request_sent, signal=signals.request_reached_downloader)
        crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteLedger":
        """Scrapy's constructor."""
        return cls(crawler)

    def request_sent(self, request: Request, spider: Spider) -> None:
        """One more, whatever is answered."""
        ledger = ledger_of(spider)
        start = request.meta.get("start")
        site = request.meta.get("site") or (start.site if start else host_of(request))  # robots.txt is of a host
        if ledger is not None and (start or "site" in request.meta or site in ledger):
            ledger.of(site).requests += 1

    def item_scraped(self, item: Article, spider: Spider) -> None:
        """An article went through the pipelines, and so is stored."""
        ledger = ledger_of(spider)
        if ledger is not None and item.change:
            ledger.of(item.site).changes[item.change.kind] += 1


def ledger_of(spider: Spider | None) -> Ledger | None:
    """That of our spiders; others have none."""
    ledger = getattr(spider, "ledger", None)
    return ledger if isinstance(ledger, Ledger) else None
