"""Who wrote a post: names in the order of the page."""

import re
from collections.abc import Iterable
from typing import Any

from lxml.html import HtmlElement

from crawler.reading.evidence import Candidate, Found, all_found
from crawler.reading.head import metas
from crawler.reading.headline import letters
from crawler.reading.markup import class_list, having_class, having_itemprop, having_rel, shown_text
from crawler.reading.names import is_desk, is_full_name, names_in
from crawler.reading.page import Page, per_page
from crawler.reading.shownauthors import (
    linked_authors,
    named_by_words,
    named_in_line,
    names_around_body,
    names_in_box,
    names_in_byline,
    names_opening_body,
    own_elements,
    unique,
)
from crawler.reading.structured import Node, article_node, page_node, resolve, text_of, types_of, values
from crawler.reading.wordpress import site_names

_META_NAMES = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "byl", "twitter:creator:name", "shareaholic:article_author_name",
)  # fmt: skip


def _without_site(page: Page, names: Iterable[str]) -> list[str]:
    """Names of people; the site's own name is no author where others stand beside it."""
    found, site = unique(names), {letters(name) for name in site_names(page)}
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


def _hcard(page: Page) -> list[str]:
    """``.author.vcard .fn`` of WordPress's own themes (hAtom)."""
    cards = [e for e in own_elements(page, having_class(page, "vcard")) if _is_author_card(e)]
    names = [fn for card in cards for fn in card.iterfind(".//*[@class]") if {"fn", "n"} & set(class_list(fn))]
    return unique(name for e in names for name in names_in(shown_text(e)))


def _is_author_card(element: HtmlElement) -> bool:
    parent = element.getparent()
    return "author" in " ".join(class_list(element)) or (parent is not None and "byline" in class_list(parent))


def _rel_author(page: Page) -> list[str]:
    links = [
        e
        for e in own_elements(page, having_rel(page, "author"))
        if not re.search(r"author-link|avatar", " ".join(class_list(e)))
    ]
    return unique(name for e in links for name in names_in(shown_text(e)))


def _itemprop(page: Page) -> list[str]:
    found = []
    for element in own_elements(page, having_itemprop(page, "author")):
        inner = [e for e in element.iterfind(".//*[@itemprop]") if e.get("itemprop") == "name"]
        found += [e.get("content") or shown_text(e) for e in inner] or [element.get("content") or shown_text(element)]
    return unique(name for text in found if len(text) < 120 for name in names_in(text))


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
        if names := unique(
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
    ("author archive link", linked_authors),
    ("byline", names_in_byline),
    ("byline around the body", names_around_body),
    ("By …", named_by_words),
    ("author box", names_in_box),
    ("JSON-LD author of the page", lambda page: _from_node(page, page_node(page))),
    ("… by", named_in_line),
)


@per_page
def authors(page: Page) -> Found[list[str]] | None:
    """The authors' names: the most trusted that are not just an organisation's, in their fullest form.

    The line that begins the body ("By Jane Doe") names them where nothing else does, or only a desk; an account in the
    site's own name stays the author, as WordPress and its feeds have it.
    """
    found = _most_trusted(page)
    if found and not all(letters(name) in _called_organisations(page) or is_desk(name) for name in found.value):
        return found
    written = names_opening_body(page)
    return Found(written, "By … in the body") if written else found


def _most_trusted(page: Page) -> Found[list[str]] | None:
    weak: Found[list[str]] | None = None
    for found in all_found(page, _AUTHORS):
        if all(letters(name) in _organisations(page) for name in found.value):
            weak = weak or found
        elif weak and letters(found.value[0]).startswith(letters(weak.value[0])):
            return weak  # a person whom a plugin calls an organisation
        else:
            return _with_others(page, _fullest(page, found))
    return weak


@per_page
def _organisations(page: Page) -> frozenset[str]:
    """The site's names, and those that structured data gives as the author while calling it an organisation."""
    return _called_organisations(page) | {letters(name) for name in site_names(page)}


@per_page
def _called_organisations(page: Page) -> frozenset[str]:
    authors = values(page, article_node(page) or {}, "author")
    named = (text_of(value) for value in authors if isinstance(value, dict) and _is_organisation(value))
    return frozenset(letters(name) for name in named if name)


def _is_organisation(node: Node) -> bool:
    return any(kind.endswith("Organization") for kind in types_of(node))


_LINKED: tuple[Candidate[list[str]], ...] = (
    ("author archive link", linked_authors),
    ("byline", names_in_byline),
)


def _with_others(page: Page, found: Found[list[str]]) -> Found[list[str]]:
    """One name as the several of the byline that it is among: plugins know the one author that WordPress knows."""
    if len(found.value) != 1:
        return found
    first = letters(found.value[0])
    fuller = (
        other
        for other in all_found(page, _LINKED)
        if len(other.value) > 1
        and first in map(letters, other.value)
        and all(is_full_name(name) and letters(name) not in _organisations(page) for name in other.value)
    )
    return next(fuller, found)


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
