"""Who wrote a post: names in the order of the page."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml.html import HtmlElement

from crawler.reading.evidence import Candidate, Found, all_found
from crawler.reading.head import metas
from crawler.reading.headline import letters
from crawler.reading.markup import (
    anchors,
    class_list,
    having_class,
    having_class_like,
    having_itemprop,
    having_rel,
    short_text,
    shown_text,
)
from crawler.reading.names import names_in, starts_as_byline
from crawler.reading.page import Page, per_page
from crawler.reading.place import around_body, head_parts, in_post, is_elsewhere
from crawler.reading.structured import Node, article_node, page_node, resolve, text_of, values
from crawler.reading.text import raw_text
from crawler.reading.wordpress import site_names

_BYLINE_CLASSES = (
    "byline", "author-name", "entry-author", "post-author", "posted-by", "author", "wp-block-post-author-name",
    "wp-block-post-author__name", "entry-author-name", "td-post-author-name", "jeg_meta_author", "meta-author",
    "article-author", "article__author", "post__author", "entry__author", "author__name", "post-author-name",
    "by-author", "coauthors", "co-authors", "authors", "by", "writer", "contributor",
)  # fmt: skip
_BOX_CLASSES = (
    "author-bio", "author-box", "author-info", "author-profile", "author-card", "about-author", "post-author-box",
    "entry-author-box", "author-about", "author-description",
)  # fmt: skip
_META_NAMES = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "byl", "twitter:creator:name", "shareaholic:article_author_name",
)  # fmt: skip
_AUTHOR_URL = re.compile(
    r"/(?:authors?|autor|auteur|autore|people|profile|contributors?|team|staff|by|writers?)/[^/]+/?$|[?&]author="
)
_BYLINE_NAME = re.compile(r"author|byline|writer|posted-?by|written-?by")
_NO_BYLINE_NAME = re.compile(r"avatar|image|img|photo|bio|desc|box|social|link-?icon|title")


def _unique(names: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(letters(name), name)
    return [name for key, name in seen.items() if key]


def _without_site(page: Page, names: Iterable[str]) -> list[str]:
    """Names of people; the site's own name is no author where others stand beside it."""
    found, site = _unique(names), {letters(name) for name in site_names(page)}
    return [name for name in found if letters(name) not in site] or found


def _from_node(page: Page, node: Node | None) -> list[str]:
    people = [
        name
        for key in ("author", "creator")
        for value in values(page, node or {}, key)
        for name in _person(page, value)
    ]
    return _without_site(page, people)


def _person(page: Page, value: Any) -> list[str]:
    value = resolve(page, value)
    if isinstance(value, dict):
        inner = value.get("name")
        return [
            name for part in (inner if isinstance(inner, list) else [inner]) for name in names_in(text_of(part) or "")
        ]
    return names_in(text_of(value) or "")


def _own(page: Page, elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    return (element for element in elements if not is_elsewhere(page, element))


def _hcard(page: Page) -> list[str]:
    """``.author.vcard .fn`` of WordPress's own themes (hAtom)."""
    cards = [e for e in _own(page, having_class(page, "vcard")) if _is_author_card(e)]
    names = [fn for card in cards for fn in card.iterfind(".//*[@class]") if {"fn", "n"} & set(class_list(fn))]
    return _unique(name for e in names for name in names_in(shown_text(e)))


def _is_author_card(element: HtmlElement) -> bool:
    parent = element.getparent()
    return "author" in " ".join(class_list(element)) or (parent is not None and "byline" in class_list(parent))


def _rel_author(page: Page) -> list[str]:
    links = [
        e
        for e in _own(page, having_rel(page, "author"))
        if not re.search(r"author-link|avatar", " ".join(class_list(e)))
    ]
    return _unique(name for e in links for name in names_in(shown_text(e)))


def _itemprop(page: Page) -> list[str]:
    found = []
    for element in _own(page, having_itemprop(page, "author")):
        inner = [e for e in element.iterfind(".//*[@itemprop]") if e.get("itemprop") == "name"]
        found += [e.get("content") or shown_text(e) for e in inner] or [element.get("content") or shown_text(element)]
    return _unique(name for text in found if len(text) < 120 for name in names_in(text))


def _byline(page: Page) -> list[str]:
    for element in _own(page, having_class(page, *_BYLINE_CLASSES)):
        if names := _names_within(element):
            return names
    return []


def _names_within(element: HtmlElement) -> list[str]:
    """The names in a byline: of its links to authors, else of its part called a name, else of its text."""
    links = [
        a for a in element.iter("a") if _AUTHOR_URL.search(a.get("href") or "") or "author" in (a.get("rel") or "")
    ]
    parts = [
        e for e in element.iter() if e is not element and re.search(r"(?:^|[-_\s])name(?:$|\s)", e.get("class") or "")
    ]
    for elements in (links, parts, [element]):
        if names := _unique(name for e in elements for name in names_in(short_text(e, 200))):
            return names
    return []


@lru_cache(maxsize=16384)
def _names_byline(name: str) -> bool:
    return bool(_BYLINE_NAME.search(name)) and not _NO_BYLINE_NAME.search(name)


@lru_cache(maxsize=16384)
def _names_box_name(name: str) -> bool:
    """Page builders and plugins name its parts: ``elementor-author-box__name``, ``saboxplugin-authorname``."""
    return re.search(r"author[-_]?(?:box|info|card|bio)?[-_]*(?:full)?name$", name) is not None


def _around_body(page: Page) -> list[str]:
    """What the theme prints around the body under a class of its own that speaks of an author."""
    for element in around_body(page, having_class_like(page, _names_byline)):
        if names := _names_within(element):
            return names
    return []


def _by_words(page: Page) -> list[str]:
    """“By Jane Doe” in the head of the post."""
    for part in head_parts(page):
        for element in part.iter("*"):
            if starts_as_byline(raw_text(element)[:80].strip()) and (names := names_in(short_text(element, 100))):
                return names
    return []


def _author_links(page: Page) -> list[str]:
    """Links to an author's archive (``/author/NAME/``, ``?author=N``) around the body, then anywhere in the post."""
    links = [a for a in anchors(page) if _AUTHOR_URL.search(a.get("href") or "")]
    for link in [*around_body(page, links), *_own(page, links)]:
        if names := names_in(shown_text(link)):
            return names
    return []


def _author_box(page: Page) -> list[str]:
    """The name in the box below the post; Twenty Twenty-One shows the name of a known author only there."""
    for element in _own(page, having_class_like(page, _names_box_name)):
        if names := names_in(short_text(element, 100)):
            return names
    for box in having_class(page, *_BOX_CLASSES):
        heading = next(box.iter("h2", "h3", "h4", "h5", "h6"), None) if in_post(page, box) else None
        if heading is not None and (names := names_in(short_text(heading, 100))):
            return names
    return []


def _written_by(page: Page) -> list[str]:
    """``twitter:label1`` "Written by" and ``twitter:data1``, as Yoast and Rank Math print them."""
    for number in ("1", "2"):
        label, data = metas(page).get(f"twitter:label{number}"), metas(page).get(f"twitter:data{number}")
        if (
            label
            and data
            and not re.search(r"\d", data[0])
            and re.search(r"by|von|par|por|da|автор|door|av|yazan|oleh", label[0], re.IGNORECASE)
        ):
            return names_in(data[0])
    return []


def _metas(page: Page) -> list[str]:
    for name in _META_NAMES:
        if names := _unique(
            n for content in metas(page).get(name, []) if "://" not in content for n in names_in(content)
        ):
            return names
    return []


_AUTHORS: tuple[Candidate[list[str]], ...] = (
    ("author card", _hcard),
    ("JSON-LD author", lambda page: _from_node(page, article_node(page))),
    ("itemprop author", _itemprop),
    ("rel=author", _rel_author),
    ("Written by", _written_by),
    ("meta author", _metas),
    ("author archive link", _author_links),
    ("byline", _byline),
    ("byline around the body", _around_body),
    ("By …", _by_words),
    ("author box", _author_box),
    ("JSON-LD author of the page", lambda page: _from_node(page, page_node(page))),
)


@per_page
def authors(page: Page) -> Found[list[str]] | None:
    """The authors' names: the most trusted that are not just the site's own, in their fullest form."""
    site = {letters(name) for name in site_names(page)}
    weak: Found[list[str]] | None = None
    for found in all_found(page, _AUTHORS):
        if all(letters(name) in site for name in found.value):
            weak = weak or found
        else:
            return _fullest(page, found)
    return weak


def _fullest(page: Page, found: Found[list[str]]) -> Found[list[str]]:
    """“Jane” as the “Jane Doe” that other evidence has."""
    if len(found.value) != 1 or " " in found.value[0]:
        return found
    short = found.value[0].casefold() + " "
    longer = (
        other
        for other in all_found(page, _AUTHORS)
        if len(other.value) == 1 and other.value[0].casefold().startswith(short)
    )
    return next(longer, found)
