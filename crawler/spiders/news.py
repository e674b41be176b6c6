"""What is new on a site that is known: by its feed, its REST API and its sitemaps, the cheapest first."""

from collections.abc import AsyncIterator, Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from crawler.routes.candidates import Candidate
from crawler.routes.ladder import Route, completed
from crawler.routes.restcursor import OVERLAP
from crawler.routes.sitemap import SitemapFile
from crawler.routes.sitemapnames import contents_of
from crawler.spiders.output import Output

if TYPE_CHECKING:
    from crawler.spiders.site_crawl import SiteCrawl


class News:
    """What was published or changed on a site since its last crawl."""

    def __init__(self, crawl: "SiteCrawl") -> None:
        self._progress, self._visit = crawl.progress, crawl.visit
        self._before, self._record = crawl.before, crawl.record
        self._feed, self._rest, self._sitemap = crawl.feed, crawl.rest, crawl.sitemap

    async def has_none(self) -> bool:
        """Whether the feed says so: its ``Last-Modified`` is that of all posts. Edits and scheduled posts move it,
        deletions do not."""
        known = self._record.validators.get("feed")
        return known is not None and await self._feed.open(known.url, known) and self._feed.first is None

    async def outputs(self) -> AsyncIterator[Output]:
        """What it is, or requests for it."""
        async for output in self._by_rest():
            yield output
        if not completed(self._progress.walked):
            async for output in self._by_feed_and_sitemap():
                yield output
        elif self._rest.unshown:
            async for output in self._by_sitemap():
                yield output

    async def _by_rest(self) -> AsyncIterator[Output]:
        """What was modified, and what the feed names besides: scheduled posts keep the modification of their draft."""
        known, cursor = self._record.offers.get("rest"), self._record.cursor
        if not (known and known.url and cursor and cursor.modified):
            return
        posts = self._feed.first.candidates if self._feed.first else ()
        news = await self._visit.wanted(Route.FEED, posts, undated=True)
        # The feed names only posts, and a page of them: there may be more news behind one that is all new.
        is_told = posts and len(news) < len(posts) and not self._progress.types
        published = None if is_told else (cursor.published or cursor.modified) - OVERLAP
        async for output in self._rest.changes(known.url, cursor.modified, published):
            yield output
        if self._rest.reason:
            return
        async for output in self._rest.these(known.url, [one.wp_id for one in self._left(news) if one.wp_id]):
            yield output
        async for output in self._feed.read(self._left(news)):
            yield output

    def _left(self, news: Iterable[Candidate]) -> list[Candidate]:
        """Those that were neither read nor asked for meanwhile."""
        asked, tally = self._progress.requested, self._progress.tally
        return [one for one in news if one.url not in asked and not tally.has_seen(one.url, one.wp_id)]

    async def _by_feed_and_sitemap(self) -> AsyncIterator[Output]:
        """New posts by the feed; where it has none, an older post was edited: the sitemaps may know which."""
        async for output in self._feed.news():
            yield output
        known = self._record.offers.get("sitemap")
        if not self._feed.found:
            async for output in self._by_sitemap():
                yield output
        elif known and known.url:  # asked by the next crawl, to which the feed is to tell of these posts once more
            self._record.validators = deepcopy(self._before.validators)

    async def _by_sitemap(self) -> AsyncIterator[Output]:
        known = self._record.offers.get("sitemap")
        if known and known.url:
            self._sitemap.only_new = True
            file, cursor = SitemapFile(known.url, contents_of(known.url)), self._record.cursor
            since = cursor.sitemap - OVERLAP if cursor and cursor.sitemap else None
            async for output in self._sitemap.walk([file], since):
                yield output
