"""A whole WordPress site, by the cheapest routes that it offers; what has changed, where it is known already."""

from collections import deque
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.items import Article
from crawler.middlewares.conduct import Conduct
from crawler.reading import Page
from crawler.reading.language import page_language
from crawler.routes.candidates import Candidate, Role, elsewhere, listed, neighbours
from crawler.routes.ladder import Route
from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.arguments import WordpressArguments
from crawler.spiders.base import SiteSpider
from crawler.spiders.failing import other_scheme
from crawler.spiders.fetching import answer_of, conditions
from crawler.spiders.learned import Lost, outcome, report
from crawler.spiders.output import Output
from crawler.spiders.progress import SiteProgress
from crawler.spiders.screening import only_new, posts_asked, without
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.starts import Start, asks_only_for_news
from crawler.start_urls import by_schemes
from crawler.storage.database import Database
from crawler.storage.sites import Sites
from crawler.urls import site_id


class WordpressSpider(SiteSpider):
    """``scrapy crawl wordpress -a site=URL``."""

    name = "wordpress"
    most_reports: ClassVar[int | None] = None
    """Of sites whose crawl is over: how many are kept; None: all."""
    arguments_model = WordpressArguments
    arguments: WordpressArguments

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.crawls: dict[str, SiteCrawl] = {}
        """By site: those that are under way."""
        self.starts: dict[str, Start] = {}
        """By site: the looks that are under way, from before their first request."""
        self._ended: deque[dict[str, Any]] = deque(maxlen=self.most_reports)
        """The reports of those that are not."""
        self.lost: dict[str, Lost] = {}
        """By site: those that could not be crawled."""
        self.types_of: dict[str, list[str]] = {}
        """Of the sites that are due: the post types that they were asked for before."""

    def home_of(self, url: str) -> str:
        """The user named the home."""
        return url

    def progress_of(self, site: str) -> SiteProgress:
        """With the period that was asked for."""
        told = self.arguments
        types = tuple(told.types or self.types_of.get(site, [])) or None
        return SiteProgress(
            site=site,
            limit=told.limit,
            since=told.since,
            until=told.until,
            types=types,
            budget=self.budget,
            scripts=self.scripts_of_start(),
        )

    def crawl_of(self, site: str) -> SiteCrawl | None:
        """The crawl of a site, or of the site in whose folder it is."""
        return self.crawls.get(site) or next((c for own, c in self.crawls.items() if site.startswith(f"{own}/")), None)

    def reports(self) -> list[dict[str, Any]]:
        """What was done of each site, by which routes, and whether that is all."""
        return [*self._ended, *map(report, self.crawls.values())]

    def began(self, site: str) -> datetime | None:
        """When the crawl of a site began that is under way."""
        crawl = self.crawl_of(site)
        return crawl.began if crawl else None

    def end(self, crawl: SiteCrawl) -> None:
        """The crawl of a site is over: only its report is kept."""
        self._ended.append(report(crawl))
        self.ledger.of(crawl.visit.site).outcome = outcome(crawl, Conduct.of(self.crawler).ending_of(crawl.visit.site))
        if self.crawls.get(crawl.visit.site) is crawl:
            del self.crawls[crawl.visit.site]
        self.over(crawl.start)

    def over(self, start: Start) -> None:
        """A look at a site is over, whatever came of it."""
        if self.starts.get(start.site) is start:
            del self.starts[start.site]

    async def start(self) -> AsyncIterator[Request]:
        """The home pages of new sites; of known ones what tells cheapest whether anything is new."""
        sites = Sites(Database.of(self.crawler).db)
        for url in await self._start_urls(sites):
            async for request in self.look_at(url, await sites.find(site_id(url))):
                yield request

    async def look_at(self, url: str, record: SiteRecord | None) -> AsyncIterator[Request]:
        """The first request of a site."""
        first, other = by_schemes(url, record.home if record and record.home else await self.home_near(url))
        start = Start(site=record.id if record else site_id(url), url=first, at=datetime.now(UTC), other=other)
        self.starts[start.site] = start
        self.ledger.of(start.site).outcome = None  # it may have been looked at before
        self.given(url)
        yield self._again(start, record) or self._from_home(start)
        start.is_sent = True

    async def _start_urls(self, sites: Sites) -> list[str]:
        """The sites that were named, or those of the list whose time has come."""
        if not self.arguments.due:
            return self.arguments.start_urls
        now = datetime.now(UTC)
        if until := Conduct.of(self.crawler).quiet_until(now):
            self.tell_quiet(until)
            return []
        records = await sites.due(now)
        self.types_of = {record.id: record.types for record in records if record.types}
        due = [record.start_url for record in records]
        if not due:
            from crawler.site_report import nothing_due  # noqa: PLC0415 - tables of it need rich, which starts slowly

            self.stats.site("none_due")
            self.logger.info(nothing_due(await sites.next_due_at(), now))
        return due

    def tell_quiet(self, until: datetime) -> None:
        """These are quiet hours: counted, and told."""
        self.stats.site("quiet")
        told = f"{until:%Y-%m-%d %H:%M} UTC"
        self.logger.info("these are quiet hours (QUIET_HOURS): nothing is asked before %s", told)

    def _from_home(self, start: Start) -> Request:
        meta: dict[str, Any] = {"start": start} | other_scheme(start.other)
        return Request(start.url, self.parse_start, errback=self.start_failed, meta=meta, dont_filter=True)

    def _again(self, start: Start, record: SiteRecord | None) -> Request | None:
        """The first request of a site that is known well enough to ask it only for what is new."""
        if record is None or not self._is_known(record):
            return None
        crawl = SiteCrawl(self, self.progress_of(record.id), record, start)
        look = crawl.first_look()
        if look is None:
            return None
        crawl.visit.recall_robots()
        return Request(
            look.url,
            self.parse_again,
            errback=self.again_failed,
            headers=conditions(look),
            meta={"handle_httpstatus_all": True, "site": record.id, "start": start},
            cb_kwargs={"crawl": crawl},
            dont_filter=True,
        )

    def _is_known(self, record: SiteRecord) -> bool:
        """Whether a site need only be asked for what is new."""
        told, wanted, schedule = self.arguments, self.progress_of(record.id), Schedule.from_settings(self.settings)
        is_plain = not told.full and set(told.routes) == set(Route)
        return is_plain and asks_only_for_news(record, wanted, schedule, datetime.now(UTC))

    async def parse_again(self, response: Response, crawl: SiteCrawl) -> AsyncIterator[Output]:
        """What a known site says to the first question: it leads to what is new, or back to the home page."""
        if not await self.holds(crawl.visit.site):
            return
        self.crawls[crawl.visit.site] = crawl
        crawl.visit.keep_robots()
        crawl.visit.fetcher.prime(answer_of(response.request.url if response.request else response.url, response))
        async for output in crawl.again():
            yield output
        if crawl.is_lost:
            del self.crawls[crawl.visit.site]
            yield self._from_home(crawl.start)
            return
        self.stats.site("crawled")
        if crawl.is_unchanged:
            self.stats.site("unchanged")

    def again_failed(self, failure: Failure) -> Iterator[Request]:
        """The home page tells whether the site is there at all."""
        yield self._from_home(failure.request.meta["start"])  # type: ignore[attr-defined]  # set by Scrapy

    async def holds(self, site: str) -> bool:
        """Whether this run has the lock of a site, and is not crawling it already: another start led there."""
        if site not in self.crawls:
            return await super().holds(site)
        self.stats.site("crawled")
        self.logger.info("%s is being crawled already, from another address that leads there", site)
        return False

    async def begin(self, page: Page, response: Response, progress: SiteProgress) -> AsyncIterator[Output]:
        """The first page of a site: from here along its routes."""
        start: Start = response.meta["start"]
        self.ledger.adopt(start.site, progress.site)
        found = await Sites(Database.of(self.crawler).db).find(progress.site)
        record = found or SiteRecord(id=progress.site, url=start.url)
        crawl = self.crawls[progress.site] = SiteCrawl(self, progress, record, start, led_here=True)
        response.meta["site"] = progress.site  # what fails from here on is told of this site
        record.home, record.language = self.home(page), page_language(page) or record.language
        crawl.visit.keep_robots()
        record.push = None  # looked for anew: in the home page, then in the feed
        crawl.visit.note_push(answer_of(response.url, response))
        if record.route == Route.ARCHIVE and self._is_known(record):
            for output in crawl.unread(Role.OLDER):  # it may list posts
                yield output
            async for output in self._only_new(crawl, [one async for one in crawl.newest(page, response)]):
                yield output
            return
        async for output in crawl.first(page, response):
            yield output

    async def parse_page(
        self, response: Response, progress: SiteProgress, candidate: Candidate
    ) -> AsyncIterator[Output]:
        """Any other page; where only new posts are asked for, it leads to no stored one."""
        outputs = [one async for one in super().parse_page(response, progress, candidate)]
        if progress.continues_since:
            outputs = [one async for one in self.unread(self.crawls[progress.site], outputs)]
        if progress.only_new:
            outputs = [one async for one in self._only_new(self.crawls[progress.site], outputs)]
        for output in outputs:
            yield output

    async def unread(self, crawl: SiteCrawl, outputs: list[Output]) -> AsyncIterator[Output]:
        """Without the requests for posts that were read by the crawls that this one goes on with."""
        asked = posts_asked(outputs) if crawl.progress.continues_since else []
        wanted = await crawl.visit.wanted(Route.ARCHIVE, asked, undated=False)
        for output in without(outputs, {one.url for one in asked} - {one.url for one in wanted}):
            yield output

    async def _only_new(self, crawl: SiteCrawl, outputs: list[Output]) -> AsyncIterator[Output]:
        """Only what leads to posts that are not stored."""
        asked = posts_asked(outputs)
        wanted = {one.url for one in await crawl.visit.wanted(Route.ARCHIVE, asked, undated=True)}
        for output in only_new(outputs, asked, wanted):
            yield output

    def lose(self, start: Start | None, reason: str, *, blocked: bool) -> None:
        """Remembered: it is looked at later next time."""
        if start is not None:
            self.ledger.of(start.site).outcome = reason
            self.lost[start.site] = Lost(start, reason, blocked)

    def follow(
        self, page: Page, article: Article | None, candidate: Candidate, progress: SiteProgress
    ) -> Iterator[Candidate]:
        """Neighbours; where archives are the route, everywhere on the site: listed posts, archives, all other links."""
        if article is not None and Route.NAVIGATION in self.arguments.routes:
            too_old = progress.is_too_old(article.published_at)
            beside = list(neighbours(article, "newer" if too_old else "both"))
            progress.tally.is_chained |= bool(beside)
            if progress.is_walking:
                progress.neighbours += (one for one in beside if one.url not in progress.requested)
            else:
                yield from (one for one in beside if not progress.tally.has_seen(one.url))
        if not progress.follows_archives:
            return
        if candidate.route == "start":
            yield Candidate(self.home(page), Role.ARCHIVE, "archive")
        if article is None:
            yield from listed(page, progress.site, candidate, progress.since)
        if candidate.route == "start" or not progress.only_new:
            yield from elsewhere(page, progress.site)
