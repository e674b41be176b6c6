"""Which differences between two readings of a post are edits: other routes and restless pages differ without one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crawler.items import ChangeKind

MAX_UNTOLD = 10
"""So many changes without a new modification date, and the page is restless: random teasers, counters."""

PATIENCE = timedelta(days=1)
"""A restless page may change once in this time: a real edit of it is late, and not lost."""


def is_stale(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether a reading shows an older version than the one that is stored: it came out of some cache."""
    stored, told = known.get("modified_at"), seen.get("modified_at")
    return bool(stored and told and told < stored)


def is_same_version(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether another route (page, REST, feed) shows the stored version: with other markup, fields and images.

    Told by the modification date, or by the words where one of both has none.
    """
    if _read_from(known) == _read_from(seen) or "text" not in known:
        return False
    stored, told = known.get("modified_at"), seen.get("modified_at")
    if stored and told:
        return bool(told == stored)
    return known.get("content_hash") == seen.get("content_hash")


def has_further_pages(known: Mapping[str, Any]) -> bool:
    """Whether a stored post is known to be divided into pages (``<!--nextpage-->``)."""
    return (known.get("page_count") or 1) > 1


def is_first_page(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether a reading is the first page of a post that is stored whole: a feed holds no more of it."""
    return _read_from(seen) == "feed" and has_further_pages(known)


def is_restless(known: Mapping[str, Any], seen: Mapping[str, Any], now: datetime) -> bool:
    """Whether a difference is to be disregarded, because this page differs at every visit."""
    if _is_told(known, seen) or known.get("untold_changes", 0) < MAX_UNTOLD:
        return False
    return bool(now - known["last_changed_at"] < PATIENCE)


def untold_changes(known: Mapping[str, Any], seen: Mapping[str, Any], kind: ChangeKind) -> int:
    """How often the post has changed since the site last dated a change, this reading included."""
    if _is_told(known, seen):
        return 0
    before: int = known.get("untold_changes", 0)
    return before + (kind == "changed")


def _is_told(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether the site dates the version that is seen later than the one that is stored."""
    stored, told = known.get("modified_at"), seen.get("modified_at")
    return bool(told and (stored is None or told > stored))


def _read_from(document: Mapping[str, Any]) -> str:
    return str((document.get("source") or {}).get("read_from", "page"))
