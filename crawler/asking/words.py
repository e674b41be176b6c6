"""Pieces of documents in words, the same in tables, pages and Markdown. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from crawler.asking.printable import on_one_line

Document = Mapping[str, Any]

UNKNOWN = "-"

_NOT_ASCII = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)


def minute(moment: datetime | None) -> str:
    """A time as people read it; UTC, as everywhere."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else UNKNOWN


def listed(names: Sequence[str] | None) -> str:
    """Names on one line."""
    return ", ".join(names or ()) or UNKNOWN


def byline(document: Document) -> str:
    """Where, when and by whom an article was published."""
    published = document.get("published_at")
    known = [
        document["site"],
        f"{minute(published)} UTC" if published else None,
        ", ".join(document.get("authors", ())),
    ]
    return on_one_line(" · ".join(filter(None, known)))


def fate(document: Document) -> str:
    """What became of an article since it was found: changed, gone, a copy of another; empty for nothing."""
    said = []
    if gone_at := document.get("gone_at"):
        said.append(f"gone since {gone_at:%Y-%m-%d}")
    change = document.get("last_change") or {}
    if document.get("revision") and not gone_at and change.get("kind") != "added":  # else it was only read otherwise
        fields = change.get("fields") or ()
        said.append(f"changed {minute(document.get('last_changed_at'))}" + (f": {', '.join(fields)}" if fields else ""))
    if document.get("duplicate_of"):
        said.append(f"copy, first on {document['first_site']}" if document.get("first_site") else "copy")
    return " · ".join(said)


def readable_url(url: str) -> str:
    """A URL with its letters of other scripts as letters, as browsers show it; it leads to the same place."""
    return _NOT_ASCII.sub(_letters, url)


def _letters(encoded: re.Match[str]) -> str:
    decoded = unquote(encoded[0], errors="replace")
    return decoded if re.fullmatch(r"[\w\u0300-\u036f]+", decoded) else encoded[0]
