"""What a crawl does, on the terminal while it goes on: see ``crawler.display``."""

import asyncio
import atexit
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.display import Counted, Run, lines, sites_that_fit, total
from crawler.engine import is_closing
from crawler.extensions.site_ledger import ledger_of
from crawler.ledger import Account, Ledger
from crawler.screen import Screen, is_fit
from crawler.speed import Speed
from crawler.spiders.outlook import Outlook, outlook
from crawler.spiders.wordpress import WordpressSpider
from crawler.stats import counts

SECONDS = 0.25
"""Between two looks. What has not changed is not drawn."""

_ALL = ""
"""The key of the speed of all sites together."""


class Progress:
    """Extension: draws on standard error if it is a terminal, below the lines of the log. Off with PROGRESS=0.

    Nothing is drawn where articles are written to the same terminal (``-O -:jsonl``).
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        is_shared = sys.stdout.isatty() and {"-", "stdout:"} & {str(uri) for uri in settings.getdict("FEEDS")}
        if not settings.getbool("PROGRESS") or is_shared or not is_fit(sys.stderr):
            raise NotConfigured
        self.crawler = crawler
        self.screen = Screen(sys.stderr)
        self._began = time.monotonic()
        self._speeds: dict[str, Speed] = {}
        self._shown: list[str] = []
        self._handlers: list[logging.StreamHandler[Any]] = []
        self._timer: asyncio.TimerHandle | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self, spider: Spider) -> None:
        """Begin, and have the log scroll above."""
        if (ledger := ledger_of(spider)) is None:
            return
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                self._handlers.append(handler)
                self._handlers[-1].setStream(self.screen)
        atexit.register(self.end)  # whoever is interrupted twice closes no spider
        self._look(spider, ledger)

    def spider_closed(self) -> None:
        """Before the closing table."""
        self.end()

    def end(self) -> None:
        """The terminal is as it would be without this."""
        if self._timer:
            self._timer.cancel()
        self.screen.clear()
        while self._handlers:
            self._handlers.pop().setStream(sys.stderr)
        atexit.unregister(self.end)

    def _look(self, spider: Spider, ledger: Ledger) -> None:
        size, now = self.screen.size, time.monotonic()
        accounts = ledger.latest(sites_that_fit(size.lines), self._shown)
        self._shown = list(accounts)
        self._speeds = {site: self._speeds.get(site) or Speed() for site in (_ALL, *self._shown)}
        sites = [self._counted(spider, site, account, now) for site, account in accounts.items()]
        self.screen.draw(lines(sites, *self._whole(spider, sites, now), size.columns - 1))
        self._timer = asyncio.get_running_loop().call_later(SECONDS, self._look, spider, ledger)

    def _counted(self, spider: Spider, site: str, account: Account, now: float) -> Counted:
        crawl = spider.crawl_of(site) if isinstance(spider, WordpressSpider) else None
        ahead = outlook(crawl.progress, crawl.rest.total) if crawl else Outlook(account.found, None)
        return Counted(
            site=site,
            posts=ahead.posts,
            left=ahead.left,
            read=account.found,
            stored=account.stored,
            requests=account.requests,
            errors=account.errors,
            per_second=self._speeds[site].saw(now, account.stored),
        )

    def _whole(self, spider: Spider, sites: Sequence[Counted], now: float) -> tuple[Counted, Run]:
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        told = getattr(spider, "arguments", None)
        run = Run(
            spider=spider.name,
            seconds=now - self._began,
            given=max(counts(stats, "sites").get("given", 0), len(getattr(told, "start_urls", ()))),
            under_way=len(spider.starts) if isinstance(spider, WordpressSpider) else 1,
            is_closing=is_closing(self.crawler),
        )
        whole = total(stats, sites, run)
        return replace(whole, per_second=self._speeds[_ALL].saw(now, whole.stored)), run
