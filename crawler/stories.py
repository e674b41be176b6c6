"""One story and its copies: which articles tell the same, and which of them was first. Pure functions on documents.

By age, an article belongs to the earliest first article of a story that it is a copy of; if there is none, it is itself
the first of one. So every copy is a copy of the first article of its story, not of a copy of a copy of it, and which
story an article belongs to depends on the articles alone, never on the order in which they arrive.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from crawler.resemblance import SKETCH_VERSION, alike, sketch

Document = dict[str, Any]
Known = Mapping[str, Any]
Age = tuple[datetime, bool, datetime, str]

MIN_WORDS = 20
"""Shorter texts ("Read more", a disclaimer) say the same without being copies."""

CHANGED = "changed"
"""``grouping`` of an article that is new, or says something else than when its story was found …"""
MOVED = "moved"
"""… that is younger than it was then …"""
LATE = "late"
"""… and that waits for the end of a run. If it is in no story, it is as if it were not there."""

_TOO_SHORT = {"bands": [SKETCH_VERSION << 56]}
"""The sketch of a text that is too short for one: it tells the version, and keeps the article out of ``OUTDATED``."""

OUTDATED: Sequence[Document] = (
    {"sketch.bands": None},
    {"sketch.bands": {"$lt": SKETCH_VERSION << 56}},
)
"""Queries for articles without a sketch of this version; the index of the bands answers them."""

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def to_be_grouped(document: Document, known: Known | None = None) -> Document:
    """``sketch`` and ``grouping`` of an article whose story has to be found: nothing, if it stays as ``known`` was."""
    is_moved = known is not None and (age(document) > age(known) or known.get("grouping") == MOVED)
    if known and _has_sketch(known) and _decisive(document) == _decisive(known):
        return {}
    return {"sketch": _sketched(document), "grouping": MOVED if is_moved else CHANGED}


def brought_up(outdated: Known) -> Document:
    """``sketch`` of this version and ``grouping`` of a stored article that has none (``OUTDATED``)."""
    return {"sketch": _sketched(outdated), "grouping": outdated.get("grouping", LATE)}


def is_put_off(article: Known) -> bool:
    """Whether it is to be looked at as if it came only at the end of the run."""
    return article.get("grouping") == LATE and "story_id" not in article


def is_copy(a: Known, b: Known) -> bool:
    """Whether two articles tell the same: the same words, or nearly."""
    if a.get("content_hash") == b.get("content_hash"):
        return is_long_enough(a) and is_long_enough(b)
    ours, theirs = signature(a), signature(b)
    return ours is not None and theirs is not None and alike(ours, theirs)


def keys(article: Known) -> list[int | str]:
    """What an article has in common with each of its copies: at least one of these."""
    bands = article["sketch"]["bands"] if signature(article) else ()
    return [*bands, article["content_hash"]] if is_long_enough(article) else []


def is_long_enough(article: Known) -> bool:
    """Whether it has a text that can be a copy."""
    return "content_hash" in article and (article.get("word_count") or 0) >= MIN_WORDS


def signature(article: Known) -> bytes | None:
    """What tells how much of its text another article has, if it is long enough."""
    value: bytes | None = (article.get("sketch") or {}).get("signature")
    return value


def age(article: Known) -> Age:
    """Least for the first: by publication, else by when it was first seen; of the same minute, who names no page of
    another site as the source comes first; of the same moment, the lesser URL.

    Where the site states only the day, it counts as the end of that day: who states the time has it first. Whether the
    page that is named is in the story is not asked: then an article's age would depend on which others there are.
    """
    published: datetime = article.get("published_at") or article.get("first_seen_at") or _END_OF_TIME
    if article.get("published_precision") in {"day", "age"}:
        published = published.replace(hour=23, minute=59, second=59)
    minute = published.replace(second=0, microsecond=0)
    return minute, bool(article.get("syndicated_from")), published, article["url"]


def story_fields(first: Known) -> Document:
    """What a copy says of its story, whose first article this is."""
    return {"story_id": str(first["_id"]), "duplicate_of": str(first["_id"]), "first_site": first["site"]}


def _sketched(document: Known) -> Document:
    found = sketch(document.get("text") or "")
    return found._asdict() if found else _TOO_SHORT


def _has_sketch(known: Known) -> bool:
    """One of this version."""
    bands: list[int] = (known.get("sketch") or {}).get("bands") or [0]
    return bands[0] >> 56 == SKETCH_VERSION


def _decisive(article: Known) -> tuple[object, ...]:
    return article.get("content_hash"), article.get("word_count"), age(article)
