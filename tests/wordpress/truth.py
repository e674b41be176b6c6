"""What WordPress's own database says of every public post: the values a crawl is compared with."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring

from .install import Site

SECRETS = (
    "HIDDEN-TITLE-MARKER",
    "HIDDEN-BODY-MARKER",
    "PASSWORD-BODY-MARKER",
    "PASSWORD-EXCERPT-MARKER",
    "HELD-COMMENT-MARKER",
    "SPAM-COMMENT-MARKER",
)
"""Words that stand only in what the public must not see."""

OUTSIDE_ARTICLES = ("APPROVED-COMMENT-MARKER", "PAGE-BODY-MARKER", "ATTACHMENT-PAGE-MARKER", "FOOTER-MARKER")
"""Words of public things that are no part of any article."""

_BLOCK = re.compile("p|h[1-6]|[uo]l|li|blockquote|pre|table|tr|figure|div|hr")
_BESIDE_THE_TEXT = frozenset({"figcaption", "iframe", "script", "style"})


@dataclass(frozen=True)
class Post:
    """One public post. ``pages``: the text of each; ``linked_pages``: whether a block divides them."""

    id: int
    key: str
    url: str
    title: str
    published_at: datetime
    modified_at: datetime
    authors: list[str]
    categories: list[str]
    tags: list[str]
    comment_count: int
    previous_url: str | None
    next_url: str | None
    protected: bool
    linked_pages: bool
    pages: list[str]


def truth_of(site: Site) -> dict[int, Post]:
    """Every public post of the site by its id, as it is to be displayed now (theme and permalinks count)."""
    return {record["id"]: _post(record) for record in site.php("truth.php")}


def reachable(posts: Mapping[int, Post], start: Post, direction: str = "both") -> dict[int, Post]:
    """Where previous and next lead. WordPress's chain leaves out posts that share a second with another."""
    by_url = {post.url: post for post in posts.values()}
    found: dict[int, Post] = {}
    waiting = [start]
    while waiting:
        post = waiting.pop()
        if post.id not in found:
            found[post.id] = post
            older = post.previous_url if direction != "newer" else None
            newer = post.next_url if direction != "older" else None
            waiting += [by_url[url] for url in (older, newer) if url]
    return found


def _post(record: dict[str, Any]) -> Post:
    read = {
        "title": _one_line(fragment_fromstring(record["title"], create_parent="div")),
        "published_at": datetime.fromisoformat(record["published_at"]),
        "modified_at": datetime.fromisoformat(record["modified_at"]),
        "categories": [unescape(name) for name in record["categories"]],
        "tags": [unescape(name) for name in record["tags"]],
        "pages": [_text(html) for html in record["pages"]],
    }
    return Post(**record | read)


def _one_line(element: HtmlElement) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(element.itertext()).split()))


def _text(html: str) -> str:
    """Content as plain text: blocks separated by a blank line, captions and embeds left out."""
    pieces = "".join(_pieces(fragment_fromstring(html, create_parent="div")))
    blocks = map(_lines, pieces.split("\0"))
    return unicodedata.normalize("NFC", "\n\n".join(filter(None, blocks)))


def _lines(block: str) -> str:
    """White space collapsed within each line, empty lines dropped."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in block.split("\n"))))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Text in order; NUL at the edges of blocks, a line feed only where a line is broken on purpose."""
    if element.tag in _BESIDE_THE_TEXT:
        return
    if element.tag == "br":
        yield "\n"
    edge = "\0" if _BLOCK.fullmatch(str(element.tag)) else ""
    yield edge
    if element.tag == "tr":
        yield " | ".join(_one_line(cell) for cell in element)
    elif element.tag == "pre":
        yield "".join(element.itertext())
    else:
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _pieces(child)
            yield (child.tail or "").replace("\n", " ")
    yield edge
