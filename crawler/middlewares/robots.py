"""robots.txt, enforced for every request."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.site_record import Robots

MAX_AGE = timedelta(hours=24)
"""How long a robots.txt may be believed (RFC 9309, 2.4)."""

logger = logging.getLogger(__name__)


class RobotsTxt(RobotsTxtMiddleware):
    """Downloader middleware: Scrapy's, but with the parser for all who wait for it.

    In Scrapy 2.14 to 2.19 requests that wait for the same robots.txt share one Deferred, of which only the first
    gets the parser; the others are let through unchecked.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetched: dict[str, asyncio.Task[RobotParser | None]] = {}
        self._answers: dict[str, Robots] = {}

    def answer_of(self, netloc: str) -> Robots | None:
        """What a host answered, or what is remembered of it; None if it was not asked, or could not be."""
        return self._answers.get(netloc)

    def remember(self, netloc: str, answer: Robots) -> None:
        """What a host answered to an earlier run: it is not asked again while that may be believed."""
        if not is_too_old(answer, datetime.now(UTC)):
            self._answers.setdefault(netloc, answer)

    def forget(self, netloc: str) -> None:
        """Nothing more is asked of a host for now: what is kept with its site is found again."""
        self._fetched.pop(netloc, None)
        self._answers.pop(netloc, None)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The parser for the request's host; None where robots.txt could not be fetched."""
        url = urlparse_cached(request)
        known = self._answers.get(url.netloc)
        if known and is_too_old(known, datetime.now(UTC)):
            self.forget(url.netloc)
        if url.netloc not in self._fetched:
            task = asyncio.ensure_future(self._parsed(f"{url.scheme}://{url.netloc}/robots.txt", request))
            self._fetched[url.netloc] = task
        return await asyncio.shield(self._fetched[url.netloc])

    async def _parsed(self, robots_url: str, request: Request) -> RobotParser | None:
        netloc = urlparse_cached(request).netloc
        answer = self._answers.get(netloc) or await self._fetch(robots_url)
        if answer is None:
            return None
        self._answers[netloc] = answer
        rules = rules_of(answer.status, answer.text.encode())
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    async def _fetch(self, robots_url: str) -> Robots | None:
        meta = {"dont_obey_robotstxt": True}
        robots = Request(robots_url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(robots)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the host's trouble and ends here
            logger.warning("%s could not be fetched: %s", robots_url, error)
            self._stats.inc_value(f"robotstxt/exception_count/{type(error).__name__}")
            return None
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        text = response.body.decode("utf-8", "replace")
        return Robots(status=response.status, text=text, fetched_at=datetime.now(UTC))


def is_too_old(answer: Robots, now: datetime) -> bool:
    """Whether a robots.txt may not be believed any more."""
    return now - answer.fetched_at >= MAX_AGE


def rules_of(status: int, body: bytes) -> bytes:
    """The robots.txt to obey: none of it forbids nothing, a server in trouble forbids all (RFC 9309, 2.3.1.3 and 4)."""
    if status >= 500:
        return b"User-agent: *\nDisallow: /\n"
    return body if status < 400 else b""
