"""Articles for a terminal and for a pipe, a few cells of each. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rich.text import Text

from crawler.asking.filters import DATE_FIELDS, Dated
from crawler.asking.table import Heading, in_two, styled
from crawler.asking.words import UNKNOWN, fate, listed, minute, readable_url

Document = Mapping[str, Any]

FIELDS = (
    "site", "url", "title", "authors", "published_at", "word_count", "first_seen_at", "last_changed_at", "last_change",
    "gone_at", "revision", "duplicate_of", "first_site",
)  # fmt: skip

_TITLES: dict[Dated, str] = {"published": "PUBLISHED", "new": "FOUND", "changed": "CHANGED", "gone": "GONE"}
_WHAT = (Heading("TITLE", 5), Heading("AUTHORS", 2), Heading("WORDS", right=True))


def lines(documents: Iterable[Document], width: int | None, dated: Dated) -> Iterator[Text]:
    """On a terminal two lines each, the second with the URL, which is never cut; in a pipe one line with everything."""
    when = Heading(_TITLES[dated])
    if width is not None:
        return in_two(documents, [when, *_WHAT], width, partial(_cells, dated), _below)
    headings = [when, Heading("SITE"), *_WHAT, Heading("STATE"), Heading("URL")]
    rows = ([*_cells(dated, d, d["site"]), fate(d) or UNKNOWN, d["url"]] for d in documents)
    return styled(rows, headings, None)


def _below(document: Document) -> str:
    return " · ".join(filter(None, (readable_url(document["url"]), fate(document))))


def _cells(dated: Dated, document: Document, *between: str) -> list[str]:
    return [
        minute(document.get(DATE_FIELDS[dated])),
        *between,
        document.get("title") or UNKNOWN,
        listed(document.get("authors")),
        str(document.get("word_count", UNKNOWN)),
    ]
