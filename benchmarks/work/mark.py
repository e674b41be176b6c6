"""Who asks: the worker and its fencing number, so that the sites of a drill can tell."""

import os

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.extensions.run_record import RunRecord


class Mark:
    """Downloader middleware of the drills."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._worker = os.environ.get("DRILL_WORKER", "")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Mark":
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Two headers."""
        fence = RunRecord.of(self._crawler).fence
        request.headers["X-Worker"] = self._worker
        request.headers["X-Token"] = str(fence.token if fence else 0)
