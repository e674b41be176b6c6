"""Every archived answer, the oldest first, through the readers of a crawl."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request
from scrapy.core.engine import ExecutionEngine
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.archive.catalog import Catalog, Entry
from crawler.exit_status import ExitStatus
from crawler.failures import failure_of
from crawler.items import Article, Missing
from crawler.reading import Kind, Page, page_number, wordpress_signs
from crawler.reading.rules import kind_by
from crawler.reread.arguments import RereadArguments
from crawler.reread.closing import reread_status
from crawler.reread.sites import SiteNames, api_home, is_wpcom
from crawler.routes.candidates import Candidate, Role
from crawler.routes.feed import parse_feed
from crawler.routes.restanswer import parse_posts
from crawler.routes.scripted import needs_scripts
from crawler.routes.wpcom import parse_wpcom
from crawler.routes.xmlfile import UnreadableXml
from crawler.site_record import SiteRecord
from crawler.spiders.base import SiteSpider
from crawler.spiders.output import Output
from crawler.spiders.posts import PostPages
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import fetched_at, headers_of, note_when, page_of
from crawler.spiders.visit import Visit
from crawler.spiders.walks.labels import Labels
from crawler.storage.database import Database
from crawler.storage.sites import Sites
from crawler.urls import canonical_url, site_host, site_id

ROUTE = "reread"

MOST_WAITING = 100
"""Answers that are asked for ahead."""

TELL_SECONDS = 10.0
"""Between two words about how far it is."""

LOOK_SECONDS = 0.01
"""Between two looks at what waits: a page takes as long to read."""

_NO_POSTS = frozenset({"page", "attachment", "nav_menu_item", "wp_block", "wp_template"})
"""Types of WordPress that a crawl does not ask for; others' archives have them."""

logger = logging.getLogger(__name__)


class RereadSpider(SiteSpider):
    """Requests what the catalog names; ``FromArchive`` answers."""

    name = "reread"
    arguments_model = RereadArguments
    arguments: RereadArguments
    catalog: Catalog

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor; ``catalog`` besides the arguments."""
        catalog = kwargs.pop("catalog")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.catalog = catalog
        return spider

    def exit_status(self, stats: Mapping[str, Any], reason: str) -> ExitStatus:
        """How it ended, which the record of the run says as well: what is damaged in an archive counts."""
        return reread_status(stats, reason, self.catalog.reasons)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = SiteNames()
        self._visits: dict[str, asyncio.Future[Visit | None]] = {}
        """By site; those of None are being crawled by another run."""
        self._labels: dict[str, Labels] = {}

    async def start(self) -> AsyncIterator[Request]:
        """A request for each answer that may show posts, few ahead of those that are read."""
        self.names = SiteNames(await Sites(Database.of(self.crawler).db).names())
        total, now, told, has_feeds = self.catalog.count(), datetime.now(UTC), time.monotonic(), False
        for number, entry in enumerate(self.catalog.entries()):
            if time.monotonic() - told > TELL_SECONDS:
                told = time.monotonic()
                logger.info("%s of %s answers (%d%%)", f"{number:,}", f"{total:,}", 100 * number / total)
            if entry.at > now:
                self.stats.reread("from_the_future")
                continue
            await (self._room() if has_feeds or entry.kind != "feed" else self._idle())
            has_feeds = entry.kind == "feed"
            yield Request(
                entry.url, self.parse_answer, errback=self.unreadable, dont_filter=True, meta={"entry": entry}
            )

    async def _room(self) -> None:
        """Until few answers wait to be read."""
        while self._waiting() >= MOST_WAITING:  # noqa: ASYNC110 - Scrapy's engine has no event to wait for
            await asyncio.sleep(LOOK_SECONDS)

    async def _idle(self) -> None:
        """Until all that was asked for is stored: it tells categories from tags, which feeds do not."""
        engine = self.crawler.engine
        while engine and (self._waiting() or engine.downloader.active or not _is_idle(engine)):  # noqa: ASYNC110 - likewise
            await asyncio.sleep(LOOK_SECONDS)

    def _waiting(self) -> int:
        """Answers that are asked for, or there and not read: with SIGTERM these are read still."""
        engine = self.crawler.engine
        if engine is None or not isinstance(engine.scheduler, Scheduler):
            return 0
        return len(engine.scheduler) + (len(engine.scraper.slot.queue) if engine.scraper.slot else 0)

    def unreadable(self, failure: Failure) -> None:
        """An answer could not be unpacked."""
        self.stats.failed(failure_of(failure).reason)

    async def parse_answer(self, response: Response) -> AsyncIterator[Output]:
        """The articles that an answer shows."""
        entry: Entry = response.meta["entry"]
        self.stats.reread("answers")
        if entry.kind == "rest":
            outputs = self._of_api(response)
        else:
            outputs = self._of_feed(response) if entry.kind == "feed" else self._of_page(response)
        async for output in outputs:
            yield output

    async def _of_page(self, response: Response) -> AsyncIterator[Output]:
        page = page_of(response)
        site = self.names.of(response.url) or (site_id(self.home(page)) if isinstance(page, Page) else "")
        if reason := self._no_post(page, site):
            self.stats.skipped(reason)
        if reason or not isinstance(page, Page):
            return
        if (visit := await self._visit(site)) is None:
            self.stats.skipped("locked")
            return
        candidate = Candidate(canonical_url(response.url), Role.POST, ROUTE)
        for output in PostPages(self, visit.progress, candidate).first(page, response):
            yield output

    def _no_post(self, page: Page | str, site: str) -> str | None:
        """Why there is no article in it."""
        if isinstance(page, str):
            return page
        if self.names.of(page.url) is None and not wordpress_signs(page):
            return "not_wordpress"
        kind = kind_by(page, self.rules.for_site(site))
        if needs_scripts(page, site):
            return "needs_browser"  # what its scripts made of it is not in the archive
        if kind is not Kind.POST:
            return str(kind)
        return "further_page" if page_number(page) > 1 else None  # it is read with the first one

    async def _of_api(self, response: Response) -> AsyncIterator[Output]:
        home = api_home(response.url)
        visit = await self._visit(self.names.of(home) or site_id(home)) if home else None
        if visit is None:
            self.stats.skipped("locked" if home else "unknown_site")
            return
        if is_wpcom(response.url):
            answer = parse_wpcom(response.status, response.body, visit.home)
        else:
            answer = parse_posts(response.status, headers_of(response), response.body, visit.home, visit.rules)
        if answer.refused:
            self.stats.skipped(answer.refused)
        note_when(answer.candidates, fetched_at(response))
        for output in visit.read(one for one in answer.candidates if one.article and one.article.type not in _NO_POSTS):
            yield output

    async def _of_feed(self, response: Response) -> AsyncIterator[Output]:
        site = self.names.of(response.url) or site_host(site_id(response.url))
        if (visit := await self._visit(site)) is None:
            self.stats.skipped("locked")
            return
        try:
            feed = parse_feed(response.body, response.url, site, headers_of(response).get("content-type"))
        except UnreadableXml as error:
            self.stats.skipped(str(error))
            return
        note_when(feed.candidates, fetched_at(response))
        labels = self._labels.setdefault(site, Labels(visit))
        unsettled = [one for one in feed.candidates if one.article]
        for _ in range(2):  # the page of another post may tell what the first one's, which is not there, would have
            waiting, unsettled = unsettled, []
            for candidate in waiting:
                settled = await labels.settle(candidate)
                unsettled += [] if settled.article else [candidate]
                for output in visit.read([settled] if settled.article else []):
                    yield output

    async def _visit(self, site: str) -> Visit | None:
        """What is known of a site, once this run has the lock of its host; None if another one has it."""
        if site not in self._visits:
            self._visits[site] = asyncio.ensure_future(self._begin(site))
        return await self._visits[site]

    async def _begin(self, site: str) -> Visit | None:
        told = self.arguments
        if not (told.dry_run or await self.holds(site)):
            return None
        self.stats.site("crawled")
        record = await Sites(Database.of(self.crawler).db).find(site) or SiteRecord(id=site)
        return Visit(self, SiteProgress(site=site, since=told.since, until=told.until, budget=self.budget), record)

    def page_failed(self, failure: Failure) -> Iterator[Output]:
        """The page that the rules of a site want of a post is not in the archive: what the route gave is read.

        Nor is anything missing: that is for a crawl to say.
        """
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy on every errback
        progress, candidate = request.cb_kwargs["progress"], request.cb_kwargs["candidate"]
        visit = self._visits[progress.site].result()
        if candidate.article and visit:
            yield from visit.keep(candidate.article, candidate)
        else:
            yield from (one for one in super().page_failed(failure) if not isinstance(one, Missing))

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterator[Candidate]:
        """Nowhere: every answer is read for itself."""
        return iter(())

    def done(self, article: Article, page: Page, candidate: Candidate, progress: SiteProgress) -> Iterator[Output]:
        """A post was read whole; it leads nowhere."""
        yield from self.keep(article, candidate, progress)

    def keep(self, article: Article, candidate: Candidate, progress: SiteProgress) -> Iterator[Article]:
        """A post that was read: it is kept if it is asked for."""
        if self.arguments.wants_post(article.site, [article.url, candidate.url, *article.aliases]):
            yield from super().keep(article, candidate, progress)
        else:
            self.stats.skipped("not_asked_for")


def _is_idle(engine: ExecutionEngine) -> bool:
    """Whether nothing is being read or stored."""
    return engine.scraper.slot is None or engine.scraper.slot.is_idle()
