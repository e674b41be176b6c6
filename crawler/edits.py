"""Which differences between two readings of a post are edits: other routes and restless pages differ without one."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crawler.items import ChangeKind

_WORD = re.compile(r"\w+")

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

    Told by the modification date, or by the words where one of both has none: of the text, of the title and of the
    categories, as far as a route can show them. A post that is seen with more of its pages is told anew.
    """
    if _read_from(known) == _read_from(seen) or "text" not in known or _pages(seen) > _pages(known):
        return False
    stored, told = known.get("modified_at"), seen.get("modified_at")
    if stored and told:
        return bool(told == stored)
    if known.get("content_hash") != seen.get("content_hash"):
        return False
    return not (_is_retitled(known.get("title"), seen.get("title")) or _is_moved(known, seen))


def has_further_pages(known: Mapping[str, Any]) -> bool:
    """Whether a stored post is known to be divided into pages (``<!--nextpage-->``)."""
    return _pages(known) > 1


def is_first_page(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether a reading is the first page of a post that is stored whole.

    A feed holds no more of it, nor does what WordPress shows where the theme links to no further pages.
    """
    if not has_further_pages(known) or _pages(seen) >= _pages(known):
        return False
    if _read_from(seen) == "feed":
        return True
    stored, told = (_WORD.findall((document.get("text") or "").casefold()) for document in (known, seen))
    return _read_from(known) != _read_from(seen) and 0 < len(told) < len(stored) and stored[: len(told)] == told


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


def _pages(document: Mapping[str, Any]) -> int:
    return document.get("page_count") or 1


def _is_retitled(known: str | None, seen: str | None) -> bool:
    """Whether the letters are others; a site's name before or after a title, or a cut title, is none of an editor's."""
    stored, told = ("".join(_WORD.findall(title.casefold())) for title in (known or "", seen or ""))
    return bool(stored and told) and stored not in told and told not in stored


def _is_moved(known: Mapping[str, Any], seen: Mapping[str, Any]) -> bool:
    """Whether none of the categories is one that the post had; a page may show but some of them."""
    stored, told = ({name.casefold() for name in document.get("categories", ())} for document in (known, seen))
    return bool(stored and told) and stored.isdisjoint(told)


def _read_from(document: Mapping[str, Any]) -> str:
    return str((document.get("source") or {}).get("read_from", "page"))
