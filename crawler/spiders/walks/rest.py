"""The REST API: whole articles, a hundred a request, in the order of their modification."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from crawler.reading import Page
from crawler.routes.ladder import Known, Route, State, Walked
from crawler.routes.pagesize import MAX_PER_PAGE, fewer
from crawler.routes.rest import RestApi, rest_apis, slug_of
from crawler.routes.restanswer import Refused, RestPage, parse_posts, rest_bases
from crawler.routes.restcursor import OVERLAP, RestCursor
from crawler.routes.restperiod import PeriodCursor
from crawler.routes.wpcom import WpcomCursor, api_roots, parse_wpcom
from crawler.spiders.output import Output
from crawler.spiders.responses import note_when
from crawler.spiders.visit import Visit

T = TypeVar("T")

Cursor = RestCursor | PeriodCursor | WpcomCursor

_WITHOUT_TYPES = {"post": "posts"}
"""What can be asked for where the API does not tell its types."""


_SLUGS = 10
"""At once: a URL of 2 KB, since a slug has up to 200 characters (``post_name``), encoded ones."""


@dataclass(slots=True)
class RestWalk:
    """The posts of one site by its REST API in one crawl, or by the API of WordPress.com.

    A ``root`` is that of an API, as ``routes.wpcom.api_roots`` names it.
    """

    visit: Visit
    root: str | None = None
    reason: str | None = None
    """Why it is not used, or was left in the middle."""
    total: int | None = None
    is_resumed: bool = False
    """It went on where the crawl before had to leave it."""
    unasked: int = 0
    """Posts of other routes of which it was not asked whether the API has them: that would have taken too long."""
    unread: str | None = None
    """Why posts that were named by id could not be asked for."""
    latest: datetime | None = None
    """The latest modification that was told, of all types."""
    reached: datetime | None = None
    """Up to which modification everything was told, where that is known: in the order of modification, of one type."""
    unshown: dict[str, str] = field(default_factory=dict)
    """Post types that were asked for and that the API does not show: why."""
    collections: dict[str, list[RestApi]] = field(default_factory=dict)
    """Of each root: those of the post types that were asked for."""

    @property
    def newest(self) -> datetime | None:
        """Up to which modification every post was told: None where the walk broke off, or one of several types did."""
        return None if self.reason or self.unread else self.latest

    async def everything(self, page: Page, swept: str | None = None) -> AsyncIterator[Output]:
        """Every post, from the first root that answers.

        ``swept``: the root that gave every post before. It is asked first, and whoever answers is asked by id: only
        posts whose version is not stored are asked for whole.
        """
        roots = api_roots(page, self.visit.wpcom_api)
        for root in dict.fromkeys([swept, *roots] if swept else roots):
            self.reason = None
            async for output in self._every(root, await self._cursors(root, brief=swept is not None)):
                yield output
            if self.root is not None:
                break
        if self.is_resumed and self.root is not None and not self.reason and not self.visit.progress.is_done:
            async for output in self._of_other_routes(self.root):
                yield output
            await self._recount(self.root)
        self.visit.walked(self._how_it_went())

    async def changes(self, root: str, since: datetime, published: datetime | None = None) -> AsyncIterator[Output]:
        """What was modified since a moment; what was published since another: scheduled posts keep their draft's."""
        cursors = list(await self._cursors(root, since))
        if published and not self._is_wpcom(root):
            cursors += [PeriodCursor(api=api, since=published) for api in await self._collections(root)]
        async for output in self._every(root, cursors):
            yield output
        self.visit.walked(self._how_it_went())

    async def these(self, root: str, ids: Iterable[int]) -> AsyncIterator[Output]:
        """These posts, where they can be asked for by id: WordPress.com takes one at a time."""
        if not self._is_wpcom(root):
            async for output in self._by_id(RestApi(root, more=self.visit.rules.rest_fields), ids):
                yield output

    async def _cursors(self, root: str, since: datetime | None = None, *, brief: bool = False) -> Sequence[Cursor]:
        """Where to begin, in each collection that was asked for."""
        self.is_resumed = False
        if self._is_wpcom(root):
            after = since - OVERLAP if since else None
            types = self.visit.progress.types or (None,)
            return [WpcomCursor(root=root, since=after, type=name) for name in types]
        apis = await self._collections(root)
        if since is None and len(apis) == 1:
            since = self.visit.reached
            self.is_resumed = since is not None
        if since:
            return [RestCursor.modified_since(api, since) for api in apis]
        told = self.visit.progress
        if not told.is_whole:
            return [PeriodCursor(api=api, since=told.since, until=told.until, most=told.limit) for api in apis]
        return [RestCursor.sweep(api) if brief else RestCursor.everything(api) for api in apis]

    async def _collections(self, root: str) -> list[RestApi]:
        if root not in self.collections:
            self.collections[root] = await self._find_collections(root)
        return self.collections[root]

    async def _find_collections(self, root: str) -> list[RestApi]:
        types = self.visit.progress.types
        if types is None:
            return [RestApi(root, more=self.visit.rules.rest_fields)]
        reason, bases = "not_shown", _WITHOUT_TYPES
        answer = await self.visit.fetcher.fetch(RestApi(root).types_url())
        try:
            bases = rest_bases(answer.status, answer.body)
        except Refused as refusal:
            reason = answer.failed or str(refusal)
        apis = rest_apis(root, types, bases, self.visit.rules.rest_fields)
        self.unshown = {name: reason for name in types if name not in apis}
        self.visit.types_not_shown(self.unshown, reason)
        self.reason = None if apis else reason
        return list(apis.values())

    async def _every(self, root: str, starts: Iterable[Cursor]) -> AsyncIterator[Output]:
        """One collection after the other; the reason of the first that broke off is kept."""
        broken = self.reason
        for start in starts:
            async for output in self._walk(root, start):
                yield output
            broken = broken or self.reason
        self.reason = broken

    async def _walk(self, root: str, start: Cursor) -> AsyncIterator[Output]:
        cursor: Cursor | None = start
        has_begun = False
        while cursor is not None and not self.visit.progress.is_done:
            page = await self._ask(cursor.url, root)
            if page.refused is None and not has_begun:
                has_begun, self.root = True, root
                self._count(start, page)
            async for output in self._read(cursor, page):
                yield output
            is_in_order = isinstance(cursor, RestCursor) and cursor.is_in_order and len(self.collections[root]) == 1
            self.reached = self.latest if is_in_order else None
            following = cursor.advance(page)
            self.reason = cursor.stopped(page) if following is None else None
            cursor = following

    def _count(self, start: Cursor, page: RestPage) -> None:
        """The first answer tells how many there are in all."""
        if start.since is None and page.total is not None:
            self.total = (self.total or 0) + page.total

    async def _of_other_routes(self, root: str) -> AsyncIterator[Output]:
        """Which posts that another route has stored since the walk began the API has, too: they are of those that it
        counts, whoever named them, and others are not. It does not say where they are refused: they are not counted."""
        [api] = await self._collections(root)
        aside = self.visit.aside()
        for url, posts in _brief_urls(api, self.visit.recalled):
            if self.visit.progress.is_done or self.visit.is_over or not aside.has_room():
                self.unasked += posts
                continue
            page = await self._ask(url, root)
            wanted = await self.visit.wanted(Route.REST, page.candidates, undated=False)
            async for output in self._by_id(api, [one.wp_id for one in wanted if one.wp_id]):
                yield output

    async def _recount(self, root: str) -> None:
        """How many there are in all: a walk that goes on is told only of those behind the point where it does. What was
        published since, and last modified before that point, is named by nobody."""
        [api] = await self._collections(root)
        page = await self._ask(api.list_url({"per_page": "1", "orderby": "id", "order": "asc"}, brief=True), root)
        self.total, self.unread = page.total, self.unread or page.refused

    async def _read(self, cursor: Cursor, page: RestPage) -> AsyncIterator[Output]:
        fresh = cursor.fresh(page)
        told = [one.modified_at for one in fresh if one.modified_at]
        self.latest = max([*told, self.latest] if self.latest else told, default=None)
        wanted = await self.visit.wanted(Route.REST, fresh, undated=False)
        if isinstance(cursor, RestCursor) and cursor.brief:
            async for output in self._by_id(cursor.api, [one.wp_id for one in wanted if one.wp_id]):
                yield output
            return
        for output in self.visit.read(wanted):
            yield output

    async def _by_id(self, api: RestApi, ids: Iterable[int], size: int = MAX_PER_PAGE) -> AsyncIterator[Output]:
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), size):
            async for output in self._these(api, wanted[start : start + size], size):
                yield output

    async def _these(self, api: RestApi, ids: Sequence[int], size: int) -> AsyncIterator[Output]:
        """As many as are asked for at once, or in smaller parts where that is too much."""
        page = await self._ask(api.include_url(ids), api.root)
        if smaller := fewer(min(size, len(ids)), page.refused):
            async for output in self._by_id(api, ids, smaller):
                yield output
            return
        self.unread = page.refused or self.unread
        wanted = await self.visit.wanted(Route.REST, page.candidates, undated=False)
        for output in self.visit.read(wanted):
            yield output

    async def _ask(self, url: str, root: str) -> RestPage:
        is_wpcom = self._is_wpcom(root)
        answer = await self.visit.fetcher.fetch(url, elsewhere=is_wpcom)
        if answer.failed:
            return RestPage(refused=answer.failed)
        if is_wpcom:
            page = parse_wpcom(answer.status, answer.body, self.visit.home)
        else:
            page = parse_posts(answer.status, answer.headers, answer.body, self.visit.home, self.visit.rules)
        note_when(page.candidates, answer.at)
        return page

    def _is_wpcom(self, root: str) -> bool:
        return root.startswith(f"{self.visit.wpcom_api}/")

    def _how_it_went(self) -> Walked:
        if self.root is None:
            absent = self.reason in ("http_404", "rest_no_route", "html", "not_shown", "unknown_blog")
            return Walked(Route.REST, State.ABSENT if absent else State.REFUSED, self.reason)
        reason = self.reason or self.unread
        state = State.PARTIAL if reason else State.COMPLETE
        return Walked(Route.REST, state, reason, self.total, self.is_resumed, self.unasked)


def _brief_urls(api: RestApi, posts: Iterable[Known]) -> list[tuple[str, int]]:
    """What asks whether the API has these posts, by id, or by slug where no id is known; and of how many it asks."""
    told = list(posts)
    ids = sorted(one.wp_id for one in told if one.wp_id is not None)
    slugs = sorted(filter(None, (slug_of(one.url) for one in told if one.wp_id is None)))
    by_id = [(api.include_url(part, brief=True), len(part)) for part in _parts(ids, MAX_PER_PAGE)]
    return by_id + [(api.slugs_url(part), len(part)) for part in _parts(slugs, _SLUGS)]


def _parts(of: Sequence[T], size: int) -> list[Sequence[T]]:
    return [of[start : start + size] for start in range(0, len(of), size)]
