"""One run at a time for each host."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.extensions.run_record import RunRecord
from crawler.failures import LockLostError
from crawler.hosts import host_of
from crawler.stats import Stats
from crawler.urls import site_host, site_id


class SiteLock:
    """Spider middleware: a start request goes out when this run has the lock of its host.

    Not of Scrapy's base class, which would lay one more asynchronous generator around every article and request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SiteLock":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start requests of hosts that nobody else crawls."""
        async for request in start:
            if not isinstance(request, Request) or await self._has(request):
                yield request
            else:
                Stats(self._crawler).site("locked")

    async def _has(self, request: Request) -> bool:
        return await RunRecord.of(self._crawler).has(site_host(site_id(request.url)))


class LostLock:
    """Downloader middleware: nothing more is fetched from a host that another run has taken over."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LostLock":
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises LockLostError."""
        if RunRecord.of(self._crawler).has_lost(host_of(request)):
            raise LockLostError(request.url)
