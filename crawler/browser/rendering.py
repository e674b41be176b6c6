"""scrapy-playwright's download handler, which opens pages: the only module that needs Playwright to be imported."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from typing import Any

from playwright.async_api import Dialog, Error, Page, Route
from playwright.async_api import Request as PageRequest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # type: ignore[import-untyped]  # has no types

from crawler.browser.options import BrowserOptions, new_mark
from crawler.browser.processes import Process, family, kill
from crawler.browser.serving import Serving
from crawler.browser.unfolding import Unfolding

CLOSING_SECONDS = 10.0
"""For a page, a context, the browser to close by itself; then it is killed."""

_VIEW = {"width": 1280, "height": 2400}
"""A tall one: what is loaded when it comes into view is in view."""

logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)  # what it tells in tracebacks is told here in a line


class _Handler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # has no types
    ends = 0
    """How often Chromium ended; the next page starts it again."""

    async def _browser_disconnected_callback(self) -> None:
        self.ends += 1
        await super()._browser_disconnected_callback()


class Rendering:
    """A browser of this crawl: Playwright's driver, and Chromium once the first page is opened."""

    def __init__(self, crawler: Crawler, options: BrowserOptions) -> None:
        self._mark = new_mark()
        self._options = options
        self._user_agent = str(crawler.settings["USER_AGENT"])
        self._handler = _Handler.from_crawler(crawler)
        config = self._handler.config
        config.launch_options = options.launch(self._mark)
        config.max_pages_per_context, config.max_contexts = options.pages, None
        config.target_closed_max_retries = 0  # a page that ends the browser is not opened again at once
        config.navigation_timeout_ms = (options.wait_seconds + options.seconds) * 1000

    async def start(self) -> None:
        """Start the driver. Raises what it raises."""
        await self._handler._launch()  # noqa: SLF001 - Scrapy's signal for it has passed before there is a handler

    async def open(self, serving: Serving, unfolding: Unfolding, context: str, opened: list[Page]) -> str:
        """The HTML of a page after its scripts. Raises Playwright's errors. ``opened`` gets the page, to be left."""

        async def prepare(page: Page, _request: Request) -> None:
            opened.append(page)
            await self._prepare(page, serving)

        request = Request(
            serving.plain.url,
            meta={
                "playwright": True,
                "playwright_context": context,
                "playwright_context_kwargs": self._context_arguments(),
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit"},
                "playwright_include_page": True,
            },
        )
        await self._handler.download_request(request)
        await unfolding(opened[0])
        return await opened[0].content()

    def _context_arguments(self) -> dict[str, Any]:
        return {
            "user_agent": self._user_agent,
            "service_workers": "block",
            "accept_downloads": False,
            "viewport": _VIEW,
            "reduced_motion": "reduce",
        }

    async def _prepare(self, page: Page, serving: Serving) -> None:
        async def answer(route: Route, request: PageRequest) -> None:
            await serving.answer(route, request)

        await page.unroute("**")  # scrapy-playwright's own lets the browser ask the network
        await page.route("**", answer)  # Playwright wants to write on what it is given
        page.on("popup", _close)
        page.on("dialog", _dismiss)
        page.on("crash", lambda _: _gave_up(serving, "browser_crashed"))

    async def leave(self, opened: list[Page], context: str) -> None:
        """Close a page; where it does not answer any more its context, else the browser."""
        for page in opened:
            if not await _in_time(page.close()) and not await _in_time(self.forget(context)):
                self.kill()

    async def forget(self, context: str) -> None:
        """A site is left: its context is closed."""
        if known := self._handler.context_wrappers.pop(context, None):
            await known.context.close()

    @property
    def ends(self) -> int:
        """How often Chromium ended, by itself or killed."""
        return int(self._handler.ends)

    @property
    def processes(self) -> list[Process]:
        """Those of Chromium that run now."""
        return family(self._mark)

    def kill(self) -> None:
        """End Chromium at once."""
        for process in self.processes:
            kill(process)

    async def close(self) -> None:
        """End all of it."""
        if not await _in_time(self._handler.close()):
            self.kill()
            await _in_time(self._handler.close())
        self.kill()


async def _in_time(what: Awaitable[Any]) -> bool:
    """Whether something came to an end by itself; one that failed has."""
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await what
    except TimeoutError:
        return False
    except Error:
        return True
    return True


async def _close(page: Page) -> None:
    """A page opened a window."""
    with contextlib.suppress(Error):
        await page.close()


async def _dismiss(dialog: Dialog) -> None:
    with contextlib.suppress(Error):
        await dialog.dismiss()


def _gave_up(serving: Serving, reason: str) -> None:
    serving.trouble = serving.trouble or reason
