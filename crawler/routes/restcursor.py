"""Through a site's posts by the REST API, while they change: a cursor by modification, and lists by id.

In order of modification whatever is edited or published meanwhile comes last, so a cursor on that order loses nothing
and needs no page numbers. It is the site's local time: that is the column that core sorts and filters by.

    walk     orderby=modified&order=asc after the last second seen, asked again inclusively
    tie      a page within one second: all of that second, by id
    ids      all posts by id: the id sweep, and where order or filter are not obeyed (WordPress before 5.7)
    newest   orderby=modified&order=desc until old enough: what is new where the filter is not obeyed
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from crawler.routes.candidates import Candidate
from crawler.routes.offsets import Offsets
from crawler.routes.pagesize import MAX_PER_PAGE, PER_PAGE_REFUSED, fewer
from crawler.routes.rest import RestApi, gmt
from crawler.routes.restanswer import RestPage, RestRow

OVERLAP = timedelta(minutes=65)
"""How far before its last modification a site is asked again: its local time repeats an hour in autumn."""

_ZONES = timedelta(hours=26)
"""The most by which a change of the site's zone shifts its local time."""
_SECOND = timedelta(seconds=1)
_NEVER = datetime.min  # noqa: DTZ901 - compared with local times
_LAST = datetime.max - _SECOND  # noqa: DTZ901 - likewise; nothing can be asked for that is later

Phase = Literal["walk", "tie", "ids", "newest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestCursor:
    """The next request (``url``); after its answer ``fresh`` are the candidates and ``advance`` is the next cursor.

    ``since`` (UTC) limits to what was modified after it; ``brief`` asks for no content. ``after`` is the exclusive
    lower bound of a walk, ``second`` the second of a tie, both local. ``seen`` holds the version of each post seen.
    """

    api: RestApi
    per_page: int = MAX_PER_PAGE
    phase: Phase = "walk"
    since: datetime | None = None
    brief: bool = False
    after: datetime | None = None
    second: datetime = _NEVER
    place: Offsets = field(default_factory=Offsets)
    seen: Mapping[int, datetime | None] = field(default_factory=dict)

    @classmethod
    def everything(cls, api: RestApi, per_page: int = MAX_PER_PAGE) -> "RestCursor":
        """A full crawl."""
        return cls(api=api, per_page=per_page)

    @classmethod
    def modified_since(cls, api: RestApi, moment: datetime, overlap: timedelta = OVERLAP) -> "RestCursor":
        """What was modified since a moment (UTC), some of it asked for again."""
        return cls(api=api, since=moment - overlap)

    @classmethod
    def sweep(cls, api: RestApi, per_page: int = MAX_PER_PAGE) -> "RestCursor":
        """Every post's id, URL and version, to find what is gone."""
        return cls(api=api, per_page=per_page, phase="ids", brief=True)

    @property
    def is_in_order(self) -> bool:
        """Whether everything up to the latest modification that was told has been told."""
        return self.phase == "walk"

    @property
    def url(self) -> str:
        """What to ask for."""
        query = {"per_page": str(self.per_page)} | self._query()
        return self.api.list_url(query, brief=self.brief)

    def fresh(self, page: RestPage) -> list[Candidate]:
        """The candidates of an answer in versions that were not seen before, without what nobody asked for."""
        margin = timedelta() if self.brief else _ZONES
        return [row.candidate for row in self._new(page) if not self._is_old(row, margin)]

    def advance(self, page: RestPage) -> "RestCursor | None":
        """The cursor after an answer; None at the end, or if the site refuses."""
        if page.refused:
            return self._otherwise(page.refused)
        turns = {"walk": self._walk, "tie": self._tie, "ids": self._list, "newest": self._newest}
        following = turns[self.phase](page)
        seen = {**self.seen, **{row.id: row.modified for row in page.rows}}
        return replace(following, seen=seen) if following else None

    def stopped(self, page: RestPage) -> str | None:
        """Why it ended with an answer that is not the last of the list; None if it is, or far enough."""
        if page.refused or not self._has_more(page, self.place.offset):
            return page.refused
        is_far_enough = self.phase == "newest" and any(self._is_old(row) for row in page.rows)
        return None if is_far_enough else "same_page_again" if page.rows else "nothing_listed"

    def _otherwise(self, refused: str) -> "RestCursor | None":
        """What to ask for instead: in another order, or less at once."""
        if refused == "rest_invalid_param" and self.phase != "ids":
            return self._without_filter()
        smaller = fewer(self.per_page, PER_PAGE_REFUSED if refused == "rest_invalid_param" else refused)
        return replace(self, per_page=smaller) if smaller else None

    def _query(self) -> dict[str, str]:
        if self.phase == "newest":
            return {"orderby": "modified", "order": "desc", "offset": str(self.place.offset)}
        if self.phase == "walk":
            after = self.after.isoformat() if self.after else gmt(self.since) if self.since else None
            return {"orderby": "modified", "order": "asc"} | ({"modified_after": after} if after else {})
        by_id = {"orderby": "id", "order": "asc", "offset": str(self.place.offset)}
        if self.phase == "tie":
            by_id["modified_after"] = (self.second - _SECOND).isoformat()
            by_id["modified_before"] = (self.second + _SECOND).isoformat()
        return by_id

    def _new(self, page: RestPage) -> list[RestRow]:
        return [row for row in page.rows if row.id not in self.seen or self.seen[row.id] != row.modified]

    def _is_old(self, row: RestRow, margin: timedelta = timedelta()) -> bool:
        modified = row.candidate.modified_at
        return self.since is not None and modified is not None and modified < self.since - margin

    def _has_more(self, page: RestPage, offset: int = 0) -> bool:
        return page.goes_on(offset, self.per_page, fresh=bool(self._new(page)))

    def _walk(self, page: RestPage) -> "RestCursor | None":
        seconds = [row.modified or _NEVER for row in page.rows]
        if self._ignores_filter(page, seconds):
            return self._without_filter()
        if not self._has_more(page):
            return None
        if not seconds or seconds != sorted(seconds) or not _NEVER + _SECOND <= seconds[-1] <= _LAST:
            return self._by_id()
        if seconds[0] == seconds[-1]:
            return replace(self, phase="tie", second=seconds[-1], place=Offsets())
        return replace(self, after=seconds[-1] - _SECOND)

    def _ignores_filter(self, page: RestPage, seconds: list[datetime]) -> bool:
        """Whether posts came that were not asked for: WordPress before 5.7 does not know ``modified_after``."""
        if self.after is not None:
            return any(second <= self.after for second in seconds)
        return any(self._is_old(row, _ZONES) for row in page.rows)

    def _without_filter(self) -> "RestCursor":
        """By what every version obeys."""
        newest = self.since is not None and self.phase == "walk"
        return replace(self, phase="newest", place=Offsets()) if newest else self._by_id()

    def _by_id(self) -> "RestCursor":
        return replace(self, phase="ids", brief=self.brief or self.since is not None, place=Offsets())

    def _tie(self, page: RestPage) -> "RestCursor | None":
        if any(row.modified != self.second for row in page.rows):
            return self._without_filter()
        return self._list(page) or replace(self, phase="walk", after=self.second)

    def _list(self, page: RestPage) -> "RestCursor | None":
        return self._turned(page, [row.id for row in page.rows])

    def _newest(self, page: RestPage) -> "RestCursor | None":
        if any(self._is_old(row) for row in page.rows):
            return None
        keys = [-round(((row.modified or _NEVER) - _NEVER).total_seconds()) for row in page.rows]
        if len(keys) > 1 and len(set(keys)) == 1 and self._has_more(page, self.place.offset):
            return self._by_id()
        return self._turned(page, keys)

    def _turned(self, page: RestPage, keys: list[int]) -> "RestCursor | None":
        more = self._has_more(page, self.place.offset)
        place = self.place.turn(keys, self.per_page, more=more, fresh=bool(self._new(page)))
        return replace(self, place=place) if place else None
