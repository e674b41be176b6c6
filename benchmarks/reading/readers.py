"""The readers that are compared: bytes' text and URL in, the same few fields out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from lxml.html import HtmlElement, document_fromstring
from trafilatura import bare_extraction

from crawler.reading import NotAPost, UnreadablePage, read_post

NEAREST = "trafilatura"
"""The reader that CPU time is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reader says of a page; dates as ISO 8601; what it does not tell stays empty."""

    title: str = ""
    text: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    previous_url: str = ""
    next_url: str = ""
    wp_id: int | None = None
    comment_count: int | None = None


Reader = Callable[[str, str], Answer]


def presswalk(html: str, url: str) -> Answer:
    """This project's reader; a page that it refuses has no answer."""
    try:
        article = read_post(html, url)
    except (NotAPost, UnreadablePage):
        return Answer()
    return Answer(
        title=article.title or "",
        text=article.text or "",
        authors=list(article.authors),
        published=article.published_at.isoformat() if article.published_at else "",
        categories=list(article.categories),
        tags=list(article.tags),
        previous_url=article.previous_url or "",
        next_url=article.next_url or "",
        wp_id=article.wp_id,
        comment_count=article.comment_count,
    )


def trafilatura(html: str, url: str) -> Answer:
    """trafilatura with metadata, otherwise as it comes."""
    found = bare_extraction(html, url=url, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Answer()
    return Answer(
        title=found.title or "",
        text=found.text or "",
        authors=[found.author] if found.author else [],
        published=found.date or "",
        categories=list(found.categories or []),
        tags=list(found.tags or []),
    )


def newspaper4k(html: str, url: str) -> Answer:
    """newspaper4k, given the page instead of fetching it."""
    article: Any = import_module("newspaper").Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return Answer(
        title=article.title or "",
        text=article.text or "",
        authors=list(article.authors or []),
        published=published.isoformat() if published else "",
        tags=list(article.tags or []),
    )


def naive(html: str, url: str) -> Answer:  # noqa: ARG001 - the readers have one form
    """What a newcomer writes first: ``.entry-content, article``, ``h1``, ``time`` and Open Graph."""
    root = document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", html))
    container = _first(root, "//*[contains(concat(' ', @class, ' '), ' entry-content ')]", "//article")
    blocks = [] if container is None else container.xpath(".//p|.//li|.//h2|.//h3|.//h4|.//blockquote|.//pre")
    heading, author = _first(root, "//h1"), _first(root, "//*[@rel='author']")
    time = _first(root, "//time[@datetime]")
    return Answer(
        title=_text(heading) or _meta(root, "og:title"),
        text="\n\n".join(map(_text, blocks)),
        authors=[_text(author)] if author is not None else [],
        published=_meta(root, "article:published_time") or (time.get("datetime") or "" if time is not None else ""),
        categories=[_text(link) for link in root.xpath("//a[@rel='category tag']")],
        tags=[_text(link) for link in root.xpath("//a[@rel='tag']")],
    )


READERS: dict[str, Reader] = {
    "presswalk": presswalk,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "naive": naive,
}
_NEEDS = {"newspaper4k": "newspaper"}


def installed() -> tuple[dict[str, Reader], list[str]]:
    """The readers that can run here, and the names of those that cannot."""
    missing = [name for name, module in _NEEDS.items() if find_spec(module) is None]
    return {name: reader for name, reader in READERS.items() if name not in missing}, missing


def _first(root: HtmlElement, *paths: str) -> HtmlElement | None:
    return next((found for path in paths for found in root.xpath(path)), None)


def _text(element: HtmlElement | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _meta(root: HtmlElement, name: str) -> str:
    return next(iter(root.xpath("//meta[@property=$name]/@content", name=name)), "")
