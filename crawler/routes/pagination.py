"""The next page of an archive, the one of older posts: told by its number, by classes, by a load-more button."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.reading.markup import anchors, body_classes, class_list, having_class_like
from crawler.reading.page import Page
from crawler.routes.links import SiteLinks
from crawler.routes.names import any_named, is_named, names_of
from crawler.urls import canonical_url, url_key

_PAGE_PATH = re.compile(r"(?P<base>.*?)/page/(?P<number>\d{1,6})/?", re.IGNORECASE)
_PAGE_QUERY = re.compile(r"query-\d+-page|(?:\w+[-_])?(?:paged?|pg|pagina)", re.IGNORECASE)
"""``paged``, the query loop block's ``query-N-page``, and what plugins use; ``page_id`` is a post."""
_TRANSLATED = re.compile(r"/[^/\d]+[/-](?P<number>\d{1,6})(?:/|\.html?)?$")
"""A last segment of the page number alone, after a page base in another language (``/seite/2/``)."""
_BODY_PAGED = re.compile(r"paged-(\d{1,6})")
_NEXT_CLASSES = ({"next", "page-numbers"}, {"wp-block-query-pagination-next"}, {"nextpostslink"}, {"older-posts"})
"""Classes of the link itself: paginate_links(), the block, WP-PageNavi, themes."""
_PAGER = re.compile(
    r"(?:[a-z\d]+[-_]+)*(?:pagination|paging|pager|pagenavi|page-nav|page-numbers|nav-links|nav-previous|nav-next|paginate"
    r"|load-?more)(?:[-_]+[a-z\d]+)*",
    re.IGNORECASE,
)
_OTHER_PAGER = re.compile(
    r"comments?(?:-.*)?|respond|page-links?|post-page-numbers|post-nav-links|entry-content", re.IGNORECASE
)
"""What pages through comments, or through the pages of one post (wp_link_pages())."""
_LOAD_MORE = re.compile(
    r"(?:.*[-_])?(?:load[-_]?more|infinite[-_]?(?:scroll|load(?:er|ing)?))(?:[-_].*)?", re.IGNORECASE
)
_MAX_PAGES = re.compile(
    r"data-(?:.*[-_])?(?:max|total|last)(?:[-_]?num)?[-_]?pages?|data-max(?:[-_]?paged)?", re.IGNORECASE
)
_NOT_SHOWN = frozenset({"script", "style", "link", "template"})


class _Position(NamedTuple):
    """Which page of which list a URL is: ``base`` is the key of the list's first page."""

    base: str
    number: int


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    element: HtmlElement


def older_page(page: Page, links: SiteLinks, *, may_guess: bool) -> str | None:
    """The canonical URL of the archive's next page; None on the last one, and where there is no evidence of one.

    ``may_guess``: whether a load-more button that does not say where it leads is evidence of a numbered page.
    """
    here = _here(page)
    numbered = list(_numbered_links(page, links, here.number + 1))
    return (
        _by_number(numbered, here)
        or _by_pager(numbered, here)
        or _by_class(page, links, here)
        or _by_load_more(page, links, here, may_guess=may_guess)
    )


def is_further_page(url: str) -> bool:
    """Whether a URL names a page of a list other than its first."""
    return _position(url).number > 1


def _here(page: Page) -> _Position:
    """Where the page itself stands; its body class has the number where its URL does not show it."""
    position = _position(page.url)
    marked = (int(match[1]) for name in body_classes(page) if (match := _BODY_PAGED.fullmatch(name)))
    return position if position.number > 1 else _Position(position.base, max(next(marked, 1), 1))


def _position(url: str) -> _Position:
    """A URL as a page of a list; the first page if it has no number."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [int(value) for name, value in query if _PAGE_QUERY.fullmatch(name) and _is_number(value)]
    rest = urlencode([pair for pair in query if not _PAGE_QUERY.fullmatch(pair[0])])
    match = _PAGE_PATH.fullmatch(parts.path)
    path = match["base"] + "/" if match else parts.path
    number = int(match["number"]) if match else next(iter(numbers), 1)
    return _Position(url_key(parts._replace(path=path, query=rest).geturl()), max(number, 1))


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= len("999999")


def _numbered_links(page: Page, links: SiteLinks, number: int) -> Iterator[_Link]:
    """The links in whose address a number stands: as WordPress's page number, or last in a pager's link."""
    digits = str(number)
    stands_in = re.compile(rf"(?i)(?:/page/|[?&][\w-]*=){number}(?!\d)").search
    stands_last = re.compile(rf"[/-]{number}(?:/|\.html?)?$").search
    for element in (*anchors(page), *page.root.iter("link")):
        href = element.get("href") or ""
        if digits not in href or not _may_be_next(element):
            continue
        told = stands_in(href) or (stands_last(href) and _in_pager(element))
        if told and (url := links.resolve(href)) is not None:
            yield _Link(url, element)


def _may_be_next(element: HtmlElement) -> bool:
    """Of the links in the head only what a search engine plugin prints as the next page."""
    return element.tag == "a" or "next" in (element.get("rel") or "").lower().split()


def _by_number(numbered: list[_Link], here: _Position) -> str | None:
    """The page after this one of the same list: the same address with the next number."""
    wanted = _Position(here.base, here.number + 1)
    return next((link.url for link in numbered if _position(link.url) == wanted), None)


def _by_pager(numbered: list[_Link], here: _Position) -> str | None:
    """The next number in a pager: of a list called by another address, or with a translated page base."""
    for link in numbered:
        match = _TRANSLATED.search(urlsplit(link.url).path)
        number = int(match["number"]) if match else _position(link.url).number
        if number == here.number + 1 and _in_pager(link.element):
            return link.url
    return None


def _by_class(page: Page, links: SiteLinks, here: _Position) -> str | None:
    """What is called the next page, unless its number says that it is this one or a former one.

    ``rel=next`` needs a number to be believed: it is also what old WordPress said of the next post.
    """
    for element in (*anchors(page), *page.root.iter("link")):
        called_next = any(classes <= set(class_list(element)) for classes in _NEXT_CLASSES)
        related = "next" in (element.get("rel") or "").lower().split()
        url = links.resolve(element.get("href")) if called_next or related else None
        if url is None or _is_of_other_pager(element):
            continue
        position = _position(url)
        if position.number > here.number or (called_next and position.number == here.number and position != here):
            return url
    return None


def _in_pager(element: HtmlElement) -> bool:
    around = islice(_below_body(element), 4)
    return any(any_named(_PAGER, names_of(node)) for node in around) and not _is_of_other_pager(element)


def _is_of_other_pager(element: HtmlElement) -> bool:
    return any(any_named(_OTHER_PAGER, names_of(node)) for node in _below_body(element))


def _below_body(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and what is around it; the body's own classes say nothing of its parts."""
    return (node for node in (element, *element.iterancestors()) if node.tag not in ("html", "body"))


def _by_load_more(page: Page, links: SiteLinks, here: _Position, *, may_guess: bool) -> str | None:
    """The page behind a load-more button or an endless list: as its data say, else by its number."""
    nodes = _load_more_nodes(page)
    wanted = _Position(here.base, here.number + 1)
    for address in (value for node in nodes for name, value in node.attrib.items() if name.startswith("data-")):
        if (url := links.resolve(address)) and _position(url) == wanted:
            return url
    last = next((number for node in nodes if (number := _last_page(node)) is not None), None)
    is_last = last is not None and last <= here.number
    return _numbered(page.url, here.number + 1) if nodes and may_guess and not is_last else None


def _load_more_nodes(page: Page) -> list[HtmlElement]:
    nodes = having_class_like(page, _is_load_more)
    return [node for node in nodes if node.tag not in _NOT_SHOWN and not _is_of_other_pager(node)]


def _is_load_more(name: str) -> bool:
    return ("load" in name or "infinite" in name) and is_named(_LOAD_MORE, name)


def _last_page(element: HtmlElement) -> int | None:
    values = (value for name, value in element.attrib.items() if is_named(_MAX_PAGES, str(name)))
    return next((int(value) for value in values if _is_number(value)), None)


def _numbered(url: str, number: int) -> str:
    """get_pagenum_link(): ``…/page/N/``, or ``paged=N`` where the list is called by a query."""
    parts = urlsplit(canonical_url(url))
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "paged"]
    if query:
        return canonical_url(parts._replace(query=urlencode([*query, ("paged", str(number))])).geturl())
    match = _PAGE_PATH.fullmatch(parts.path)
    base = match["base"] if match else parts.path.rstrip("/")
    return canonical_url(parts._replace(path=f"{base}/page/{number}/", query="").geturl())
