"""Where a link leads, by its address alone: the pages of a site repeat the same few hundred, and each is told once."""

import re
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

from crawler.reading.markup import addressed
from crawler.reading.page import Page, per_page
from crawler.reading.urlparts import last_segment, url_query
from crawler.remember import remembered

_AUTHOR_BASES = frozenset({
    "author", "authors", "autor", "auteur", "autore", "people", "profile", "contributor", "contributors", "team",
    "staff", "by", "writer", "writers",
})  # fmt: skip
"""What stands before an author's name in the addresses of archives."""
_AUTHOR_QUERY = re.compile(r"[?&]author=")
_CATEGORY_URL = re.compile(
    r"/(?:category|categor(?:ia|y|ie|ies|ias)|kategori[aey]?|kategoria|rubrik|rubrique|rubric|cat|categorie|section|topics?)/"
)
_TAG_URL = re.compile(r"/(?:tags?|schlagw(?:o|oe)rt|etiquetas?|etiquette|mot-cle|keyword|label)/")
_TERM_QUERY = re.compile(r"[?&](cat|category_name|tag)=")
_PERCENT_ENCODED, _NOT_IN_CLASS = re.compile(r"%[a-f0-9]{2}"), re.compile(r"[^a-z0-9_-]")
_TO_THREAD = re.compile(r"(?:^|[-_])(?:comments?|respond|disqus_thread)$")
_COMMENT_PAGE = re.compile(r"/comment-page-\d|[?&]cpage=\d")
_OF_COMMENT = re.compile(r"#comment-|[?&]replytocom=")

TermKind = Literal["category", "tag"]


@dataclass(frozen=True, slots=True)
class Destination:
    """What an address tells of what it leads to.

    ``address`` is without the place on the page. ``term_class`` is the class that ``get_post_class`` would print for
    a term of this address; empty for a slug of which it prints the term's id instead. ``is_of_thread``: whether it
    leads to the place of the comments; ``is_comment_page``: to one page of several of them.
    """

    address: str
    term_kind: TermKind | None
    term_class: str
    is_author: bool
    is_of_thread: bool
    is_comment_page: bool


@remembered(8192)
def destination(href: str) -> Destination:
    """Of an address as it is written in a page."""
    address, _, fragment = href.partition("#")
    return Destination(
        address=address,
        term_kind=_kind_of_term(href),
        term_class=_class_of_term(href),
        is_author=_is_author(href),
        is_of_thread=_TO_THREAD.search(fragment.lower()) is not None,
        is_comment_page=_COMMENT_PAGE.search(href) is not None and not _OF_COMMENT.search(href),
    )


@per_page
def destinations(page: Page) -> list[tuple[HtmlElement, Destination]]:
    """The links of a page that lead somewhere, each with where to."""
    return [(link, destination(href)) for link, href in addressed(page)]


def leads_to_author(link: HtmlElement) -> bool:
    """Whether a link leads to the archive of an author."""
    return destination(link.get("href") or "").is_author or "author" in (link.get("rel") or "")


def _kind_of_term(href: str) -> TermKind | None:
    """By the base that permalinks give terms, in many languages, or the query that plain ones do."""
    if match := _TERM_QUERY.search(href):
        return "tag" if match[1] == "tag" else "category"
    return "category" if _CATEGORY_URL.search(href) else "tag" if _TAG_URL.search(href) else None


def _class_of_term(href: str) -> str:
    """``sanitize_html_class`` of the slug; none of one that is a number or not ASCII."""
    named = url_query(href) if "?" in href else {}
    slug = named.get("tag") or named.get("category_name")
    if slug is None and "cat" not in named:
        slug = last_segment(href)
    name = _NOT_IN_CLASS.sub("", _PERCENT_ENCODED.sub("", (slug or "").lower()))
    return name if name.strip("-") and not name.isdigit() else ""


def _is_author(href: str) -> bool:
    above = href.removesuffix("/").rsplit("/", 2)
    if len(above) > 2 and above[1] in _AUTHOR_BASES and above[2]:
        return True
    return "author=" in href and _AUTHOR_QUERY.search(href) is not None
