"""One way to write a name, a paragraph, a date and a URL."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.documents import field_names
from crawler.identity import content_hash
from crawler.items import Article, Missing
from crawler.reading.text import collapsed, indented, is_collapsed, visible
from crawler.urls import canonical_url, is_web_url

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, lone surrogates and non-characters: no text of an article, and not all of it valid BSON."""

_CONTROLS = bytes(code for code in range(128) if _UNSTORABLE.match(chr(code)))
_NEAR = (b"\xef\xb7", b"\xef\xbf")
"""How non-characters begin in UTF-8, and few others: a text that has no such byte at all is told so at once."""

_BLANK_LINES = re.compile(r"\n{3,}")

_MAX_INT = 2**53
"""Beyond it a number is no count, id or size of anything."""

CLOCK_SKEW = timedelta(days=2)
"""How far in the future a publication may lie: a site's clock and time zone may be wrong, its posts are public."""


class Normalise:
    """Item pipeline: every article leaves here written in one way, whatever route and theme it came from."""

    def process_item(self, item: Article | Missing) -> Article | Missing:
        """The same item, normalised."""
        return normalise(item, datetime.now(UTC)) if isinstance(item, Article) else item


def normalise(article: Article, now: datetime) -> Article:
    """A copy of an article: NFC, one white space, canonical URLs, names once, UTC times, with its content hash."""
    clean: Article = _cleaned(article)
    clean.url = canonical_url(clean.url)
    clean.aliases = [url for url in _canonical(clean.aliases) if url != clean.url]
    clean.previous_url, clean.next_url = (_neighbour(url) for url in (clean.previous_url, clean.next_url))
    for name in ("title", "excerpt"):
        setattr(clean, name, one_line(getattr(clean, name)))
    for name in ("authors", "categories", "tags"):
        setattr(clean, name, names(getattr(clean, name)))
    clean.text = paragraphs(clean.text)
    clean.published_at, clean.modified_at = (_moment(t, now) for t in (clean.published_at, clean.modified_at))
    clean.published_precision = clean.published_precision if clean.published_at else None
    clean.content_hash = content_hash(clean.text)
    return clean


def one_line(text: str | None) -> str | None:
    """Visible text with every run of white space as one space; None instead of nothing."""
    return collapsed(visible(text or "")) or None


def names(values: Iterable[str]) -> list[str]:
    """Distinct names in order, each on one line."""
    return list(dict.fromkeys(name for value in values if (name := one_line(value))))


def paragraphs(text: str | None) -> str | None:
    """Blocks separated by exactly one blank line, single line breaks within them kept, and the indentation of code."""
    if not text or _is_parted(text):
        return text or None
    lines = "\n".join(map(indented, text.split("\n")))
    parted = _BLANK_LINES.sub("\n\n", lines) if "\n\n\n" in lines else lines
    return parted.strip() or None


def _is_parted(text: str) -> bool:
    """Whether a text is as ``paragraphs`` leaves it; not all that are so are told, but nearly all that were read."""
    flat = text.replace("\n\n", " ").replace("\n", " ")
    return is_collapsed(flat) and flat[0] != " " != flat[-1]


def _canonical(urls: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(canonical_url(url) for url in urls if is_web_url(url)))


def _neighbour(url: str | None) -> str | None:
    return canonical_url(url) if url and is_web_url(url) else None


def _moment(moment: datetime | None, now: datetime) -> datetime | None:
    """UTC; None for a time without a zone, which would be a guess, and for one that cannot have come yet."""
    if moment is None or moment.tzinfo is None:
        return None
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        return None
    return utc if utc <= now + CLOCK_SKEW else None


def _cleaned(value: Any, name: str = "") -> Any:
    """The same structure with clean strings and numbers that BSON has."""
    if value is None:
        return None
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value  # as most are but for texts: nothing is left to clean
        clean = _storable(value.replace("\r\n", "\n") if "\r" in value else value)
        return clean if name == "url" else unicodedata.normalize("NFC", clean)  # another URL may be another file
    if isinstance(value, int):
        return value if abs(value) <= _MAX_INT else None
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{part: _cleaned(getattr(value, part), part) for part in field_names(type(value))})
    return value


def _storable(text: str) -> str:
    """A text without what is in ``_UNSTORABLE``; most have none of it, which bytes tell three times as fast."""
    try:
        written = text.encode()
    except UnicodeEncodeError:
        return _UNSTORABLE.sub("", text)
    is_near = b"\xef" in written and any(map(written.__contains__, _NEAR))
    is_safe = not is_near and len(written.translate(None, _CONTROLS)) == len(written)
    return text if is_safe else _UNSTORABLE.sub("", text)
