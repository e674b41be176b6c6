"""Posts in several pages (``<!--nextpage-->``): which page this is, and where the others are."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.reading.amp import unpaired
from crawler.reading.head import base_url, link_of
from crawler.reading.markup import body_classes, class_list, having_class
from crawler.reading.page import Page, per_page
from crawler.reading.place import is_elsewhere
from crawler.reading.text import raw_text
from crawler.reading.urlparts import same_url, url_parts, url_query
from crawler.urls import absolute_url

_PAGED_CLASS = re.compile(r"(?:single-)?paged-(\d+)$")
_PAGER_CLASSES = (
    "page-links",
    "post-nav-links",
    "page-link",
    "pagelinks",
    "link-pages",
    "post-pagination",
    "wp-link-pages",
    "post-page-numbers",
)
MAX_PAGES = 200
"""More pages than any post has; a pager that names more is broken."""


@per_page
def page_number(page: Page) -> int:
    """Which page of its post this is: 1 for the first."""
    return _number_in_body_class(page) or _current_in_pager(page) or 1


def _number_in_body_class(page: Page) -> int | None:
    """``single-paged-2`` (``get_body_class``)."""
    found = [int(match[1]) for name in body_classes(page) if (match := _PAGED_CLASS.match(name))]
    return found[0] if found and 0 < found[0] <= MAX_PAGES else None


def _current_in_pager(page: Page) -> int | None:
    """The page that the pager (``wp_link_pages``) shows without a link."""
    for element in having_class(page, "post-page-numbers"):
        text = raw_text(element).strip()
        if "current" in class_list(element) and text.isdecimal() and int(text) <= MAX_PAGES:
            return int(text)
    here = unpaired(page, page.url)
    return _number_in_url(here) if _pager_links(page) and not same_url(without_page_number(here), here) else None


def _number_in_url(url: str) -> int | None:
    """Support only: the number in ``/slug/2/`` or ``?page=2``."""
    parts = url_parts(url)
    number = url_query(url).get("page", "") or (re.search(r"/(\d{1,3})/?$", parts.path) or ["", ""])[1]
    return int(number) if number.isascii() and number.isdigit() and 1 < int(number) <= MAX_PAGES else None


def without_page_number(url: str) -> str:
    """A further page's URL without its page number."""
    if "page" in url_query(url):
        return re.sub(r"[?&]$", "", re.sub(r"([?&])page=\d+&?", r"\1", url))
    return re.sub(r"/\d{1,3}(/?)$", r"/", url)


def first_page_url(page: Page, url: str) -> str:
    """A URL of this post for its first page; only where the page is known to be a further one."""
    number = page_number(page)
    return without_page_number(url) if number > 1 and _number_in_url(url) == number else url


@per_page
def _pager_links(page: Page) -> list[tuple[int, str]]:
    """Number and URL of the pages that the pager links."""
    found = []
    for anchor in dict.fromkeys(_pager_anchors(page)):
        linked = absolute_url(base_url(page), anchor.get("href"))
        url = unpaired(page, linked) if linked else ""
        if number := _number_in_url(url):
            found.append((number, url))
    return found


def _pager_anchors(page: Page) -> Iterator[HtmlElement]:
    for element in having_class(page, *_PAGER_CLASSES):
        if not is_elsewhere(page, element) or "post-page-numbers" in class_list(element):
            yield from [element] if element.tag == "a" else element.iter("a")


def other_pages(page: Page) -> list[str]:
    """The URLs of pages 2 to the last, in order; those that the pager leaves out are filled in after its pattern."""
    here = unpaired(page, page.url)
    own = without_page_number(link_of(page, "canonical") or here) if page_number(page) > 1 else here
    linked = {number: url for number, url in _pager_links(page) if same_url(without_page_number(url), own)}
    if page_number(page) > 1:
        linked.setdefault(page_number(page), here)
    if not linked:
        return []
    known, pattern = next(iter(sorted(linked.items(), reverse=True)))
    return [linked.get(number) or _renumbered(pattern, known, number) for number in range(2, max(linked) + 1)]


def _renumbered(url: str, known: int, number: int) -> str:
    return re.sub(rf"([/=]){known}(?=/?$|&)", rf"\g<1>{number}", url)


def page_count(page: Page) -> int:
    """How many pages the post has, by its pager."""
    return 1 + len(other_pages(page))
