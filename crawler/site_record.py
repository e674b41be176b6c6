"""What is known of a site, and how MongoDB keeps it. Pure functions; what is not known is absent from the document."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from crawler.changes import Document
from crawler.documents import plain
from crawler.layout import Layout, Shown
from crawler.routes.ladder import State
from crawler.start_urls import AnyScheme


@dataclass(slots=True, kw_only=True)
class Offer:
    """What a site was found to offer by one route."""

    state: State
    url: str | None = None
    """Where: the root of the REST API, the feed, the sitemap."""
    reason: str | None = None
    """Why the route is not used, in words."""
    checked_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Validator:
    """What a document is asked for again with, so that an unchanged one costs no body (RFC 9110, 13.1)."""

    url: str
    last_modified: str | None = None
    etag: str | None = None
    """Sent only where there is no ``last_modified``: see ``fetching.conditions``."""


@dataclass(slots=True, kw_only=True)
class Cursor:
    """How far the incremental crawl is."""

    modified: datetime | None = None
    """UTC: the newest modification that the REST API has told."""
    published: datetime | None = None
    """When the last crawl began that has asked the REST API for what was published until then."""
    sitemap: datetime | None = None
    """When the last crawl began that has read the sitemaps to their end."""
    reached: datetime | None = None
    """Of a whole crawl that was left: up to which modification the REST API has told everything."""


@dataclass(slots=True, kw_only=True)
class CompletenessRecord:
    """Whether the last whole crawl got every post that any route knows of."""

    at: datetime
    value: bool
    missing: int = 0
    why: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Health:
    """How the site answered lately."""

    status: int | None = None
    """HTTP status of the latest answer to a start or a route."""
    failures: int = 0
    """Crawls in a row that could not read the site."""
    last_error: str | None = None
    blocked_since: datetime | None = None
    """When it began to keep crawlers out; absent while it does not."""


@dataclass(slots=True, kw_only=True)
class Robots:
    """What the host of the home answered when it was asked for its robots.txt."""

    status: int
    text: str
    fetched_at: datetime


@dataclass(slots=True, kw_only=True)
class PushOffer:
    """Who would tell when the site publishes, as its feed or its home page names them."""

    hubs: list[str] = field(default_factory=list)
    """Of WebSub, in the order in which they are named."""
    topic: str | None = None
    """What to subscribe to at a hub, to the letter."""
    cloud: str | None = None
    """Where to register with its rssCloud server."""
    protocol: str | None = None
    """Of that: ``http-post`` or ``https-post``."""
    feed: str | None = None
    """What to register there."""


@dataclass(slots=True, kw_only=True)
class BrowserNeed:
    """That the pages of a site are empty until scripts run."""

    why: str
    """See ``routes.scripted.needs_scripts``."""
    found_at: datetime
    expires_at: datetime
    """Until when its pages are opened in a browser without a look at what they are without."""


@dataclass(slots=True, kw_only=True)
class SiteRecord:
    """A site. The keys of ``offers``, ``validators`` and ``counts`` are names of routes or of kinds of documents."""

    id: str
    """See ``urls.site_id``."""
    url: str | None = None
    """Where a crawl starts, as it was given."""
    any_scheme: bool | None = None
    """Whether ``url`` was given without a scheme: see ``start_urls.by_schemes``."""
    listed: bool = False
    """Whether it is on the list of ``scrapy sites``."""
    added_at: datetime | None = None
    next_due_at: datetime | None = None
    pushed_at: datetime | None = None
    """When the site is to be looked at because it told of something new; absent when a look that began later is kept.

    May lie ahead, by the time in which pushes are gathered."""
    not_before: datetime | None = None
    """Up to when it is left alone, whatever it tells: it wanted a pause, keeps us out, or was asked enough."""
    aliases: list[str] = field(default_factory=list)
    """Site ids of start URLs that led to this home."""
    home: str | None = None
    language: str | None = None
    """BCP 47: what the home page states."""
    types: list[str] = field(default_factory=list)
    """The post types that the last whole crawl was asked for; empty: posts."""
    offers: dict[str, Offer] = field(default_factory=dict)
    offers_expire_at: datetime | None = None
    route: str | None = None
    """What the last crawl used."""
    route_reason: str | None = None
    cursor: Cursor | None = None
    robots: Robots | None = None
    """Absent where it is too long to keep, or the host was in trouble."""
    validators: dict[str, Validator] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """How many posts each route says there are."""
    complete: CompletenessRecord | None = None
    health: Health | None = None
    layout: Layout = field(default_factory=dict)
    """How many of the posts show what, by way of reading (``items.ReadFrom``) and field."""
    checked_at: datetime | None = None
    """When a crawl last looked; what it has seen ``cursor`` tells."""
    changed_at: datetime | None = None
    """When one last found something added, changed or gone."""
    swept_at: datetime | None = None
    interval_seconds: int | None = None
    unfinished_since: datetime | None = None
    """When the whole crawl began that was left before it was done; the next one goes on with it."""
    begun_at: datetime | None = None
    """When a whole crawl began that has not come to its end: it goes on, or it was interrupted, killed or broke off."""
    unread: list[str] = field(default_factory=list)
    """Pages that may be posts and could not be read: the next crawl asks for them again."""
    push: PushOffer | None = None
    """Absent where nobody is named."""
    browser: BrowserNeed | None = None
    """Absent where pages can be read as they come."""

    @property
    def start_url(self) -> str:
        """Where a crawl starts."""
        if self.url and not self.any_scheme:
            return self.url
        return AnyScheme(self.url or f"https://{self.id}/")


_OF_THE_LIST = frozenset({"id", "url", "any_scheme", "listed", "added_at", "pushed_at"})
"""Fields that ``scrapy sites`` or pushes own: a crawl does not write them, or it would undo what was said meanwhile."""

_MANY = {"offers": Offer, "validators": Validator}
_ONE = {
    "cursor": Cursor,
    "complete": CompletenessRecord,
    "health": Health,
    "robots": Robots,
    "push": PushOffer,
    "browser": BrowserNeed,
}


def to_document(record: SiteRecord) -> Document:
    """The record as MongoDB keeps it: times in whole milliseconds, without ``None`` and empty parts.

    Raises ValueError for a key that MongoDB would read as a path.
    """
    for key in (*record.offers, *record.validators, *record.counts):
        if not key or "." in key or key.startswith("$"):
            raise ValueError(f"{key!r} cannot be the name of a field: keep it as a value")
    document = {f.name: plain(getattr(record, f.name)) for f in fields(record) if f.name != "id"}
    return {"_id": record.id} | {name: value for name, value in document.items() if value not in (None, {}, [])}


def from_document(document: Mapping[str, Any]) -> SiteRecord:
    """The record of a document; fields that this version does not know are left out."""
    told = {f.name: document[f.name] for f in fields(SiteRecord) if f.name in document}
    for name, kind in _MANY.items():
        told[name] = {key: _part(kind, value) for key, value in document.get(name, {}).items()}
    for name, one in _ONE.items():
        told[name] = _part(one, document[name]) if name in document else None
    told["layout"] = {
        kind: {name: _part(Shown, shown) for name, shown in known.items()}
        for kind, known in document.get("layout", {}).items()
    }
    return SiteRecord(**told | {"id": document["_id"]})


def update_of(before: SiteRecord, after: SiteRecord) -> Document:
    """The MongoDB update for what a crawl learned: only fields that changed, and none that ``scrapy sites`` owns.

    Empty if nothing did.
    """
    was, now = (
        {name: value for name, value in to_document(record).items() if name not in (*_OF_THE_LIST, "_id")}
        for record in (before, after)
    )
    changed = {name: value for name, value in now.items() if was.get(name) != value}
    forgotten = dict.fromkeys(was.keys() - now.keys(), "")
    return {operator: what for operator, what in (("$set", changed), ("$unset", forgotten)) if what}


def _part(kind: type[Any], document: Mapping[str, Any]) -> Any:
    known = {f.name for f in fields(kind)}
    return kind(**{name: value for name, value in document.items() if name in known})
