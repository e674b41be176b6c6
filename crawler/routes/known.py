"""Is what a route names stored already, as it is now? Pure functions on candidates and on states of stored articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from crawler.edits import has_further_pages
from crawler.identity import identity_keys
from crawler.routes.candidates import Candidate
from crawler.urls import url_key

_ZONES = timedelta(hours=26)
"""By so much a time that a sitemap writes without its zone may be wrong."""

State = Mapping[str, Any]
"""A stored article: ``_id, site, wp_id, url, url_keys, modified_at, gone_at, last_seen_at, source.lastmod,
page_count``."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Candidates by what has to be done: read them, or note that the stored articles are still there."""

    to_read: tuple[Candidate, ...]
    current: tuple[tuple[Candidate, State], ...]


def keys_of(candidates: Iterable[Candidate], site: str) -> list[str]:
    """The identity keys by which the states of candidates are looked up."""
    return list(dict.fromkeys(key for one in candidates for key in identity_keys(site, one.wp_id, [one.url])))


def sort_out(
    candidates: Sequence[Candidate],
    states: Iterable[State],
    site: str,
    *,
    undated: bool,
    seen_since: datetime | None = None,
) -> Sorted:
    """Which candidates have to be read.

    ``undated``: whether a stored post counts as unchanged where the route does not say when it was modified;
    ``seen_since``: it does if it was seen since then.
    """
    by_key: dict[str, State] = {}
    for state in states:
        if state["site"] == site:
            by_key.update(dict.fromkeys(state["url_keys"], state))
    to_read: list[Candidate] = []
    current: list[tuple[Candidate, State]] = []
    for candidate in candidates:
        known = _state_of(candidate, by_key, site)
        since = seen_since if _is_seen(known, seen_since) else None
        if known is not None and is_current(candidate, known, undated=undated or since is not None, seen_since=since):
            current.append((candidate, known))
        else:
            to_read.append(_readable_as(candidate, known))
    return Sorted(tuple(to_read), tuple(current))


def _is_seen(known: State | None, since: datetime | None) -> bool:
    seen_at = known.get("last_seen_at") if known else None
    return since is not None and seen_at is not None and seen_at >= since


def is_current(candidate: Candidate, known: State, *, undated: bool, seen_since: datetime | None = None) -> bool:
    """Whether the stored article is the version that the route names, and known by the address that it names.

    ``seen_since``: it was seen since then, by the crawl that this one goes on with. What was last modified before is
    as it was seen: a page that was asked for because it was left knows no date of its own. Nothing is marked as seen in
    a crawl of everything that was not read, or told by a route to be the stored version.
    """
    if known.get("gone_at") or url_key(candidate.url) not in known["url_keys"]:
        return False
    latest = candidate.modified_at or candidate.modified_by
    if latest is None:
        return undated
    if seen_since is not None and latest + _ZONES <= seen_since:
        return True
    seen = (known.get("modified_at"), (known.get("source") or {}).get("lastmod"))
    return any(moment is not None and moment >= latest for moment in seen)


def _readable_as(candidate: Candidate, known: State | None) -> Candidate:
    """Without the article that a feed gave, where the post has several pages: feeds hold the first (``Entry``)."""
    article = candidate.article
    is_part = article is not None and article.source.read_from == "feed" and has_further_pages(known or {})
    return replace(candidate, article=None) if is_part else candidate


def _state_of(candidate: Candidate, by_key: Mapping[str, State], site: str) -> State | None:
    """The id decides where both sides know it: an address may have been given to another post."""
    found = next((by_key[key] for key in identity_keys(site, candidate.wp_id, [candidate.url]) if key in by_key), None)
    if found is None or None in (candidate.wp_id, found.get("wp_id")):
        return found
    return found if found["wp_id"] == candidate.wp_id else None
