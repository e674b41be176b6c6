"""Log lines are JSON with LOG_AS=json, and text that commands no terminal otherwise."""

import logging

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.log_lines import Printable, log_formatter


class LogFormat:
    """Extension: gives the handlers of the log their formatter. Twice: see ``extensions.secrets``."""

    def __init__(self, crawler: Crawler) -> None:
        self._name = str(crawler.settings["LOG_AS"])
        self.spider_opened()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LogFormat":
        """Scrapy's constructor."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Every handler that there is."""
        format_log(self._name)


def format_log(name: str) -> None:
    """Have the log written as ``LOG_AS`` says: to files and pipes, and to terminals."""
    chosen = log_formatter(name)
    for handler in logging.root.handlers:
        if not isinstance(handler, logging.StreamHandler):
            continue
        if chosen:
            handler.setFormatter(chosen)
        elif handler.formatter and not isinstance(handler.formatter, Printable) and handler.stream.isatty():
            handler.setFormatter(Printable(handler.formatter))
