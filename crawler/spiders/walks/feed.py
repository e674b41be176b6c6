"""The feed: whole articles, or the addresses of posts, ten a page and newest first."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from crawler.reading import Page
from crawler.routes.candidates import Candidate
from crawler.routes.feed import Feed, parse_feed
from crawler.routes.feedurls import archive_feed_urls, feed_urls, next_page_url
from crawler.routes.ladder import Route, State, Walked
from crawler.routes.xmlfile import UnreadableXml
from crawler.site_record import Validator
from crawler.spiders.fetching import Answer
from crawler.spiders.output import Output
from crawler.spiders.responses import note_when
from crawler.spiders.visit import Visit
from crawler.spiders.walks.labels import Labels

MAX_PAGES = 10_000
"""A hundred thousand posts; a feed that goes on beyond answers every number."""


@dataclass(slots=True)
class FeedWalk:
    """The feed of one site in one crawl."""

    visit: Visit
    url: str | None = None
    first: Feed | None = None
    reason: str | None = None
    """Why there is no feed to read."""
    found: int = 0
    """Posts that had to be read."""
    left_out: int = 0
    """Entries of pages with more than are read of one file."""
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        self.labels = Labels(self.visit)

    @property
    def is_full(self) -> bool:
        """Whether the feed has whole articles; one with a protected post among them still has."""
        posts = self.first.candidates if self.first else ()
        return any(candidate.article and candidate.article.text for candidate in posts)

    async def find(self, page: Page, home: str) -> None:
        """Look for the feed where the home page says it is, then where WordPress has it."""
        for url in feed_urls(page, home, self.visit.site):
            if await self.open(url):
                return

    async def open(self, url: str, validator: Validator | None = None) -> bool:
        """Fetch the first page; True if there is a feed. One that is unchanged has no ``first``."""
        return self.take(url, await self.visit.fetcher.fetch(url, known=validator))

    def take(self, url: str, answer: Answer) -> bool:
        """The first page, fetched already."""
        if answer.status == 304:
            self.url = url
            return True
        feed = self._parsed(answer)
        if feed is None or not feed.listed:
            self.reason = self.reason or "empty"
            return False
        self.url, self.first, self.reason = url, feed, None
        last_modified, etag = answer.headers.get("last-modified"), answer.headers.get("etag")
        self.visit.note_push(answer)
        self.visit.record.validators["feed"] = Validator(url=url, last_modified=last_modified, etag=etag)
        return True

    async def walk(self) -> AsyncIterator[Output]:
        """Every page of the feed, back to the first post."""
        async for output in self._pages(self.url, self.first, only_new=False):
            yield output
        self.visit.walked(self.how_it_went())

    async def news(self) -> AsyncIterator[Output]:
        """The pages of the feed as far as they name posts that are not stored."""
        async for output in self._pages(self.url, self.first, only_new=True):
            yield output
        self.visit.walked(self.how_it_went())

    async def of_archives(self, page: Page) -> AsyncIterator[Output]:
        """The feeds of categories and other archives: of a site whose own feed ends early, and which has no more."""
        for url in archive_feed_urls(page, self.visit.site):
            feed = self._parsed(await self.visit.fetcher.fetch(url))
            async for output in self._pages(url, feed, only_new=False):
                yield output

    async def _pages(self, url: str | None, feed: Feed | None, *, only_new: bool) -> AsyncIterator[Output]:
        number, before = 1, set[str]()
        while feed is not None and feed.goes_on(before):
            listed = feed.candidates if url == self.url else self._unseen(feed)
            wanted = await self.visit.wanted(Route.FEED, listed, undated=only_new)
            async for output in self.read(wanted):
                yield output
            self.found += len(wanted)
            self.left_out += feed.dropped["too_many"]
            if self._is_far_enough(feed, wanted, only_new=only_new):
                break
            before |= feed.listed
            number += 1
            answer = await self.visit.fetcher.fetch(next_page_url(url or "", number))
            if self._is_the_end(answer) or number > MAX_PAGES:
                break
            feed = self._further(answer, before)

    def _unseen(self, feed: Feed) -> list[Candidate]:
        """A post is in the feed of each of its categories and tags."""
        return [one for one in feed.candidates if not self.visit.progress.tally.has_seen(one.url, one.wp_id)]

    async def read(self, wanted: list[Candidate]) -> AsyncIterator[Output]:
        """Posts that the feed names, their categories and tags told apart."""
        for candidate in wanted:
            if self.visit.progress.is_done:
                return
            for output in self.visit.read([await self.labels.settle(candidate)]):
                yield output

    def _is_far_enough(self, feed: Feed, wanted: list[Candidate], *, only_new: bool) -> bool:
        """Whether nothing that is asked for can be on a later page."""
        progress, dates = self.visit.progress, [one.published_at for one in feed.candidates]
        too_old = bool(dates) and all(progress.is_too_old(date) for date in dates)
        return progress.is_done or too_old or (only_new and len(wanted) < len(feed.candidates))

    def _is_the_end(self, answer: Answer) -> bool:
        """WordPress answers 404 behind the last page."""
        self.reason = None if answer.status in (200, 404) else answer.reason
        return not answer.is_ok

    def _further(self, answer: Answer, before: set[str]) -> Feed | None:
        """A page after the first; one that only repeats what came before is none, and more posts may be missing."""
        feed = self._parsed(answer)
        if feed is not None and feed.listed and not feed.goes_on(before):
            self.reason = "same_page_again"
        return feed

    def _parsed(self, answer: Answer) -> Feed | None:
        if not answer.is_ok:
            self.reason = answer.reason
            return None
        try:
            feed = parse_feed(answer.body, answer.url, self.visit.site, answer.headers.get("content-type"))
        except UnreadableXml as error:
            self.reason = str(error)
            return None
        note_when(feed.candidates, answer.at)
        return feed

    def how_it_went(self) -> Walked:
        """What became of the route."""
        if self.first is None:
            is_refused = self.reason in ("http_401", "http_403", "robots")
            return Walked(Route.FEED, State.REFUSED if is_refused else State.ABSENT, self.reason)
        reason = self.reason or ("too_many_entries" if self.left_out else None)
        return Walked(Route.FEED, State.PARTIAL if reason else State.COMPLETE, reason)
