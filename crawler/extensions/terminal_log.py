"""Nothing that is logged commands a terminal: neither a URL nor what a server said."""

import logging

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.log_lines import JsonLines, Printable


class TerminalLog:
    """Extension: gives the handlers that write to terminals their formatter. Twice: see ``extensions.secrets``."""

    def __init__(self, crawler: Crawler) -> None:
        self.spider_opened()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "TerminalLog":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Every handler that there is; JSON has no control characters."""
        for handler in logging.root.handlers:
            formatter = handler.formatter
            is_shown = isinstance(handler, logging.StreamHandler) and handler.stream.isatty()
            if is_shown and formatter and not isinstance(formatter, Printable | JsonLines):
                handler.setFormatter(Printable(formatter))
