"""Dataclasses <-> the documents kept in MongoDB. Pure functions; what is not known is absent from the document."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from crawler.items import SCHEMA_VERSION, Article, Change, Embed, Image, Link, Source

_BOOKKEEPING = (
    "id", "first_seen_at", "last_seen_at", "last_changed_at", "missing_since", "gone_at", "revision", "change",
    "lost", "reread_at",
)  # fmt: skip
"""Fields of Article that the database decides, not the page."""

STORY_FIELDS = ("story_id", "duplicate_of", "first_site")
"""What the other articles decide."""

_PARTS = {"images": Image, "embeds": Embed, "links": Link}

_ARTICLE_FIELDS = tuple(f.name for f in fields(Article) if f.name not in _BOOKKEEPING)


def to_document(article: Article) -> dict[str, Any]:
    """What a page says of an article, as MongoDB keeps it: without ``None``, times in whole milliseconds."""
    read = {name: plain(getattr(article, name)) for name in _ARTICLE_FIELDS}
    return {"schema": SCHEMA_VERSION} | {name: value for name, value in read.items() if value is not None}


def from_document(document: Mapping[str, Any]) -> Article:
    """The article of which ``to_document`` made this. Raises TypeError if it did not."""
    told = {name: document[name] for name in _ARTICLE_FIELDS if name in document}
    for name, kind in _PARTS.items():
        told[name] = [kind(**part) for part in told.get(name, ())]
    return Article(**told | {"source": Source(**told.get("source", {}))})


def fill_bookkeeping(article: Article, document: dict[str, Any], change: Change) -> None:
    """Tell an article what the database knows of it once it is stored."""
    article.id = str(document["_id"])
    article.change = change
    for name in STORY_FIELDS:
        setattr(article, name, document.get(name))
    for name in ("first_seen_at", "last_seen_at", "last_changed_at", "missing_since", "gone_at", "revision"):
        setattr(article, name, document.get(name))
    article.reread_at = (document.get("reread") or {}).get("at")


def plain(value: Any) -> Any:
    """A value of a dataclass as MongoDB keeps it: nested ones without ``None``, times in UTC and whole milliseconds."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=value.microsecond // 1000 * 1000)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((name, plain(getattr(value, name))) for name in field_names(type(value)))
        return {name: part for name, part in parts if part is not None}
    return value


@cache
def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Of a dataclass."""
    return tuple(field.name for field in fields(kind))
