"""Articles for a terminal and for a pipe, a few cells of each. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, tee
from typing import Any

from rich.text import Text

from crawler.asking.filters import DATE_FIELDS, Dated
from crawler.asking.table import Heading, fitted, line
from crawler.asking.words import UNKNOWN, fate, listed, minute

Document = Mapping[str, Any]

FIELDS = (
    "site", "url", "title", "authors", "published_at", "word_count", "first_seen_at", "last_changed_at", "last_change",
    "gone_at", "revision", "duplicate_of", "first_site",
)  # fmt: skip

_TITLES: dict[Dated, str] = {"published": "PUBLISHED", "new": "FOUND", "changed": "CHANGED", "gone": "GONE"}
_INDENT = " " * 18
"""Below the title of the article, right of its date."""


def lines(documents: Iterable[Document], width: int | None, dated: Dated) -> Iterator[Text]:
    """On a terminal two lines each, the second with the URL, which is never cut; in a pipe one line with everything."""
    headings = [
        Heading(_TITLES[dated]),
        Heading("SITE", 2),
        Heading("TITLE", 5),
        Heading("AUTHORS", 2),
        Heading("WORDS", right=True),
    ]
    if width is None:
        headings += [Heading("STATE"), Heading("URL")]
        rows = ([*_cells(document, dated), fate(document) or UNKNOWN, document["url"]] for document in documents)
        yield from map(Text, map(line, fitted(rows, headings)))
        return
    for_cells, for_url = tee(documents)
    table = fitted((_cells(document, dated) for document in for_cells), headings, width)
    for cells, document in zip(table, chain([None], for_url), strict=False):
        yield Text(line(cells), "" if document else "bold", no_wrap=True)
        if document:
            said = " · ".join(filter(None, (document["url"], fate(document))))
            yield Text(_INDENT + said, "dim", no_wrap=True)


def _cells(document: Document, dated: Dated) -> list[str]:
    return [
        minute(document.get(DATE_FIELDS[dated])),
        document["site"],
        document.get("title") or UNKNOWN,
        listed(document.get("authors")),
        str(document.get("word_count", UNKNOWN)),
    ]
