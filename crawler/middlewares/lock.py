"""One run at a time for each host."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.extensions.run_record import RunRecord
from crawler.stats import Stats
from crawler.urls import site_host, site_id


class SiteLock(BaseSpiderMiddleware):
    """Spider middleware: a start request goes out when this run has the lock of its host."""

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start requests of hosts that nobody else crawls."""
        async for request in start:
            if not isinstance(request, Request) or await self._has(request):
                yield request
            else:
                Stats(self.crawler).site("locked")

    async def _has(self, request: Request) -> bool:
        return await RunRecord.of(self.crawler).has(site_host(site_id(request.url)))
