"""Which pages of a site are opened in a browser, and what is done where there is none."""

import logging
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler.extensions.browser import CUT_FLAG, FLAG, Browser
from crawler.failures import Group, NeedsBrowserError, failure_of_error
from crawler.middlewares.browser import IN_BROWSER, PLAIN, SLOT
from crawler.reading import Page
from crawler.routes.candidates import Candidate, Role
from crawler.routes.scripted import needs_scripts
from crawler.spiders.arguments import Arguments
from crawler.spiders.failing import FailingSpider
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import page_of
from crawler.spiders.scripts import Scripts

_OPENED: dict[str, Any] = {IN_BROWSER: True, "download_slot": SLOT, "dont_retry": True}
"""``meta`` of what is opened: its document and what it asks for are retried, each by itself."""

_KEPT = ("site", "start", "handle_httpstatus_all")

logger = logging.getLogger(__name__)


class BrowsingSpider(FailingSpider):
    """A spider over sites some of whose pages are empty until scripts run."""

    arguments: Arguments

    @property
    def _can_open(self) -> bool:
        """Whether there is a browser, and it may be used."""
        return self.arguments.browser is not False and Browser.of(self.crawler).missing is None

    def scripts_of_start(self) -> Scripts:
        """Of a site of which nothing is known yet."""
        return Scripts(told=self.arguments.browser)

    def meta_of(self, progress: SiteProgress, *, is_opened: bool = False) -> dict[str, Any]:
        """``meta`` of a request for a page; ``is_opened``: it is part of one that was opened in a browser."""
        straight = (is_opened or progress.scripts.goes_straight) and self._can_open
        return {"site": progress.site} | (_OPENED if straight else {})

    def browsed(
        self, page: Page, response: Response, progress: SiteProgress, candidate: Candidate
    ) -> list[Request] | None:
        """What is done instead of reading a page as it is; None: it is read."""
        if FLAG in response.flags:
            self._note(page, response, progress)
            return None
        why = needs_scripts(page, progress.site)
        if why is not None and not self._can_open:
            self._needs_browser(candidate, progress)
            return []
        if not progress.scripts.wants(why) or not self._can_open:
            return None
        return [self._in_browser(response)]

    async def begun(self, page: Page, response: Response, progress: SiteProgress) -> tuple[Page, Response]:
        """The first page of a site that is crawled by its pages: see ``opened``."""
        page, response = await self.opened(page, response, progress.scripts, progress.site)
        progress.unread.update(progress.scripts.unread)
        return page, response

    async def opened(self, page: Page, response: Response, scripts: Scripts, site: str) -> tuple[Page, Response]:
        """The first page of a site as its scripts make it, if it needs them and there is a browser."""
        if FLAG in response.flags:
            return page, response
        why = needs_scripts(page, site)
        if why is not None and not self._can_open and response.url not in scripts.unread:
            self._not_opened(response.url, NeedsBrowserError(), scripts, site)
        if not scripts.wants(why) or not self._can_open or self.crawler.engine is None:
            return page, response
        try:
            there = await self.crawler.engine.download_async(self._in_browser(response))
        except Exception as error:  # noqa: BLE001 - whatever a page does ends here, with its reason
            self._not_opened(response.url, error, scripts, site)
            return page, response
        if isinstance(made := page_of(there), str):
            return page, response
        is_empty = needs_scripts(made, site) is not None
        scripts.opened(is_empty=is_empty)
        scripts.is_known = scripts.is_known or (why is not None and not is_empty)
        return made, there

    def _not_opened(self, url: str, error: Exception, scripts: Scripts, site: str) -> None:
        failure = failure_of_error(error)
        scripts.failed()
        scripts.unread[url] = failure.reason
        if failure.group is Group.ERRORS:
            self.failed(failure.reason, site)
        logger.warning("%s could not be opened in a browser: %s", url, failure.reason)

    def _in_browser(self, response: Response) -> Request:
        """A page once more, in the browser; its document need not be fetched again."""
        asked = response.request
        if asked is None:
            raise RuntimeError(f"{response.url} came without a request")
        meta = {name: asked.meta[name] for name in _KEPT if name in asked.meta} | _OPENED | {PLAIN: response}
        return asked.replace(url=response.url, meta=meta, dont_filter=True, priority=asked.priority + 1)

    def _note(self, page: Page, response: Response, progress: SiteProgress) -> None:
        progress.scripts.opened(is_empty=needs_scripts(page, progress.site) is not None)
        if CUT_FLAG in response.flags:
            self.failed("browser_cut", progress.site)
            progress.unread[response.url] = "browser_cut"

    def _needs_browser(self, candidate: Candidate, progress: SiteProgress) -> None:
        """Nothing says of a mere link that it is an article: it is no error that it was not read."""
        if candidate.role is Role.MAYBE:
            self.stats.skipped("needs_browser")
            progress.tally.is_no_post(candidate.url, candidate.wp_id)
            progress.budget.yields_nothing(candidate)
            return
        self.failed("needs_browser", progress.site)
        progress.unread[candidate.url] = "needs_browser"
