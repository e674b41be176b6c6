"""Which articles are meant: the filters that every command takes, as one query of MongoDB. Pure.

Values stay values: each is a string, a number or a date that is compared, never an operator. The only regular
expressions are escaped (see ``terms``) or made of letters, digits and hyphens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from crawler.asking.terms import by_expression, by_text_index

Query = dict[str, Any]
Dated = Literal["published", "new", "changed", "gone"]

DATE_FIELDS: dict[Dated, str] = {
    "published": "published_at",
    "new": "first_seen_at",
    "changed": "last_changed_at",
    "gone": "gone_at",
}
"""Which date a period is about, and what articles are sorted by; each has its index."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_STORY = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Of several values of one field any will do; of several fields all have to.

    Raises ValueError, in words, for what cannot be meant.
    """

    sites: tuple[str, ...] = ()
    """As they are stored: see ``urls.site_id``."""
    since: datetime | None = None
    until: datetime | None = None
    """Both included."""
    dated: Dated = "published"
    """What happened in that time; but for ``published``, only articles to which it happened."""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """Names as the sites write them."""
    language: str | None = None
    """BCP 47; ``en`` is ``en-GB``, too (RFC 4647, 3.3.1)."""
    terms: tuple[str, ...] = ()
    """See ``terms.terms_of``."""
    story: str | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError("--since is later than --until: nothing can lie between")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"{self.language!r} is no language; write a code of BCP 47: en, pt-BR")
        if self.story is not None and not _STORY.fullmatch(self.story):
            raise ValueError(f"{self.story!r} is no story; write its 24 digits, as in story_id")

    @property
    def date_field(self) -> str:
        """The field of the date that counts."""
        return DATE_FIELDS[self.dated]

    @property
    def only_dates(self) -> bool:
        """Whether nothing is asked for but a time."""
        return not (
            self.sites or self.categories or self.tags or self.authors or self.terms or self.language or self.story
        )


def article_query(filters: Filters, *, text_index: bool) -> Query:
    """The query; ``text_index``: whether the server has one."""
    query = _exact(filters) | _dates(filters)
    if filters.language:
        query["language"] = {"$regex": f"^{filters.language}(-|$)", "$options": "i"}
    if filters.terms:
        query |= by_text_index(filters.terms) if text_index else by_expression(filters.terms)
    return query


def one_of(values: Sequence[str]) -> str | Query:
    """What a field is compared with to be one of these."""
    return values[0] if len(values) == 1 else {"$in": list(values)}


def period(since: datetime | None, until: datetime | None) -> Query:
    """What a date is compared with to lie in a period; empty for any."""
    return {operator: moment for operator, moment in (("$gte", since), ("$lte", until)) if moment is not None}


def _exact(filters: Filters) -> Query:
    named = {"site": filters.sites, "categories": filters.categories, "tags": filters.tags, "authors": filters.authors}
    query: Query = {field: one_of(values) for field, values in named.items() if values}
    return query | ({"story_id": filters.story} if filters.story else {})


def _dates(filters: Filters) -> Query:
    query: Query = {}
    if within := period(filters.since, filters.until):
        query[filters.date_field] = within
    elif filters.dated == "gone":
        query["gone_at"] = {"$exists": True}
    if filters.dated == "changed":
        query |= {"revision": {"$gt": 0}, "last_change.kind": {"$ne": "added"}}  # not what was only read otherwise
    return query
