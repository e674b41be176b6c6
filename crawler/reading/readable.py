"""Whether a page shows one article to read: a post, or what reads as one without WordPress's word for it."""

import re
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.reading.boxnames import is_hard_noise_name, names_of
from crawler.reading.container import layout
from crawler.reading.head import meta
from crawler.reading.htmltags import HEADINGS
from crawler.reading.kind import Kind, own_address, page_kind, prose
from crawler.reading.markup import body_classes, having_class
from crawler.reading.page import Page, per_page
from crawler.reading.structured import article_node
from crawler.reading.text import element_text
from crawler.reading.urlparts import url_parts

_PAGE_ID = re.compile(r"page-id-\d+$")
_ARTICLE_ITEM = re.compile(r"schema\.org/(?:\w*Article|BlogPosting)/?$", re.IGNORECASE)
_ITEM_TYPES = XPath("descendant::*[@itemscope]/@itemtype")
_ARTICLE_TEXT = 1000
"""Characters outside links from which a body without other signs is taken for an article's."""
_FEW = 2
"""Headings that an article may have which are links and nothing else."""
_FRONT_PROSE = 1500
"""Characters of long paragraphs from which a front page is a text of its own: a landing page has less."""


@per_page
def shows_one_article(page: Page) -> bool:
    """Whether there is one article on a page, so that whoever asks for it can be answered."""
    kind = page_kind(page)
    if kind is Kind.NOT_WORDPRESS:
        return _is_article_of_another_system(page)
    if kind is Kind.HOME:
        return _is_static_text(page)
    return kind in (Kind.POST, Kind.PAGE, Kind.UNKNOWN)


def _is_article_of_another_system(page: Page) -> bool:
    """Whether a page says that it is an article, or has the prose of one; neither a site's front page nor a list.

    Systems print ``og:type`` "article" on lists, too.
    """
    if not url_parts(own_address(page)).path.strip("/"):
        return False
    if article_node(page) is not None or meta(page, "article:published_time") or _has_article_item(page):
        return True
    return (meta(page, "og:type") == "article" or _unlinked(page) > _ARTICLE_TEXT) and not _is_list(page)


def _unlinked(page: Page) -> int:
    """Characters outside links of what would be the body: old systems write no paragraphs."""
    return sum(
        len(element_text(container)) - sum(len(element_text(link)) for link in container.iter("a"))
        for container in layout(page).containers
    )


def _has_article_item(page: Page) -> bool:
    """Whether microdata describes one article: lists describe several."""
    return sum(1 for item in cast("list[str]", _ITEM_TYPES(page.root)) if _ARTICLE_ITEM.search(item)) == 1


def _is_static_text(page: Page) -> bool:
    """Whether a front page is a WordPress page with the length of an article, without a list of posts."""
    is_page = any(_PAGE_ID.match(name) for name in body_classes(page))
    posts = set(having_class(page, "hentry", "type-post"))
    return is_page and len(posts) <= 1 and not _is_list(page) and prose(page) > _FRONT_PROSE


def _is_list(page: Page) -> bool:
    """Whether what would be the body has headings that link to the posts they are of, or is itself below such a one."""
    headings = [heading for heading in page.root.iter(*HEADINGS) if _is_link(heading)]
    containers = frozenset(layout(page).containers)
    cards = {card for heading in headings for card in heading.iterancestors("article")}
    if len(cards) > _FEW and any(not cards.isdisjoint(container.iterancestors()) for container in containers):
        return True
    return sum(_is_in(heading, containers, layout(page).boxes) for heading in headings) > _FEW


def _is_link(heading: HtmlElement) -> bool:
    text = element_text(heading)
    return bool(text) and "".join(map(element_text, heading.iter("a"))) == text


def _is_in(heading: HtmlElement, containers: frozenset[HtmlElement], boxes: frozenset[HtmlElement]) -> bool:
    """Whether a heading stands in the body, and not in a box of related posts there."""
    for above in heading.iterancestors():
        if above in containers:
            return True
        if above in boxes or is_hard_noise_name(names_of(above)):
            return False
    return False
