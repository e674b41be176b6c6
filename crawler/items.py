"""The schema: what an article is, field by field.

A field that is not known is ``None`` (absent from the stored document); a list is empty when the page shows none.
Nothing here is ever invented. Times are timezone-aware UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SCHEMA_VERSION = 1

ReadFrom = Literal["page", "rest", "feed"]
Access = Literal["open", "teaser", "password"]
EmbedKind = Literal["video", "social", "audio", "iframe"]
Precision = Literal["age", "day", "time"]
ChangeKind = Literal["added", "changed", "reread", "unchanged", "gone", "returned"]
"""``reread``: the site has changed nothing, today's reader reads otherwise what was archived."""


@dataclass(slots=True, kw_only=True)
class Image:
    """A picture of the article; the largest candidate of its ``srcset``."""

    url: str
    alt: str | None = None
    caption: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(slots=True, kw_only=True)
class Embed:
    """Something of another site shown in the body."""

    url: str
    kind: EmbedKind


@dataclass(slots=True, kw_only=True)
class Link:
    """A link of the body."""

    url: str
    text: str


@dataclass(slots=True, kw_only=True)
class Source:
    """Where the latest read came from."""

    route: str | None = None
    """What led to it: a route (``routes.ladder.Route``), ``wpcom``, ``start``, ``unread``, ``sweep`` or ``reread``."""
    read_from: ReadFrom = "page"
    """What was read: the post's page, REST's answer or an entry of a feed."""
    browser: bool | None = None
    """True if the page was read as its scripts made it."""
    lastmod: datetime | None = None
    """When the route said that the post was last modified."""
    fetched_at: datetime | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    theme: str | None = None
    generator: str | None = None


@dataclass(slots=True, kw_only=True)
class Change:
    """What the latest sighting changed: the kind, and which fields differ from what was stored before."""

    kind: ChangeKind
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Article:
    """One post of one WordPress site, as read from its page (or feed, or REST answer)."""

    site: str
    """The WordPress home without scheme, ``www.`` and trailing slash: ``news.example``, ``example.org/blog``."""
    url: str
    """The canonical URL."""
    wp_id: int | None = None
    """The WordPress post id."""
    type: str | None = None
    """The WordPress post type: ``post``, or a custom one."""
    aliases: list[str] = field(default_factory=list)
    """Other URLs that led here."""
    title: str | None = None
    """Plain text, entities decoded, without the site's name."""
    excerpt: str | None = None
    """Plain text; only if the site gives one."""
    authors: list[str] = field(default_factory=list)
    """Names in the order of the page, without "By", dates or URLs."""
    published_at: datetime | None = None
    published_precision: Precision | None = None
    """Set with ``published_at``: ``time``, exact as the site states it; ``day``, the site states only the day, and
    ``published_at`` is its noon; ``age``, counted back from "2 days ago" at the time of the answer."""
    modified_at: datetime | None = None
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    """BCP 47."""
    text: str | None = None
    """The body: paragraphs, headings, list items and quotes as blocks, separated by a blank line."""
    html: str | None = None
    """The same body as sanitised HTML with absolute URLs."""
    images: list[Image] = field(default_factory=list)
    """The featured image first."""
    embeds: list[Embed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    word_count: int | None = None
    page_count: int | None = None
    comment_count: int | None = None
    previous_url: str | None = None
    """The older neighbour, by post navigation."""
    next_url: str | None = None
    """The newer neighbour, by post navigation."""
    access: Access = "open"
    reservations: list[str] | None = None
    """What the post's page reserves: see ``reading.reservations``. Empty if it says nothing; None where only REST or a
    feed was read: their headers speak of themselves."""
    syndicated_from: str | None = None
    """The URL on another site that the page names as its canonical one, or as its source."""
    content_hash: str | None = None
    """``1:`` and a hash of the normalised text; absent where there is no text."""
    story_id: str | None = None
    """The cluster of articles with (nearly) the same text."""
    duplicate_of: str | None = None
    """The earliest article of that cluster, if it is not this one."""
    first_site: str | None = None
    """The site of that article."""
    extra: dict[str, Any] | None = None
    """Fields of the user's own, by name: see ``reading.rules``."""
    source: Source = field(default_factory=Source)

    # What the database knows of it, filled in when it is identified and stored.
    id: str | None = None
    """``_id`` of the stored document, as 24 hexadecimal digits."""
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_changed_at: datetime | None = None
    reread_at: datetime | None = None
    """When it was last read from an archive with another result."""
    missing_since: datetime | None = None
    """The site answered 404 or 410 once; a second time sets ``gone_at``."""
    gone_at: datetime | None = None
    """The site no longer has it; the content is kept."""
    revision: int | None = None
    """Counts the changes, from 0."""
    change: Change | None = None
    lost: list[str] | None = None
    """Fields that the reading before showed, in the same way of reading, and this one does not; None if there is no
    such reading. Not stored: ``sites`` counts them."""


@dataclass(slots=True, kw_only=True)
class Missing:
    """A URL of the site that answered 404 or 410: if an article is stored under it, that article may be gone."""

    site: str
    url: str
    status: int
    id: str | None = None
