"""A part of a site's posts by the REST API: those of a period, or the newest, newest first."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.routes.candidates import Candidate
from crawler.routes.pagesize import MAX_PER_PAGE, fewer
from crawler.routes.rest import RestApi, gmt
from crawler.routes.restanswer import RestPage

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCursor:
    """The next request (``url``); after its answer ``fresh`` are the candidates and ``advance`` is the next cursor.

    In order of publication: what is published meanwhile moves the others down, so that some are told twice and none is
    passed over. ``most``: how many are wanted, if not all.
    """

    api: RestApi
    since: datetime | None = None
    """UTC, included; so is ``until``."""
    until: datetime | None = None
    most: int | None = None
    per_page: int = MAX_PER_PAGE
    offset: int = 0
    seen: AbstractSet[int] = frozenset()

    @property
    def url(self) -> str:
        """What to ask for. The API leaves out the bounds themselves (``after``, ``before``)."""
        bounds = {"after": self.since and self.since - _SECOND, "before": self.until and self.until + _SECOND}
        told = {name: gmt(moment) for name, moment in bounds.items() if moment}
        order = {"orderby": "date", "order": "desc", "per_page": str(self._size), "offset": str(self.offset)}
        return self.api.list_url(told | order)

    @property
    def _size(self) -> int:
        return min(self.most or self.per_page, self.per_page)

    def fresh(self, page: RestPage) -> list[Candidate]:
        """The candidates of an answer that were not told before."""
        return [row.candidate for row in page.rows if row.id not in self.seen]

    def advance(self, page: RestPage) -> "PeriodCursor | None":
        """The cursor after an answer; None at the end, after a page that repeats others, or if the site refuses."""
        if smaller := fewer(self._size, page.refused):
            return replace(self, per_page=smaller)
        if not self.fresh(page) or not self._has_more(page):
            return None
        return replace(self, offset=self.offset + page.listed, seen=self.seen | {row.id for row in page.rows})

    def stopped(self, page: RestPage) -> str | None:
        """Why it ended with an answer that is not the last of the list; None if it is."""
        if page.refused or not self._has_more(page):
            return page.refused
        return "same_page_again" if page.rows else "nothing_listed"

    def _has_more(self, page: RestPage) -> bool:
        return page.goes_on(self.offset, self._size, fresh=bool(self.fresh(page)))
