"""Cards of other posts: a box with one linked headline, whatever it is called, and what else is said of that post."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from crawler.reading.canonical import article_url
from crawler.reading.destinations import leads_to_author
from crawler.reading.head import base_url
from crawler.reading.page import Page
from crawler.reading.place import is_elsewhere, post_path
from crawler.reading.urlparts import same_url
from crawler.urls import absolute_url

_LEVELS = 5
"""Boxes from something in a card to all of the card, at most."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MOST = 20
"""Links in headings that are looked at: more than one are no card."""
_OF_TERMS = frozenset({"tag", "category"})


def outside_cards(page: Page, elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Those of the elements that are neither elsewhere (a sidebar, a menu …) nor in the card of another post."""
    return [e for e in elements if not is_elsewhere(page, e) and not _in_card(page, e)]


def _in_card(page: Page, element: HtmlElement) -> bool:
    """Whether the smallest box around it that has a linked heading has one such link.

    Several are a list of posts, with which what is said of this post may share a box, as in the footer of an entry.
    """
    path = post_path(page)
    boxes = islice(takewhile(lambda box: box not in path and box.tag != "body", element.iterancestors()), _LEVELS)
    linked = (set(_headlines_of_others(page, box)) for box in boxes)
    return len(next(filter(None, linked), ())) == 1


def _headlines_of_others(page: Page, box: HtmlElement) -> Iterator[str]:
    """Where the links in headings, or around them, lead; not those of comments, nor to authors, terms or this post."""
    links = chain.from_iterable(chain(e.iter("a"), islice(e.iterancestors("a"), 1)) for e in box.iter(*_HEADINGS))
    for link in islice(links, _MOST):
        url = absolute_url(base_url(page), link.get("href"))
        if url and _leads_to_post(link) and not _is_this(page, url) and not is_elsewhere(page, link):
            yield url


def _leads_to_post(link: HtmlElement) -> bool:
    return _OF_TERMS.isdisjoint((link.get("rel") or "").split()) and not leads_to_author(link)


def _is_this(page: Page, url: str) -> bool:
    """Whether it is this post's address, or a place on its page (the form for comments)."""
    address = url.partition("#")[0]
    return same_url(address, page.url.partition("#")[0]) or same_url(address, article_url(page).value)
