"""The table at the end of a crawl: what was found, what happened to it, and where it is."""

import sys
import time
from collections.abc import Sequence
from shutil import get_terminal_size

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.closing import browser_hint, closing_rows, empty_hint
from crawler.exit_status import MEANINGS, exit_status
from crawler.extensions.browser import Browser
from crawler.extensions.run_record import RunRecord
from crawler.extensions.site_ledger import ledger_of
from crawler.redaction import redact as redact_urls
from crawler.start_urls import as_written
from crawler.stats import counts
from crawler.storage.database import Database

_HINT = "Look at them:  make articles, or make db (then mongosh or a notebook: docs/queries.md)"

_MOST_NAMED = 5


class ClosingTable:
    """Extension: prints to standard output when the run has ended, with all that it still had to write: what people
    read last is how it ended. Off with CLOSING_TABLE=0.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("CLOSING_TABLE"):
            raise NotConfigured
        self.crawler = crawler
        self.started = time.monotonic()
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ClosingTable":
        """Scrapy's constructor."""
        return cls(crawler)

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Print the table."""
        await RunRecord.of(self.crawler).ended.wait()
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        status = exit_status(stats, reason)
        rows = closing_rows(stats, time.monotonic() - self.started)
        rows += [("result", f"{MEANINGS[status]} (exit status {status})"), ("articles", self._where())]
        arguments = getattr(spider, "arguments", None)
        sites = _named([*map(as_written, getattr(arguments, "start_urls", ()))]) or "the sites that are due"
        each = self._sites(spider)
        hint = ["", _HINT] if counts(stats, "articles").get("found") else []
        for told in filter(None, (empty_hint(status), browser_hint(stats, self._no_browser()))):
            hint += ["", told]
        sys.stdout.write("\n".join(["", f"{spider.name}: {redact_urls(sites)}", *_lines(rows), *each, *hint]) + "\n")
        sys.stdout.flush()

    def _sites(self, spider: Spider) -> list[str]:
        if (ledger := ledger_of(spider)) is None or len(ledger.accounts()) < 2:
            return []
        from crawler.closing_sites import site_lines  # noqa: PLC0415 - it measures cells by rich, which starts slowly

        width = get_terminal_size().columns - 2 if sys.stdout.isatty() else None
        rows = site_lines(ledger.accounts(), ledger.forgotten, width)
        return ["", *(f"  {row}" for row in rows)] if rows else []

    def _no_browser(self) -> str:
        """Why no page was opened in one."""
        browser = self.crawler.get_extension(Browser)
        return (browser.missing if browser else None) or "-a browser=0 forbids one"

    def _where(self) -> str:
        return f"{Database.of(self.crawler).where}, collection articles"


def _named(urls: Sequence[str]) -> str:
    more = [f"and {len(urls) - _MOST_NAMED:,} more"] if len(urls) > _MOST_NAMED else []
    return ", ".join([*urls[:_MOST_NAMED], *more])


def _lines(rows: list[tuple[str, str]]) -> list[str]:
    width = max(len(label) for label, _ in rows)
    return [f"  {label:<{width}}  {value}" for label, value in rows]
