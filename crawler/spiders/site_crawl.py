"""Which routes of a site are walked: the ladder at the first crawl, only what changed at the next ones."""

from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.reading import Page
from crawler.readings import Readings
from crawler.routes.candidates import Candidate, Role, chain_starts
from crawler.routes.ladder import Route, State, Walked, completed, next_route
from crawler.routes.rest import RestApi
from crawler.routes.restcursor import RestCursor
from crawler.routes.sitemap import SitemapFile, sitemap_files
from crawler.schedule import Schedule
from crawler.site_record import SiteRecord, Validator
from crawler.spiders.news import News
from crawler.spiders.output import Output
from crawler.spiders.progress import SiteProgress
from crawler.spiders.starts import Start, read_since
from crawler.spiders.visit import Visit
from crawler.spiders.walks.feed import FeedWalk
from crawler.spiders.walks.rest import RestWalk
from crawler.spiders.walks.sitemap import SitemapWalk
from crawler.urls import is_on_site, site_id

if TYPE_CHECKING:
    from crawler.spiders.wordpress import WordpressSpider

MOST_CHECKED_FILES = 8
"""Sitemap files that are worth fetching only to check what another route has named."""


class SiteCrawl:
    """The crawl of one site. ``first`` walks the ladder, ``again`` looks for what changed since the last crawl."""

    def __init__(
        self,
        spider: "WordpressSpider",
        progress: SiteProgress,
        record: SiteRecord,
        start: Start,
        *,
        led_here: bool = False,
    ) -> None:
        """``led_here``: whether the start URL was followed to the home, which may be elsewhere."""
        self.began = datetime.now(UTC).replace(microsecond=0)
        self.start = start
        self.started_as = site_id(start.url) if led_here else record.id
        """The site id of the URL that was given: another one where that leads to a home elsewhere."""
        self.spider = spider
        self.progress = progress
        self.before = deepcopy(record)
        self.record = record
        self.readings = Readings()
        need = record.browser
        progress.scripts.is_known |= need is not None and self.began < need.expires_at
        self.visit = Visit(spider, progress, record)
        self.feed = FeedWalk(self.visit)
        self.rest = RestWalk(self.visit)
        self.sitemap = SitemapWalk(self.visit)
        self.is_full = False
        """Whether every article was asked for, not only what is new."""
        self.is_unchanged = False
        """The site said that nothing has changed."""
        self.is_swept = False
        """Whether what no route named was asked for."""
        self.broken: str | None = None
        """Why part of what it was to do was not done: nothing that it learned is kept."""

    def first_look(self) -> Validator | None:
        """What tells cheapest whether anything is new; None if only pages can tell."""
        if feed := self.record.validators.get("feed"):
            return feed
        rest, sitemap = self.record.offers.get("rest"), self.record.offers.get("sitemap")
        is_own = rest and rest.url and is_on_site(rest.url, self.visit.site)
        if rest and rest.url and is_own and self.record.cursor and self.record.cursor.modified:
            api = RestApi(rest.url, more=self.visit.rules.rest_fields)
            return Validator(url=RestCursor.modified_since(api, self.record.cursor.modified).url)
        return Validator(url=sitemap.url) if sitemap and sitemap.url else None

    async def first(self, page: Page, response: Response) -> AsyncIterator[Output]:
        """The cheapest route that goes to its end; then what the sitemaps and the neighbours of posts name besides."""
        self.is_full = self.progress.is_whole
        if self.is_full:
            await self._begin_whole()
        if self.progress.continues_since:
            await self.visit.recall_read()
            for output in self.unread(Role.OLDER):  # it may list posts
                yield output
        self.progress.is_walking = True
        async for output in self._by_ladder(page, response):
            yield output
        self.progress.is_walking = False
        unseen = (one for one in self.progress.neighbours if not self.progress.tally.has_seen(one.url))
        for output in self.spider.requests(unseen, self.progress):
            yield output

    async def _begin_whole(self) -> None:
        """Alone, or going on with one that was left, or with what one that broke off has read of what lists name."""
        progress, schedule = self.progress, Schedule.from_settings(self.spider.settings)
        progress.continues_since = self.record.unfinished_since
        progress.read_since = read_since(self.record, self.began, schedule)
        await self.visit.begin(progress.read_since or self.began)
        self.before.begun_at = self.record.begun_at

    async def _by_ladder(self, page: Page, response: Response) -> AsyncIterator[Output]:
        allowed, walked = self._allowed, self.progress.walked
        if Route.FEED in allowed:
            await self._find_feed(page)
        while not self.visit.is_over and (route := next_route(walked, allowed, feed_is_full=self.feed.is_full)):
            async for output in self._walk(route, page, response):
                yield output
        if self.visit.is_over:
            return
        if Route.FEED in allowed and self.feed.first and not completed(walked):
            async for output in self.feed.of_archives(page):
                yield output
        is_walked = any(one.route is Route.SITEMAP for one in walked)
        is_checked = self.progress.is_whole and not self.progress.follows_archives
        if Route.SITEMAP in allowed and not is_walked and (is_checked or self.rest.unshown):
            async for output in self._check_sitemaps(response):
                yield output

    async def _find_feed(self, page: Page) -> None:
        """The feed is looked for whatever the route: it tells at the next crawls whether anything is new."""
        await self.feed.find(page, self.visit.home)
        if self.feed.url is None:
            self.visit.walked(self.feed.how_it_went())

    @property
    def _allowed(self) -> list[Route]:
        """The routes that were asked for; the feed of a site is one of posts, and ends no crawl for others."""
        is_of_posts = self.progress.is_of_type("post")
        return [route for route in self.spider.arguments.routes if is_of_posts or route is not Route.FEED]

    @property
    def untold_types(self) -> list[str]:
        """Post types that were asked for and that neither the REST API nor a sitemap knows."""
        return [name for name in self.rest.unshown if name not in self.sitemap.types]

    async def _walk(self, route: Route, page: Page, response: Response) -> AsyncIterator[Output]:
        """One route to its end."""
        if route is Route.REST:
            walk = self._rest(page)
        elif route is Route.FEED:
            walk = self.feed.walk()
        elif route is Route.SITEMAP:
            walk = self.sitemap.walk(self._sitemap_files(response))
        elif route is Route.ARCHIVE:
            walk = self._archives(page, response)
        else:
            walk = self._navigation(page, response)
        async for output in walk:
            yield output

    async def _rest(self, page: Page) -> AsyncIterator[Output]:
        """Where posts of this site are stored already, only what is not stored in this version is asked for whole."""
        known = self.record.offers.get("rest")
        is_stored = self.is_full and self.record.complete and known and known.state == State.COMPLETE
        async for output in self.rest.everything(page, known.url if known and is_stored else None):
            yield output

    async def _archives(self, page: Page, response: Response) -> AsyncIterator[Output]:
        self.progress.follows_archives = True
        self.visit.walked(Walked(Route.ARCHIVE, State.COMPLETE))
        page, response = await self.spider.begun(page, response, self.progress)
        async for output in self.spider.unread(self, list(self.spider.read_start(page, response, self.progress))):
            yield output

    async def _navigation(self, page: Page, response: Response) -> AsyncIterator[Output]:
        """Along previous and next, from the posts that the home page lists."""
        self.visit.walked(Walked(Route.NAVIGATION, State.COMPLETE))
        page, response = await self.spider.begun(page, response, self.progress)
        async for output in self.spider.unread(self, list(self.spider.read_start(page, response, self.progress))):
            yield output
        for output in self.visit.read(chain_starts(page, self.visit.site)):
            yield output

    async def _check_sitemaps(self, response: Response) -> AsyncIterator[Output]:
        self.sitemap.most_files = None if self.rest.unshown else MOST_CHECKED_FILES
        self.sitemap.only_new = True
        async for output in self.sitemap.walk(self._sitemap_files(response)):
            yield output

    def _sitemap_files(self, response: Response) -> list[SitemapFile]:
        robots = self.visit.robots_of(urlparse_cached(response).netloc)
        body = robots.text.encode() if robots and robots.status == 200 else b""
        robots_url, root = urljoin(response.url, "/robots.txt"), self.rest.root or ""
        rewrites = "rest_route=" not in root and "/index.php/" not in root
        return sitemap_files(self.visit.home, self.visit.site, body, robots_url, rewrites=rewrites)

    async def newest(self, page: Page, response: Response) -> AsyncIterator[Output]:
        """What is new, on a site that has nothing but pages: its lists are followed as far as they name new posts."""
        self.progress.only_new = True
        async for output in self._archives(page, response):
            yield output

    def unread(self, role: Role) -> Iterator[Output]:
        """What the crawl before could not read, asked for again."""
        return self.visit.read([Candidate(url, role, "unread") for url in self.record.unread])

    async def again(self) -> AsyncIterator[Output]:
        """What is new or changed since the last crawl, by the cheapest ways that the site is known to offer."""
        self.progress.only_new = True
        for output in self.unread(Role.POST):
            yield output
        news = News(self)
        if await news.has_none():
            self.is_unchanged = True
            return
        async for output in news.outputs():
            yield output

    @property
    def is_lost(self) -> bool:
        """Whether none of the ways that the site was known to offer works any more."""
        return not self.is_unchanged and not completed(self.progress.walked)
