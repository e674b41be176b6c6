"""A fault of our own, to be switched on with a setting: what a crawl does then."""

import json
from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response


class RaiseAt:
    """Spider middleware: the callback for a URL with ``RAISE_AT`` in it raises once it has told all."""

    def __init__(self, part: str) -> None:
        self.part = part

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RaiseAt":
        """Scrapy's constructor."""
        if not crawler.settings["RAISE_AT"]:
            raise NotConfigured
        return cls(crawler.settings["RAISE_AT"])

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What the callback tells; then raise, if it is the one."""
        async for output in result:
            yield output
        if self.part in response.url:
            raise RuntimeError(f"raised at {response.url}")


def raising_at(part: str) -> list[str]:
    """Options of ``scrapy crawl``."""
    middlewares = {"crawler.middlewares.lock.SiteLock": 10, f"{__name__}.RaiseAt": 20}
    return ["-s", f"RAISE_AT={part}", "-s", f"SPIDER_MIDDLEWARES={json.dumps(middlewares)}"]
