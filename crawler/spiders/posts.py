"""Posts of several pages (``<!--nextpage-->``): their pages are fetched one after the other and read as one."""

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.extensions.browser import FLAG
from crawler.failures import GONE_STATUSES, Group, failure_of
from crawler.items import Article
from crawler.reading import NotAPost, Page, is_page_of, other_pages, page_number
from crawler.reading.pages import first_page_url
from crawler.reading.rules import read_pages_by
from crawler.reading.wordpress import rest_home
from crawler.routes.candidates import Candidate, Role
from crawler.spiders.output import Output
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import note_source, page_of
from crawler.urls import canonical_url, is_on_site, is_web_url, site_id, url_key

if TYPE_CHECKING:
    from crawler.spiders.base import SiteSpider

logger = logging.getLogger(__name__)


class PostPages:
    """The reading of one post, page by page."""

    def __init__(self, spider: "SiteSpider", progress: SiteProgress, candidate: Candidate) -> None:
        self.spider = spider
        self.progress = progress
        self.candidate = candidate
        self.pages: list[Page] = []
        self.response: Response | None = None

    def first(self, page: Page, response: Response) -> Iterator[Output]:
        """Begin with the page that was fetched; a further page leads to the first one instead."""
        if page_number(page) > 1:
            url = canonical_url(first_page_url(page, page.url))
            if url_key(url) != url_key(page.url):
                yield self.spider.request(Candidate(url, Role.POST, self.candidate.route), self.progress)
                return
        self.pages, self.response = [page], response
        further = [canonical_url(url) for url in other_pages(page)]
        self.progress.requested.update(further)  # they are links of the page too, and lead nowhere else
        yield from self._next(further)

    @property
    def _is_opened(self) -> bool:
        """Whether its first page was opened in a browser."""
        return self.response is not None and FLAG in self.response.flags

    def _next(self, rest: Sequence[str]) -> Iterator[Output]:
        if rest and is_on_site(rest[0], self.progress.site):
            yield Request(
                rest[0],
                self.parse_more,
                errback=self.more_failed,
                priority=Role.POST + 1,
                cb_kwargs={"rest": list(rest[1:])},
                meta=self.spider.meta_of(self.progress, is_opened=self._is_opened),
                dont_filter=True,  # it may have been fetched before it was known to belong here
            )
        else:
            yield from self._finish()

    async def parse_more(self, response: Response, rest: list[str]) -> AsyncIterator[Output]:
        """A further page. One that redirects to a page that we have, or to another post, does not exist."""
        page = page_of(response)
        if isinstance(page, Page) and is_page_of(self.pages[0], page) and url_key(page.url) not in self._known():
            self.pages.append(page)
        for output in self._next(rest):
            yield output

    def _known(self) -> set[str]:
        return {url_key(page.url) for page in self.pages}

    def more_failed(self, failure: Failure) -> Iterator[Output]:
        """A further page that is not there ends the post; one that fails leaves it unread, for the next run."""
        response = getattr(failure.value, "response", None)
        if response is not None and response.status in GONE_STATUSES:
            yield from self._finish()
            return
        group, reason = failure_of(failure)
        if group is Group.LEFT:
            self.spider.leave(self.candidate, reason, self.progress)
            return
        self.spider.failed("page_missing", self.progress.site)
        self.progress.unread[self.candidate.url] = reason
        logger.warning("%s not stored: a further page of it could not be fetched: %s", self.pages[0].url, reason)

    def _finish(self) -> Iterator[Output]:
        try:
            article = read_pages_by(self.pages, self.spider.rules.for_site(self.progress.site))
        except NotAPost as error:
            self.spider.stats.skipped(error.kind)
            return
        self._settle(article)
        yield from self.spider.done(article, self.pages[0], self.candidate, self.progress)

    def _settle(self, article: Article) -> None:
        """Whose article it is, and by which name: facts that the page alone does not decide."""
        site, page = self.progress.site, self.pages[0]
        article.site = _own_site(page, site)
        if not is_on_site(article.url, site):
            article.url = canonical_url(page.url)
        if self.response is not None:
            note_source(article, self.response, self.candidate)
            article.source.browser = self._is_opened or None
        if self.candidate.article and (told := self.candidate.article.extra):
            article.extra = told | (article.extra or {})  # what the API alone tells


def _own_site(page: Page, site: str) -> str:
    """The site of a page: a WordPress of its own in a folder of the crawled one has ids of its own."""
    home = rest_home(page)
    below = site_id(home) if home and is_web_url(home) else site
    return below if below.startswith(f"{site}/") else site
