"""robots.txt, enforced for every request."""

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred


class RobotsTxt(RobotsTxtMiddleware):
    """Downloader middleware: Scrapy's, but with the parser for all who wait for it.

    In Scrapy 2.14 to 2.19 requests that wait for the same robots.txt share one Deferred, of which only the first
    gets the parser; the others are let through unchecked.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetching: dict[str, asyncio.Task[RobotParser | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The parser for the request's host; None where there is no robots.txt to obey."""
        netloc = urlparse_cached(request).netloc
        known = self._parsers.get(netloc)
        if netloc in self._parsers and not isinstance(known, Deferred):
            return known
        task = self._fetching.get(netloc)
        if task is None:
            task = asyncio.ensure_future(super().robot_parser(request))
            self._fetching[netloc] = task
            task.add_done_callback(lambda _: self._fetching.pop(netloc, None))
        return await asyncio.shield(task)
