"""What the spiders share: fetch a page, have it read, yield the article, and request what it leads to."""

import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.extensions.run_record import RunRecord
from crawler.failures import MOVED_STATUSES
from crawler.hosts import host_of
from crawler.items import Article, Missing
from crawler.middlewares.addresses import AddressGuard
from crawler.middlewares.browser import SLOT
from crawler.polite.agent import user_agent
from crawler.reading import Kind, Page, home_url, page_kind, wordpress_signs
from crawler.reading.rules import kind_by
from crawler.routes.budget import Budget
from crawler.routes.candidates import Candidate, Role
from crawler.routes.links import rejected_links
from crawler.routes.rules import rejection
from crawler.siterules import RuleBook
from crawler.spiders.arguments import Arguments, is_loopback
from crawler.spiders.browsing import BrowsingSpider
from crawler.spiders.failing import other_scheme
from crawler.spiders.output import Output
from crawler.spiders.posts import PostPages
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import page_of
from crawler.start_urls import AnyScheme, by_schemes
from crawler.storage.database import Database
from crawler.storage.sites import Sites
from crawler.urls import canonical_url, is_on_site, site_host, site_id

SWEEP = "sweep"
"""The route of stored articles that are looked after because no other route names them."""

LOOPBACK_PACE = {"concurrency": 8, "delay": 0.0, "jitter": 0.0}
"""This machine needs no politeness."""

logger = logging.getLogger(__name__)


class SiteSpider(BrowsingSpider):
    """A spider over WordPress sites; each one says in ``follow`` where a page leads."""

    arguments_model: ClassVar[type[Arguments]]
    arguments: Arguments
    rules: RuleBook

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor; ``kwargs`` are the ``-a`` arguments. Raises ValueError if they are wrong."""
        arguments = cls.arguments_model.model_validate(kwargs)
        slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
        for url in filter(is_loopback, arguments.start_urls):
            slots.setdefault(urlparse_cached(Request(url)).hostname or "", LOOPBACK_PACE)
        pages = crawler.settings.getint("BROWSER_PAGES", 1)
        slots.setdefault(SLOT, {"concurrency": pages, "delay": 0.0, "jitter": 0.0})
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        if contact := crawler.settings["CONTACT"]:
            crawler.settings.set("USER_AGENT", user_agent(contact), priority="spider")
        spider = super().from_crawler(crawler, *args, arguments=arguments)
        spider.rules = RuleBook.of(crawler.settings)
        return spider

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterable[Candidate]:
        """Where a page leads; ``article`` is what was read from it, if it is a post."""
        raise NotImplementedError

    def unfit(self, page: Page) -> str | None:
        """What a page is that this spider cannot start from, and what could be done instead; None if it can."""
        return None

    def home_of(self, url: str) -> str:
        """The home of the site of a start URL, where its page does not tell."""
        return urljoin(url, "/")

    @property
    def budget(self) -> Budget:
        """What a site may spend on pages that yield nothing."""
        return Budget(self.settings.getint("TRAP_PAGES"))

    def progress_of(self, site: str) -> SiteProgress:
        """The beginning of the crawl of a site."""
        return SiteProgress(site=site, limit=self.arguments.limit, budget=self.budget, scripts=self.scripts_of_start())

    def reports(self) -> list[dict[str, Any]]:
        """For the record of the run: of each site, what was done and what is missing."""
        return []

    def given(self, url: str) -> None:
        """The user named a site to crawl now: counted, and let be wherever it is."""
        self.stats.site("given")
        self.named(url)

    def named(self, url: str) -> None:
        """The user named a site: it may be where no page may lead."""
        if guard := self.crawler.get_downloader_middleware(AddressGuard):
            guard.named.add(url)

    async def start(self) -> AsyncIterator[Request]:
        """The start pages, by the scheme by which a site on their host is known."""
        for url in self.arguments.start_urls:
            self.given(url)
            first, other = by_schemes(url, await self.home_near(url))
            yield Request(first, self.parse_start, errback=self.start_failed, meta=other_scheme(other))

    async def home_near(self, url: str) -> str | None:
        """The home of a site that is known on the host of a start; not looked up where its scheme was given."""
        if not isinstance(url, AnyScheme):
            return None
        return await Sites(Database.of(self.crawler).db).home_on(site_host(site_id(url)))

    async def parse_start(self, response: Response) -> AsyncIterator[Output]:
        """The first page of a site: is it WordPress, and what is the site called?"""
        page, scripts = page_of(response), self.scripts_of_start()
        if isinstance(page, Page) and not wordpress_signs(page):
            page, response = await self.opened(page, response, scripts, host_of(response.request or Request(page.url)))
        if not isinstance(page, Page) or not wordpress_signs(page):
            challenge = isinstance(page, Page) and page_kind(page) is Kind.CHALLENGE
            self.refused(response, challenge=challenge)
            return
        site = site_id(self.home(page))
        if not await self.holds(site):
            return
        self.stats.site("crawled")
        logger.info("%s: WordPress (%s), crawled as %s", response.url, ", ".join(wordpress_signs(page)[:3]), site)
        progress = self.progress_of(site)
        progress.scripts = scripts
        progress.requested.update(map(canonical_url, (*response.meta.get("redirect_urls", ()), response.url)))
        async for output in self.begin(page, response, progress):
            yield output

    async def holds(self, site: str) -> bool:
        """Whether this run has the lock of a site; another one may, if the start led to another host."""
        if not (is_held := await RunRecord.of(self.crawler).has(site_host(site))):
            self.stats.site("locked")
            self.ledger.of(site).outcome = "locked"
        return is_held

    async def begin(self, page: Page, response: Response, progress: SiteProgress) -> AsyncIterator[Output]:
        """What the first page of a site leads to."""
        page, response = await self.begun(page, response, progress)
        for output in self.read_start(page, response, progress):
            yield output

    def read_start(self, page: Page, response: Response, progress: SiteProgress) -> Iterator[Output]:
        """The first page of a site, read as any other page, if it is one to start from."""
        if unfit := self.unfit(page):
            self.stats.skipped("wrong_start")
            logger.error("%s is %s; nothing was read", response.url, unfit)
            return
        yield from self._read(page, response, progress, Candidate(canonical_url(response.url), Role.ARCHIVE, "start"))

    async def parse_page(
        self, response: Response, progress: SiteProgress, candidate: Candidate
    ) -> AsyncIterator[Output]:
        """Any other page."""
        if isinstance(page := page_of(response), str):
            self.stats.skipped(page)
            progress.budget.yields_nothing(candidate)
            progress.tally.is_no_post(candidate.url, candidate.wp_id)
            return
        instead = self.browsed(page, response, progress, candidate)
        for output in self._read(page, response, progress, candidate) if instead is None else instead:
            yield output

    async def parse_swept(
        self, response: Response, progress: SiteProgress, candidate: Candidate
    ) -> AsyncIterator[Output]:
        """The page of a stored article that no route names any more.

        One that redirects for good to something else is gone: ``redirect_guess_404_permalink()`` finds a similar post.
        """
        async for output in self.parse_page(response, progress, candidate):
            yield output
        is_moved = any(status in MOVED_STATUSES for status in response.meta.get("redirect_reasons", ()))
        if is_moved and candidate.wp_id and not progress.tally.has_seen_id(candidate.wp_id):
            yield Missing(site=progress.site, url=candidate.url, status=response.status)

    def home(self, page: Page) -> str:
        """The WordPress home, as far as the page's word for it can be true."""
        told = home_url(page)
        return canonical_url(told if told and is_on_site(page.url, site_id(told)) else self.home_of(page.url))

    def _read(self, page: Page, response: Response, progress: SiteProgress, candidate: Candidate) -> Iterator[Output]:
        kind = kind_by(page, self.rules.for_site(progress.site))
        if kind is Kind.POST:
            yield from PostPages(self, progress, candidate).first(page, response)
            return
        if kind is Kind.CHALLENGE:
            self.failed("challenge", progress.site)
            progress.unread[candidate.url] = "challenge"
        elif candidate.role in (Role.POST, Role.MAYBE):
            self.stats.skipped(kind)
            progress.tally.is_no_post(candidate.url, candidate.wp_id)
        leads = self._leads(page, None, candidate, progress)
        if kind is not Kind.CHALLENGE:
            self._charge(candidate, leads, progress)
        yield from self.requests(leads, progress)

    def _leads(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> list[Candidate]:
        leads = list(self.follow(page, article, candidate, progress))
        self.stats.rejected_links(rejected_links(page, progress.site))
        return leads

    def _charge(self, candidate: Candidate, leads: list[Candidate], progress: SiteProgress) -> None:
        """What a page that is no post has brought: a further page of a list need not name a post that is new here."""
        posts = [one for one in leads if one.role is Role.POST and not progress.budget.is_spent_for(one)]
        if any(one.url not in progress.requested and not progress.tally.has_seen(one.url) for one in posts):
            progress.budget.yields(candidate)
        elif candidate.role is not Role.OLDER or not posts:
            progress.budget.yields_nothing(candidate)

    def done(self, article: Article, page: Page, candidate: Candidate, progress: SiteProgress) -> Iterator[Output]:
        """A post was read whole: keep it if it is asked for, and go on from it."""
        if not progress.is_done:
            is_new = not progress.tally.has_seen(article.url, article.wp_id)
            (progress.budget.yields if is_new else progress.budget.yields_nothing)(candidate)
            yield from self.keep(article, candidate, progress)
            yield from self.requests(self._leads(page, article, candidate, progress), progress)

    def keep(self, article: Article, candidate: Candidate, progress: SiteProgress) -> Iterator[Article]:
        """A post that was read: it is kept if it is asked for."""
        progress.tally.saw([candidate.url, article.url, *article.aliases], article.wp_id)
        if not progress.is_of_type(article.type):
            self.stats.skipped("other_type")
        elif progress.is_wanted(article.published_at):
            progress.found += 1
            self.stats.found()
            self.ledger.of(progress.site).found += 1
            yield article
        else:
            self.stats.skipped("outside_period")

    def requests(self, candidates: Iterable[Candidate], progress: SiteProgress) -> Iterator[Request]:
        """Requests for those that were not asked for yet and may be."""
        for candidate in candidates:
            if candidate.url in progress.requested or progress.tally.has_seen(candidate.url):
                continue
            progress.requested.add(candidate.url)
            if rule := rejection(candidate.url, progress.site):
                self.stats.rejected(rule)
            elif progress.is_too_old(candidate.published_at):
                self.stats.skipped("outside_period")
            else:
                yield self.request(candidate, progress)

    def request(self, candidate: Candidate, progress: SiteProgress) -> Request:
        """The request for a candidate of a site."""
        return Request(
            candidate.url,
            self.parse_swept if candidate.route == SWEEP else self.parse_page,
            errback=self.page_failed,
            priority=candidate.role,
            cb_kwargs={"progress": progress, "candidate": candidate},
            meta=self.meta_of(progress),
        )
