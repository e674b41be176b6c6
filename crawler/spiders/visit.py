"""One site in one run: what its routes name is sorted out against the database, and read."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.engine import is_closing
from crawler.extensions.run_record import RunRecord
from crawler.items import Article
from crawler.middlewares.conduct import Conduct
from crawler.middlewares.robots import RobotsTxt
from crawler.push.discovery import offer_of
from crawler.reading.language import language_of_text
from crawler.routes.candidates import Candidate, Role
from crawler.routes.known import keys_of, sort_out
from crawler.routes.ladder import Known, Route, State, Walked
from crawler.scheduler import SiteScheduler
from crawler.site_record import Robots, SiteRecord
from crawler.spiders.fetching import Answer, Fetcher
from crawler.spiders.output import Output
from crawler.spiders.progress import SiteProgress
from crawler.spiders.responses import note_answer
from crawler.storage.articles import Articles
from crawler.storage.database import Database
from crawler.storage.sites import Sites

if TYPE_CHECKING:
    from crawler.spiders.base import SiteSpider

logger = logging.getLogger(__name__)

MOST_WAITING = 1000
"""Requests of a site, of 2 KB each, before more sitemaps are read: minutes of work even without a delay."""

ROOM_SECONDS = 0.5

MOST_ROBOTS = 50_000
"""Characters of a robots.txt that is kept; those of news sites have hundreds or a few thousand."""


MOST_ASIDE = 20
"""Requests for what is no part of a walk, however long a slice is."""


@dataclass(slots=True)
class Aside:
    """What may be asked besides a walk: so many requests, and one at least, until a moment (``monotonic``)."""

    requests: int
    until: float
    asked: int = 0

    def has_room(self) -> bool:
        """Whether one more may be sent, which is counted."""
        if self.asked >= max(self.requests, 1) or (self.asked and monotonic() >= self.until):
            return False
        self.asked += 1
        return True


class Visit:
    """What the walks along the routes of a site share. ``record`` is changed as the site is learned."""

    def __init__(self, spider: "SiteSpider", progress: SiteProgress, record: SiteRecord) -> None:
        self.progress = progress
        self.record = record
        self.fetcher = Fetcher(spider, progress)
        self._spider = spider
        self.rules = spider.rules.for_site(progress.site)
        self._tally = progress.tally

    @property
    def site(self) -> str:
        """See ``urls.site_id``."""
        return self.progress.site

    @property
    def home(self) -> str:
        """The home page's URL."""
        return self.record.home or self.record.url or f"https://{self.site}/"

    @property
    def reached(self) -> datetime | None:
        """Where the REST walk goes on that the crawl before had to leave; None where none was left."""
        known = self.record.cursor
        return known.reached if known and self.progress.continues_since else None

    @property
    def is_over(self) -> bool:
        """Whether the site is asked nothing more in this crawl: what it offers besides is for the next one to learn."""
        crawler = self._spider.crawler
        conduct = crawler.get_downloader_middleware(Conduct)
        return is_closing(crawler) or bool(conduct and conduct.ending_of(self.site))

    async def begin(self, at: datetime) -> None:
        """A whole crawl begins: the next one will know, however this one ends."""
        crawler = self._spider.crawler
        self.record.begun_at = at
        await Sites(Database.of(crawler).db).begin(self.record, RunRecord.of(crawler).fence)

    def aside(self) -> Aside:
        """A tenth of a slice at most (``WORK_SLICE_REQUESTS``, ``WORK_SLICE_SECONDS``): what the next slice would ask
        for once more must not be what fills it."""
        told = self._spider.settings
        requests, seconds = told.getint("WORK_SLICE_REQUESTS"), told.getfloat("WORK_SLICE_SECONDS")
        most = min(MOST_ASIDE, requests // 10) if requests else MOST_ASIDE
        return Aside(most, monotonic() + seconds / 10 if seconds else inf)

    async def recall_read(self) -> None:
        """What the crawls have read that this one goes on with: it counts, and is not looked after."""
        if since := self.progress.continues_since if self.reached else None:
            found = await Articles(Database.of(self._spider.crawler).db).seen_since(self.site, since)
            for url, wp_id, route in found:
                self._tally.recall(url, wp_id)
                if route == Route.REST:
                    self._tally.name(Route.REST, url, wp_id)

    @property
    def recalled(self) -> list[Known]:
        """Of what ``recall_read`` told, the posts that REST has not named: what is stored is of another route."""
        return list(self._tally.recalled.values())

    @property
    def wpcom_api(self) -> str:
        """Where WordPress.com tells of the sites that it hosts."""
        return str(self._spider.settings["WPCOM_API"])

    def robots_of(self, netloc: str) -> Robots | None:
        """What a host answered when it was asked for its robots.txt in this run."""
        known = self._spider.crawler.get_downloader_middleware(RobotsTxt)
        return known.answer_of(netloc) if known else None

    def recall_robots(self) -> None:
        """The robots.txt of a known site need not be fetched at every crawl."""
        known = self._spider.crawler.get_downloader_middleware(RobotsTxt)
        if known and self.record.robots:
            known.remember(urlsplit(self.home).netloc, self.record.robots)

    def keep_robots(self) -> None:
        """For the next crawl. That of a host in trouble forbids everything, and so is asked for again."""
        answer = self.robots_of(urlsplit(self.home).netloc)
        is_kept = answer and answer.status < 500 and len(answer.text) <= MOST_ROBOTS
        self.record.robots = answer if is_kept else None

    def note_push(self, answer: Answer) -> None:
        """Who would tell of news is kept as a feed names it; what names nobody takes back nothing."""
        told = answer.headers
        offer = offer_of(answer.url, told.get("link", ""), answer.body, told.get("content-type"))
        self.record.push = offer or self.record.push

    def types_not_shown(self, types: Iterable[str], reason: str) -> None:
        """The REST API has no collection of these post types that were asked for."""
        for name in types:
            logger.warning("%s: the REST API does not show posts of the type %s (%s)", self.site, name, reason)
            self._spider.stats.skipped("type_not_in_rest")

    async def wanted(self, route: Route, candidates: Sequence[Candidate], *, undated: bool) -> list[Candidate]:
        """Those that have to be read; of the others it is noted that they are there still.

        ``undated``: whether a stored post counts as unchanged where the route does not say when it was modified.
        """
        for candidate in candidates:
            if candidate.role is Role.POST:
                self._tally.name(route, candidate.url, candidate.wp_id)
        fresh = [one for one in candidates if one.article or not self._tally.has_seen(one.url, one.wp_id)]
        if not fresh:
            return []
        articles = Articles(Database.of(self._spider.crawler).db)
        states = await articles.states(keys_of(fresh, self.site))
        found = sort_out(fresh, states, self.site, undated=undated, seen_since=self.progress.read_since)
        await articles.saw([state["_id"] for _, state in found.current], datetime.now(UTC).replace(microsecond=0))
        for candidate, _ in found.current:
            self._tally.saw([candidate.url], candidate.wp_id)
        self._spider.stats.current(len(found.current))
        self._spider.ledger.of(self.site).changes["unchanged"] += len(found.current)
        return list(found.to_read)

    async def room(self) -> None:
        """Wait until few requests of the site wait to be sent: those of a large one would fill the memory.

        Not while Scrapy takes no more responses: it waits for the callbacks that wait here.
        """
        engine = self._spider.crawler.engine
        while engine and engine._slot and engine._slot.closing is None:  # noqa: SLF001 - no public word
            waiting, scraping = engine._slot.scheduler, engine.scraper.slot  # noqa: SLF001 - likewise
            is_few = not isinstance(waiting, SiteScheduler) or waiting.requests_of(self.site) < MOST_WAITING
            if is_few or scraping is None or scraping.needs_backout():
                return
            await asyncio.sleep(ROOM_SECONDS)

    async def known_terms(self) -> tuple[list[str], list[str]]:
        """The categories and the tags of what is stored of the site."""
        return await Articles(Database.of(self._spider.crawler).db).latest_terms(self.site)

    def read(self, candidates: Iterable[Candidate]) -> Iterator[Output]:
        """The articles that the route gave whole, and requests for the pages of the others."""
        for candidate in candidates:
            if self.progress.is_done:
                return
            if candidate.article and not (self.rules.need_pages or self._lacks_extra(candidate.article)):
                yield from self.keep(candidate.article, candidate)
            else:
                yield from self._spider.requests([candidate], self.progress)

    def keep(self, article: Article, candidate: Candidate) -> Iterator[Output]:
        """An article as the route gave it."""
        note_answer(article, candidate)
        self._note_language(article)
        yield from self._spider.keep(article, candidate, self.progress)

    def _lacks_extra(self, article: Article) -> bool:
        """Whether fields of the user's own are not in what the route gave: feeds and WordPress.com have none."""
        is_rest = article.source.read_from == "rest" and article.source.route != "wpcom"
        return bool(self.rules.extra) and not is_rest

    def _note_language(self, article: Article) -> None:
        """REST seldom says what a post is written in: the home page does, and the text itself may deny it."""
        site = self.record.language
        article.language = article.language or language_of_text(article.text or "", site) or site

    def walked(self, how: Walked) -> None:
        """A walk came to its end, or broke off."""
        self.progress.walked.append(how)
        level = logging.INFO if how.state in (State.COMPLETE, State.ABSENT) else logging.WARNING
        logger.log(level, "%s: route %s %s (%s)", self.site, how.route, how.state, how.reason or "to its end")
