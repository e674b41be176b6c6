"""What one page in a browser asks for, fetched by Scrapy's downloader: its pace, robots.txt, limits and guard apply."""

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.browser.asks import Ask, answer_headers, refusal, request_headers
from crawler.browser.options import BrowserOptions
from crawler.failures import SiteLeftError, failure_of_error
from crawler.spiders.responses import headers_of
from crawler.stats import Stats
from crawler.urls import is_on_site

if TYPE_CHECKING:
    from playwright.async_api import Request as PageRequest
    from playwright.async_api import Route

logger = logging.getLogger(__name__)

PRIORITY = 45
"""Before the pages of posts: a page in a browser is in memory until it has what it needs."""


class ScriptCache:
    """The scripts of one site, which all its pages ask for: fetched once."""

    def __init__(self, most_bytes: int = 20_000_000) -> None:
        self._most, self._size = most_bytes, 0
        self._known: OrderedDict[str, Response] = OrderedDict()

    def get(self, url: str) -> Response | None:
        """What was answered."""
        return self._known.get(url)

    def put(self, url: str, response: Response) -> None:
        """Keep it; the oldest go where there is no room."""
        self._known[url] = response
        self._size += len(response.body)
        while self._size > self._most and self._known:
            _, old = self._known.popitem(last=False)
            self._size -= len(old.body)


@dataclass(slots=True)
class Serving:
    """One page: ``plain`` is its document, fetched already."""

    crawler: Crawler
    plain: Response
    site: str
    """As ``urls.site_id``; or the host, while the site is not known."""
    options: BrowserOptions
    scripts: ScriptCache
    asked: int = 0
    """Since its list last grew."""
    under_way: int = 0
    """Requests that are being answered: the time until then is not the page's own."""
    left: SiteLeftError | None = None
    """The site is left for now: what it shows is not all."""
    trouble: str | None = None
    """Why the page is given up."""
    is_cut: bool = False
    """Whether its list was left before its end."""
    _is_opened: bool = field(default=False, init=False)

    @property
    def stats(self) -> Stats:
        """The counters of this crawl."""
        return Stats(self.crawler)

    def grew(self) -> None:
        """Its list is longer than it was: it may ask on."""
        self.asked = 0

    async def answer(self, route: "Route", request: "PageRequest") -> None:
        """Answer one request, or refuse it; nothing where the page is closed meanwhile."""
        from playwright.async_api import Error  # noqa: PLC0415 - nothing of Playwright before there is a page

        try:
            await self._answer(route, request)
        except Error:
            logger.debug("%s was closed before %s was answered", self.plain.url, request.url)

    async def _answer(self, route: "Route", request: "PageRequest") -> None:
        ask = Ask(request.url, request.method, request.resource_type, request.is_navigation_request())
        if ask.is_navigation and not self._is_opened:
            self._is_opened = True
            await _fulfill(route, self.plain)
            return
        why = refusal(ask, self._host, self.options.blocked)
        if why is None and self.asked >= self.options.requests:
            why = "too_many"
        if why is not None:
            self.stats.browser("refused", why)
            # An aborted navigation leaves the page as it is; a blocked one would put an error in its place.
            await route.abort("aborted" if why == "navigation" else "blockedbyclient")
            return
        if (response := await self._response(ask, request)) is None:
            await route.abort("failed")
        else:
            await _fulfill(route, response)

    @property
    def _host(self) -> str:
        return self.site.partition("/")[0].partition(":")[0]

    async def _response(self, ask: Ask, request: "PageRequest") -> Response | None:
        if ask.kind == "script" and (known := self.scripts.get(ask.url)):
            return known
        self.asked += 1
        self.under_way += 1
        try:
            response = await self._fetch(ask, request)
        finally:
            self.under_way -= 1
        if ask.kind == "script" and response is not None and response.status == 200:
            self.scripts.put(ask.url, response)
        return response

    async def _fetch(self, ask: Ask, request: "PageRequest") -> Response | None:
        told = request_headers(await request.all_headers())
        meta = {"site": self.site} if is_on_site(ask.url, self.site) else {}
        try:
            asked = Request(
                ask.url, NO_CALLBACK, method=ask.method, headers=told, body=request.post_data_buffer or b"",
                meta=meta | {"of_page": self.plain.url}, priority=PRIORITY,
            )  # fmt: skip
            self.stats.browser("requests", ask.kind)
            return await self.crawler.engine.download_async(asked)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page does without
            if isinstance(error, SiteLeftError) and self._is_of_site(ask.url):
                self.left = error
            failure = failure_of_error(error)
            self.stats.browser("refused", failure.reason)
            logger.info("%s, which %s asks for, could not be fetched: %s", ask.url, self.plain.url, failure.reason)
            return None

    def _is_of_site(self, url: str) -> bool:
        return is_on_site(url, self.site)


@dataclass(slots=True)
class Clock:
    """How long a page has worked, and how long it has waited besides: seconds."""

    serving: Serving
    own: float = 0.0
    began: float = field(default_factory=monotonic)
    _last: float = field(default_factory=monotonic)

    def tick(self) -> None:
        """Some time has passed."""
        now = monotonic()
        if not self.serving.under_way:
            self.own += now - self._last
        self._last = now

    @property
    def wall(self) -> float:
        """By the clock on the wall."""
        return monotonic() - self.began


async def _fulfill(route: "Route", response: Response) -> None:
    await route.fulfill(status=response.status, headers=answer_headers(headers_of(response)), body=response.body)
