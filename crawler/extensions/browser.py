"""The browser of a crawl: started when the first page needs it, kept within its limits, gone when the crawl is over."""

import asyncio
import logging
from collections import OrderedDict
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.browser.lists import lists_posts
from crawler.browser.options import INSTALL, BrowserOptions
from crawler.browser.outcome import first_line, is_of_launch, reason_of, rendered
from crawler.browser.processes import kill, largest
from crawler.browser.serving import Clock, ScriptCache, Serving
from crawler.browser.unfolding import Unfolding
from crawler.engine import is_closing
from crawler.failures import BrowserError, NeedsBrowserError
from crawler.hosts import host_of
from crawler.siterules import RuleBook
from crawler.stats import Stats
from crawler.tasks import stopped

if TYPE_CHECKING:
    from playwright.async_api import Page

    from crawler.browser.rendering import Rendering

logger = logging.getLogger(__name__)

FLAG, CUT_FLAG = "browser", "browser_cut"
"""Of a response that scripts have made; of one with a list that goes on."""

_LOOK_SECONDS = 0.2
IDLE_SECONDS = 60.0
"""Without a page, after which Chromium is ended: a process that listens for weeks may need it once a day."""
_AFTERMATH = 5.0
"""Seconds in which what breaks is put down to a process that was killed."""
_BROWSERS = asyncio.Semaphore(2)
"""Of one process: a worker crawls many sites at once, and each Chromium takes half a gigabyte."""
_CARRIED = ("redirect_urls", "redirect_reasons", "redirect_times", "redirect_ttl", "fetched_at", "warc_record")
"""What the request for the document has learned."""


class Browser:
    """Extension: opens pages in Chromium, a few at a time, each with a deadline.

    Nothing of Playwright is imported, and nothing is started, before the first page needs it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.options = BrowserOptions.from_settings(crawler.settings)
        self.missing = None if self.options.executable else f"there is no browser: {INSTALL}"
        """Why there is none, with what to do about it."""
        self._rules = RuleBook.of(crawler.settings)
        self._rendering: Rendering | None = None
        self._places = asyncio.Semaphore(self.options.pages)
        self._starting = asyncio.Lock()
        self._scripts: OrderedDict[str, ScriptCache] = OrderedDict()
        """By host: those that have a context too."""
        self._open: list[Serving] = []
        self._used_at = monotonic()
        self._killed_at = -_AFTERMATH
        """When a process was killed because there was no room for it."""
        self._watch: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Browser":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "Browser":
        """The one of this crawl."""
        browser = crawler.get_extension(cls)
        if browser is None:
            raise RuntimeError("crawler.extensions.browser.Browser is missing from EXTENSIONS")
        return browser

    async def read(self, request: Request, plain: Response | None) -> Response:
        """The page of a request as its scripts make it; ``plain``: its document, where that was fetched already."""
        document = plain or await self._document(request)
        request.meta.update({name: document.meta[name] for name in _CARRIED if name in document.meta})
        if not 200 <= document.status < 300:
            raise HttpError(document, f"answered {document.status}")
        if not isinstance(document, HtmlResponse):
            return document
        async with self._places:
            if is_closing(self.crawler):
                raise BrowserError("interrupted")
            serving = self._serving(request, document)
            html = await self._opened(serving, host_of(request))
        return rendered(document, html, [FLAG, *([CUT_FLAG] if serving.is_cut else [])])

    async def _document(self, request: Request) -> Response:
        """By the same door as everything: robots.txt, pace, limits, redirects."""
        names = ("site", "start", "handle_httpstatus_all")
        meta = {name: request.meta[name] for name in names if name in request.meta}
        asked = Request(request.url, NO_CALLBACK, meta=meta, priority=request.priority, headers=request.headers)
        if self.crawler.engine is None:
            raise BrowserError("interrupted")
        return await self.crawler.engine.download_async(asked)

    def _serving(self, request: Request, document: Response) -> Serving:
        host = host_of(request)
        scripts = self._scripts.setdefault(host, ScriptCache())
        self._scripts.move_to_end(host)
        return Serving(self.crawler, document, request.meta.get("site") or host, self.options, scripts)

    async def _opened(self, serving: Serving, context: str) -> str:
        rendering = await self._started()
        await self._make_room(rendering)
        rules = self._rules.for_site(serving.site)
        is_list = partial(lists_posts, url=serving.plain.url, site=serving.site, rules=rules)
        unfolding = Unfolding(serving, is_list, partial(is_closing, self.crawler))
        self._open.append(serving)
        try:
            html = await self._in_time(rendering, serving, unfolding, context)
        finally:
            self._open.remove(serving)
        if serving.left is not None:
            raise serving.left
        if 0 < self.crawler.settings.getint("DOWNLOAD_MAXSIZE") < len(html):
            raise BrowserError("too_large")
        Stats(self.crawler).browser("pages", "opened")
        return html

    async def _in_time(self, rendering: "Rendering", serving: Serving, unfolding: Unfolding, context: str) -> str:
        """Raises BrowserError for a page that takes too long, or breaks."""
        opened: list[Page] = []
        ends, task = rendering.ends, asyncio.ensure_future(rendering.open(serving, unfolding, context, opened))
        while not task.done() and serving.trouble is None:
            await asyncio.wait([task], timeout=_LOOK_SECONDS)
            unfolding.clock.tick()
            if rendering.ends != ends:  # Playwright's calls do not all fail
                serving.trouble = serving.trouble or "browser_crashed"
            elif self._is_late(unfolding.clock):
                serving.trouble = serving.trouble or "browser_timeout"
        await stopped([task])
        await rendering.leave(opened, context)
        return self._outcome(task, serving, rendering)

    def _is_late(self, clock: Clock) -> bool:
        options = self.options
        own = options.seconds + options.settle_seconds
        return clock.own > own or clock.wall > options.wait_seconds + options.more_seconds

    def _outcome(self, task: "asyncio.Task[str]", serving: Serving, rendering: "Rendering") -> str:
        if serving.trouble is None and not task.cancelled() and (error := task.exception()) is None:
            return task.result()
        error = None if task.cancelled() else task.exception()
        reason = serving.trouble or reason_of(error)
        if reason != "browser_timeout" and monotonic() - self._killed_at < _AFTERMATH:
            reason = "browser_memory"
        self._note_end(rendering, error)
        logger.warning("%s was given up in the browser: %s %s", serving.plain.url, reason, first_line(error))
        raise BrowserError(reason)

    def _note_end(self, rendering: "Rendering", error: BaseException | None) -> None:
        """Where the browser did not start, or ended by itself once too often, no page is opened any more."""
        if is_of_launch(error):
            self.missing = f"the browser does not start (docs/browser.md) {first_line(error)}"
            raise NeedsBrowserError(self.missing)
        if rendering.ends > self.options.restarts:
            self.missing = f"the browser ended {rendering.ends} times, and is not started again (docs/browser.md)"

    async def _started(self) -> "Rendering":
        """Raises NeedsBrowserError where there is none that works."""
        async with self._starting:
            if self.missing is None and self._rendering is None:
                await self._start()
            self._used_at = monotonic()
            if self.missing is not None or self._rendering is None:
                raise NeedsBrowserError(self.missing or "there is no browser")
            return self._rendering

    async def _start(self) -> None:
        from crawler.browser.rendering import Rendering  # noqa: PLC0415 - 100 modules, and no crawl but this needs them

        await _BROWSERS.acquire()
        rendering = Rendering(self.crawler, self.options)
        try:
            await rendering.start()
        except Exception as error:  # noqa: BLE001 - whatever it is, the rest of the crawl goes on without
            self.missing = f"the browser does not start {first_line(error) or type(error).__name__}: {INSTALL}"
            await _ended(rendering)
            return
        logger.info("a browser is used for pages that need one: %s", self.options.executable)
        self._rendering = rendering
        self._watch = asyncio.ensure_future(self._watch_over(rendering))

    async def _make_room(self, rendering: "Rendering") -> None:
        """The contexts of sites that were used longest ago are closed, but for those with pages open."""
        used = {host_of(Request(serving.plain.url)) for serving in self._open}
        unused = [host for host in self._scripts if host not in used]
        for host in unused[: max(0, len(self._scripts) - self.options.contexts)]:
            await self._forget(rendering, host)

    async def _forget(self, rendering: "Rendering", host: str) -> None:
        self._scripts.pop(host, None)
        await rendering.forget(host)

    async def leave(self, host: str) -> None:
        """The crawl of a host is over: its context is closed."""
        if self._rendering is not None and host in self._scripts:
            await self._forget(self._rendering, host)

    async def _watch_over(self, rendering: "Rendering") -> None:
        """Until nobody needs it any more."""
        while not await self._has_rested(rendering):
            await asyncio.sleep(_LOOK_SECONDS)
            if self._open:
                self._used_at = monotonic()
                self._bound_memory(rendering)

    def _bound_memory(self, rendering: "Rendering") -> None:
        """From outside: a page may take memory faster than it answers."""
        processes = rendering.processes
        is_too_much = sum(one.resident for one in processes) > self.options.memory_mb * 1_000_000
        if is_too_much and (taker := largest(processes)):
            self._killed_at = monotonic()
            kill(taker)

    async def _has_rested(self, rendering: "Rendering") -> bool:
        """Whether it was not needed for long, and is closed for it; the next page starts another one."""
        if self._open or monotonic() - self._used_at < IDLE_SECONDS:
            return False
        async with self._starting:
            self._scripts.clear()
            await _ended(rendering)
            self._rendering = None
        return True

    async def spider_closed(self, spider: Spider) -> None:
        """Nothing of it stays."""
        await stopped([self._watch] if self._watch else [])
        if self._rendering is not None:
            await _ended(self._rendering)


async def _ended(rendering: "Rendering") -> None:
    """Another crawl of this process may have a browser now."""
    try:
        await rendering.close()
    finally:
        _BROWSERS.release()
