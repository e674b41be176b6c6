"""Who asks: the worker and its fencing number, so that the sites of a drill can tell.

Each worker is a machine of its own here: on one and the same it would see at once that a process has ended.
"""

import os
import socket

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.extensions.run_record import RunRecord

_WORKER = os.environ.get("DRILL_WORKER", "")
if _WORKER:
    socket.gethostname = lambda: _WORKER


class Mark:
    """Downloader middleware of the drills."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Mark":
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Two headers."""
        fence = RunRecord.of(self._crawler).fence
        request.headers["X-Worker"] = _WORKER
        request.headers["X-Token"] = str(fence.token if fence else 0)
