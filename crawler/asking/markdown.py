"""Articles as Markdown to read, and rows as its tables. Pure.

What articles say is plain text: characters that Markdown or HTML would act on are escaped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from crawler.asking.columns import Document
from crawler.asking.printable import on_one_line, printable
from crawler.asking.words import byline

FIELDS = ("site", "url", "title", "authors", "published_at", "categories", "tags", "text")

_SPECIAL = re.compile(r"[\\`*\[]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_AT_LINE_START = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|>|[-+=](?=[\s=-]|$)|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def articles(documents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each with its title as heading, where and when, and its text; a line between one and the next."""
    between = ""
    for document in documents:
        yield between + "\n\n".join(filter(None, _article(document))) + "\n"
        between = "\n---\n\n"


def table(rows: Iterable[Sequence[str]], titles: Sequence[str]) -> Iterator[str]:
    """A table (GitHub Flavored Markdown, 4.10)."""
    for number, row in enumerate(chain([titles], rows)):
        cells = (escaped(on_one_line(cell)).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |\n"
        if number == 0:
            yield f"|{'---|' * len(titles)}\n"


def escaped(text: str) -> str:
    """Plain text in such a way that Markdown shows it as it is."""
    quoted = _SPECIAL.sub(lambda found: f"\\{found[0]}", printable(text))
    return _AT_LINE_START.sub(_line_start, quoted)


def _line_start(found: re.Match[str]) -> str:
    is_number = found[2].isdecimal()
    return f"{found[1]}{found[2]}\\" if is_number else f"{found[1]}\\{found[2]}"


def _article(document: Document) -> Iterator[str]:
    yield f"# {escaped(on_one_line(document.get('title') or 'Without a title'))}"
    yield escaped(byline(document))
    yield f"<{document['url']}>"
    yield ", ".join(map(escaped, map(on_one_line, (*document.get("categories", ()), *document.get("tags", ())))))
    yield _paragraphs(document.get("text") or "")


def _paragraphs(text: str) -> str:
    """Blocks as they are, with their lines kept; what is indented would be shown as code."""
    return _LINE_BREAK.sub("  \n", _INDENTED.sub("", escaped(text)))
