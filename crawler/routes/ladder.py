"""The ladder: which route of a site is walked next, and whether those walked have shown every post. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from crawler.compact import Met
from crawler.identity import identity_keys


class Route(StrEnum):
    """A way of finding posts, cheapest first."""

    REST = "rest"
    FEED = "feed"
    SITEMAP = "sitemap"
    ARCHIVE = "archive"
    NAVIGATION = "navigation"


class State(StrEnum):
    """What became of a route, and so what the site is remembered to offer by it."""

    COMPLETE = "complete"
    """It was walked to its end."""
    PARTIAL = "partial"
    """It broke off."""
    REFUSED = "refused"
    """The site has it, and keeps us out of it."""
    ABSENT = "absent"
    """The site does not have it."""
    SUMMARY = "summary"
    """A feed that gives only the beginning of each article: it was found, and not walked."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A route that was tried, and how it went."""

    route: Route
    state: State
    reason: str | None = None
    """Why it is not complete: ``http_401``, ``rest_not_logged_in``, ``no_feed`` …"""
    total: int | None = None
    """How many posts the site says there are, where it does (``X-WP-Total``)."""
    is_resumed: bool = False
    """It went on where an earlier walk was left: what that one named is known from what is stored, and may be gone."""
    unasked: int = 0
    """Posts that other routes have stored, and of which this one was not asked whether it has them."""

    def __str__(self) -> str:
        """In words for a record: ``rest refused (http_401)``."""
        return f"{self.route} {self.state}" + (f" ({self.reason})" if self.reason else "")


def completed(walked: Iterable[Walked]) -> Walked | None:
    """The route that was walked to its end, if one was."""
    return next((one for one in walked if one.state is State.COMPLETE), None)


def next_route(walked: Sequence[Walked], allowed: Iterable[Route], *, feed_is_full: bool) -> Route | None:
    """The cheapest allowed route that was not tried yet; None once one was walked to its end, or none is left.

    A feed of summaries costs a page for every post, as a sitemap does, and ten posts a request besides: it comes
    after the sitemap. Navigation goes on from whatever page is read; it is walked alone only where archives may not be.
    """
    if completed(walked):
        return None
    ladder = (Route.REST, Route.FEED, Route.SITEMAP, Route.ARCHIVE, Route.NAVIGATION)
    if not feed_is_full:
        ladder = (Route.REST, Route.SITEMAP, Route.FEED, Route.ARCHIVE, Route.NAVIGATION)
    tried = {one.route for one in walked}
    wanted = set(allowed)
    return next((route for route in ladder if route in wanted and route not in tried), None)


class Known(NamedTuple):
    """By what a stored post can be asked for."""

    url: str
    wp_id: int | None


@dataclass(slots=True)
class Tally:
    """Which posts of a site each route names, and which of them were accounted for. Posts are told by identity keys."""

    site: str
    named: dict[Route, Met] = field(default_factory=dict)
    """By route: an identity key of every post that it names."""
    seen: Met = field(default_factory=Met)
    """Keys of posts that were read, or are stored as they are."""
    no_post: Met = field(default_factory=Met)
    """Keys of URLs that turned out to be no post: a page, an attachment, a 404 …"""
    recalled: dict[str, Known] = field(default_factory=dict)
    """By key: posts that earlier parts of a walk may have named or not, since what is stored is of another route."""
    is_chained: bool = False
    """Whether a post that was read named one beside it: without any, navigation proves nothing."""
    _open: dict[str, str] = field(default_factory=dict)
    """Key -> URL of what is named, and neither."""

    def name(self, route: Route, url: str, wp_id: int | None = None) -> None:
        """A route names a post."""
        key, *others = identity_keys(self.site, wp_id, [url])
        self.named.setdefault(route, Met()).add(key)
        for told in (key, *others):
            self.recalled.pop(told, None)
        if key not in self.seen and key not in self.no_post:
            self._open[key] = url

    def recall(self, url: str, wp_id: int | None = None) -> None:
        """A post was read since the walk began that goes on now, or was found as it is stored."""
        self.saw([url], wp_id)
        self.recalled[identity_keys(self.site, wp_id, [url])[0]] = Known(url, wp_id)

    def saw(self, urls: Iterable[str], wp_id: int | None = None) -> None:
        """A post was read, or is stored as it is."""
        self._account(self.seen, identity_keys(self.site, wp_id, urls))

    def is_no_post(self, url: str, wp_id: int | None = None) -> None:
        """A URL is none of a post, or of none that is public."""
        self._account(self.no_post, identity_keys(self.site, wp_id, [url]))

    def _account(self, met: Met, keys: Iterable[str]) -> None:
        for key in keys:
            met.add(key)
            self._open.pop(key, None)

    def has_seen(self, url: str, wp_id: int | None = None) -> bool:
        """Whether a post was accounted for already."""
        return any(key in self.seen for key in identity_keys(self.site, wp_id, [url]))

    def has_seen_id(self, wp_id: int) -> bool:
        """Whether the post with this id was accounted for."""
        return self.has_seen("", wp_id)

    def missing(self) -> list[str]:
        """The URL of every post that some route names and that is not accounted for."""
        return list(self._open.values())

    @property
    def open(self) -> int:
        """How many those are."""
        return len(self._open)

    def counts(self) -> dict[str, int]:
        """How many posts each route names."""
        return {str(route): len(posts) for route, posts in self.named.items()}


@dataclass(frozen=True, slots=True)
class Completeness:
    """Whether a full crawl has every post of a site; else why not, in words for the record of the run."""

    value: bool
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """URLs, at most ``MAX_MISSING``."""


MAX_MISSING = 100
"""As many are named in the record of a run."""


def completeness(
    walked: Sequence[Walked], tally: Tally, unread: Mapping[str, int], untold: Iterable[str] = ()
) -> Completeness:
    """What the routes say together.

    ``unread`` counts pages of posts that could not be read, by reason; ``untold`` are post types that were asked for
    and that no route knows.
    """
    missing = tally.missing()
    used = completed(walked)
    why = [] if used else [_unwalked(walked)]
    if used and used.route is Route.NAVIGATION and not tally.is_chained:
        why.append("no post that was read names the one before or after it")
    why += [short for one in walked if (short := _short_of_total(one, tally))]
    why += [f"{one.route} was not asked for {one.unasked} posts of other routes" for one in walked if one.unasked]
    if missing:
        why.append(f"{len(missing)} posts are named and were not read")
    why += [f"{count} pages were not read: {reason}" for reason, count in sorted(unread.items())]
    why += [f"no route tells of posts of the type {name}" for name in untold]
    return Completeness(not why, tuple(why), tuple(missing[:MAX_MISSING]))


def _unwalked(walked: Sequence[Walked]) -> str:
    return f"no route was walked to its end: {', '.join(map(str, walked)) or 'none tried'}"


def _short_of_total(walked: Walked, tally: Tally) -> str | None:
    """Of a walk that was resumed more than are counted are no proof either: as many may be lost as are not gone."""
    named = len(tally.named.get(walked.route, ()))
    if walked.total is None or named == walked.total:
        return None
    if named < walked.total:
        return f"{walked.route} names {named} posts of the {walked.total} it counts"
    gone = f"{walked.route} named {named} posts in several crawls and counts {walked.total} now: some are gone since"
    return gone if walked.is_resumed else None
