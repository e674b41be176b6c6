"""Articles for a terminal and for a pipe, a few cells of each. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, tee
from typing import Any

from rich.text import Text

from crawler.asking.filters import DATE_FIELDS, Dated
from crawler.asking.table import Heading, fitted, line
from crawler.asking.table import lines as table
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
    return map(Text, _whole(documents, dated, when)) if width is None else _in_two(documents, width, dated, when)


def _whole(documents: Iterable[Document], dated: Dated, when: Heading) -> Iterator[str]:
    headings = [when, Heading("SITE"), *_WHAT, Heading("STATE"), Heading("URL")]
    return table(([*_cells(d, dated, d["site"]), fate(d) or UNKNOWN, d["url"]] for d in documents), headings)


def _in_two(documents: Iterable[Document], width: int, dated: Dated, when: Heading) -> Iterator[Text]:
    for_cells, for_url = tee(documents)
    rows = fitted((_cells(document, dated) for document in for_cells), [when, *_WHAT], width)
    for cells, document in zip(rows, chain([None], for_url), strict=False):
        yield Text(line(cells), "" if document else "bold", no_wrap=True)
        if document:
            said = " · ".join(filter(None, (readable_url(document["url"]), fate(document))))
            yield Text(f"  {said}", "dim", no_wrap=True)


def _cells(document: Document, dated: Dated, *between: str) -> list[str]:
    return [
        minute(document.get(DATE_FIELDS[dated])),
        *between,
        document.get("title") or UNKNOWN,
        listed(document.get("authors")),
        str(document.get("word_count", UNKNOWN)),
    ]
