"""robots.txt, enforced for every request as RFC 9309 has it."""

import asyncio
import logging
from datetime import UTC, datetime

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.failures import (
    Failure,
    ForbiddenAddressError,
    Group,
    RobotsUnreachableError,
    SiteLeftError,
    failure_of_error,
)
from crawler.polite.robots import (
    ASK_AGAIN,
    MOST_BYTES,
    MOST_REDIRECTS,
    is_believed,
    is_last_resort,
    is_unreachable,
    rules_of,
)
from crawler.site_record import Robots

_RECEIVED = "robotstxt_bytes"
"""Key of ``meta``: how much of a robots.txt has come; only requests for one have it."""

_NOT_FOLLOWED = frozenset({"redirect_loop", ForbiddenAddressError.rule})
"""Where robots.txt redirects to in a circle, or leads inside: there is none to be had (RFC 9309, 2.3.1.2)."""

logger = logging.getLogger(__name__)


class RobotsTxt(RobotsTxtMiddleware):
    """Downloader middleware: Scrapy's, but with the parser for all who wait for it, and nothing without a parser.

    In Scrapy 2.14 to 2.19 requests that wait for the same robots.txt share one Deferred, of which only the first
    gets the parser; the others are let through unchecked. What could not be fetched allows all there.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetched: dict[str, tuple[asyncio.Task[RobotParser], datetime]] = {}
        """With when it was asked for."""
        self._answers: dict[str, Robots] = {}
        crawler.signals.connect(self.bytes_received, signal=signals.bytes_received)

    def answer_of(self, netloc: str) -> Robots | None:
        """What a host answered, or what is remembered of it; None if it was not asked, or could not be."""
        return self._answers.get(netloc)

    def remember(self, netloc: str, answer: Robots) -> None:
        """What a host answered to an earlier run: it is not asked again while that may be believed."""
        if is_last_resort(answer, datetime.now(UTC)):
            self._answers.setdefault(netloc, answer)

    def forget(self, netloc: str) -> None:
        """Nothing more is asked of a host for now: what is kept with its site is found again."""
        self._fetched.pop(netloc, None)
        self._answers.pop(netloc, None)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Of a robots.txt that is too long the beginning is read."""
        if _RECEIVED in request.meta:
            request.meta.pop("download_maxsize", None)  # its length was not to matter; decompressed it does
            request.meta[_RECEIVED] += len(data)
            if request.meta[_RECEIVED] >= MOST_BYTES:
                raise StopDownload(fail=False)

    async def robot_parser(self, request: Request) -> RobotParser:
        """The parser for the request's host. Raises RobotsUnreachableError, SiteLeftError."""
        url = urlparse_cached(request)
        if not self._is_known(url.netloc):
            task = asyncio.ensure_future(self._parsed(f"{url.scheme}://{url.netloc}/robots.txt", request))
            self._fetched[url.netloc] = task, datetime.now(UTC)
        return await asyncio.shield(self._fetched[url.netloc][0])

    def _is_known(self, netloc: str) -> bool:
        """Whether robots.txt is being fetched, or was as lately as it has to be: a run may take days."""
        if netloc not in self._fetched:
            return False
        (task, asked_at), answer, now = self._fetched[netloc], self._answers.get(netloc), datetime.now(UTC)
        return not task.done() or now - asked_at < ASK_AGAIN or (answer is not None and is_believed(answer, now))

    async def _parsed(self, robots_url: str, request: Request) -> RobotParser:
        netloc = urlparse_cached(request).netloc
        answer = self._answers[netloc] = await self._answer(robots_url, self._answers.get(netloc))
        body = rules_of(answer)[:MOST_BYTES]
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, body)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    async def _answer(self, robots_url: str, known: Robots | None) -> Robots:
        """What is known and still believed, else what the host answers now, else what was known."""
        if known and is_believed(known, datetime.now(UTC)):
            return known
        try:
            return await self._fetch(robots_url)
        except RobotsUnreachableError as error:
            if known and is_last_resort(known, datetime.now(UTC)):
                logger.warning("%s; that of %s is obeyed", error, known.fetched_at)
                return known
            logger.debug("%s", error)  # who wanted to ask says why it could not be
            raise

    async def _fetch(self, robots_url: str) -> Robots:
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(self._request(robots_url))
        except SiteLeftError:
            raise
        except Exception as error:  # whatever it is, it is the host's trouble and ends here
            self._stats.inc_value(f"robotstxt/exception_count/{type(error).__name__}")
            failure = failure_of_error(error)
            if failure.reason in _NOT_FOLLOWED:
                return Robots(status=302, text="", fetched_at=datetime.now(UTC))
            raise RobotsUnreachableError(robots_url, failure) from error
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if is_unreachable(response.status):
            raise RobotsUnreachableError(robots_url, Failure(Group.ERRORS, f"robots_http_{response.status}"))
        text = response.body.decode("utf-8", "replace")
        return Robots(status=response.status, text=text, fetched_at=datetime.now(UTC))

    def _request(self, robots_url: str) -> Request:
        """Of any length, uncompressed, so that it can be cut; wherever it redirects to."""
        meta = {"dont_obey_robotstxt": True, "redirect_ttl": MOST_REDIRECTS, "download_maxsize": 0, _RECEIVED: 0}
        headers = {"Accept-Encoding": "identity"}
        return Request(robots_url, NO_CALLBACK, headers=headers, priority=self.DOWNLOAD_PRIORITY, meta=meta)
