"""What a crawl costs its process, measured in it by an add-on of Scrapy's: nothing else about the crawl changes."""

import json
import resource
from collections import Counter
from pathlib import Path
from time import process_time
from typing import Any

from pymongo import monitoring
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

_SAMPLED_EVERY = 250
"""Responses between two looks at the memory."""

_SCRAPYS_OWN = {
    "DOWNLOADER_MIDDLEWARES": {},
    "SPIDER_MIDDLEWARES": {},
    "EXTENSIONS": {},
    "ITEM_PIPELINES": {},
    "DOWNLOAD_HANDLERS": {},
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.RFPDupeFilter",
    "ROBOTSTXT_OBEY": False,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0.0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
}
"""The project's settings without what the project adds; as many requests at once as it sends to this machine."""


class Bare:
    """Add-on: no component of the project."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Scrapy's hook. Above the project's priority, which is above that of add-ons."""
        for name, value in _SCRAPYS_OWN.items():
            settings.set(name, value, priority="cmdline")


class Metered:
    """Add-on: ``Meter`` is one more extension."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Scrapy's hook."""
        settings["EXTENSIONS"].set(Meter, 0, priority="cmdline")


class Commands(monitoring.CommandListener):
    """Counts what is sent to the database."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """One more."""
        self.sent[event.command_name] += 1

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """It was counted."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """It was counted."""


_COMMANDS = Commands()


class Meter:
    """Extension: writes to ``SPEED_FILE``, as JSON, what ``costs.Cost`` reads."""

    def __init__(self, crawler: Crawler) -> None:
        if not (file := crawler.settings["SPEED_FILE"]):
            raise NotConfigured
        self._file = Path(file)
        self._crawler = crawler
        self._began = 0.0
        self._responses = 0
        self._resident: list[int] = []
        monitoring.register(_COMMANDS)
        crawler.signals.connect(self._begin, signal=signals.engine_started)
        crawler.signals.connect(self._sample, signal=signals.response_received)
        crawler.signals.connect(self._end, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Meter":
        """Scrapy's constructor."""
        return cls(crawler)

    def _begin(self) -> None:
        self._began = process_time()
        _COMMANDS.sent.clear()

    def _sample(self) -> None:
        self._responses += 1
        if self._responses % _SAMPLED_EVERY == 0:
            self._resident.append(_resident())

    def _end(self) -> None:
        stats: dict[str, Any] = self._crawler.stats.get_stats() if self._crawler.stats else {}
        told = {
            "seconds": process_time() - self._began,
            "responses": self._responses,
            "articles": stats.get("presswalk/articles/added", 0),
            "commands": dict(_COMMANDS.sent),
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "resident": self._resident,
        }
        self._file.write_text(json.dumps(told))


def _resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
