"""Links to archives: of categories, tags, authors and months."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.reading.markup import anchors
from crawler.reading.page import Page
from crawler.routes.links import SiteLinks
from crawler.routes.names import any_class
from crawler.urls import canonical_url

_RELS = frozenset({"category", "tag", "author"})
_LINK_CLASS = re.compile(r"tag-cloud-link|wp-block-tag-cloud__link|wp-block-post-author-name__link")
_PARENT_CLASS = re.compile(
    r"cat-item|cat-links|tags?-links|tagcloud|wp-block-(?:tag-cloud|post-terms|post-author-name)|author|vcard"
    r"|menu-item-(?:object-category|object-post_tag|type-taxonomy)"
)
_REGION_CLASS = re.compile(
    r"widget_(?:archive|categories|tag_cloud)|wp-block-(?:archives|categories)(?:-list)?|tagcloud"
)
_TERM_PATH = re.compile(r"(?:.*/)?(?:category|tag|author)/(?!page/)[^/].*", re.IGNORECASE)
"""WordPress's default bases."""
_TERM_QUERY = frozenset({"cat", "category_name", "tag", "author", "author_name"})
_DATE_PATH = re.compile(r"(?:index\.php/)?(?:date/)?[12]\d{3}|(?:.*/)?[12]\d{3}/(?:0[1-9]|1[0-2])", re.IGNORECASE)
"""A year below the host, a month anywhere: ``/archives/1999`` is a post where permalinks have its id."""
_LOOKS_LIKE = re.compile(
    r"/(?:category|tag|author)/|/[12]\d{3}(?:/\d\d)?(?:/page/\d+)?/?(?:[?#]|$)|[?&](?:cat|tag|author|m)(?:egory_name|_name)?=",
    re.IGNORECASE,
)
"""A quick look, which spares most links the full one."""
_PAGED = re.compile(r"/page/\d+/?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"/page/|[?&]paged=", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}(?:\d{2})?")


def archive_urls(page: Page, links: SiteLinks) -> Iterator[str]:
    """The archives that links, and choices in drop-down lists, are said or known to lead to: their first pages."""
    for link in anchors(page):
        href = link.get("href") or ""
        marked = _is_marked(link)
        url = links.resolve(href) if marked or _LOOKS_LIKE.search(href) else None
        if url is not None and (marked or is_archive_url(url)):
            yield _first_page(url)
    chosen = (links.resolve(_chosen(page.url, option)) for option in page.root.iter("option"))
    yield from (_first_page(url) for url in chosen if url is not None)


def is_archive_url(url: str) -> bool:
    """Whether a URL has the form that WordPress gives archives unless it is told otherwise."""
    return _LOOKS_LIKE.search(url) is not None and (is_term_url(url) or _is_date_url(url))


def is_term_url(url: str) -> bool:
    """Whether a URL has the default form of a category, a tag or an author."""
    path, query = _path_and_query(url)
    if "p" in query or "page_id" in query:
        return False
    return bool(_TERM_QUERY & query.keys()) or _TERM_PATH.fullmatch(path) is not None


def _is_date_url(url: str) -> bool:
    path, query = _path_and_query(url)
    return bool(_DATE_PATH.fullmatch(path) or _MONTH.fullmatch(query.get("m", "")))


def _path_and_query(url: str) -> tuple[str, dict[str, str]]:
    """The path of a list's first page without slashes at its ends, and the query."""
    parts = urlsplit(url)
    return _PAGED.sub("", unquote(parts.path)).strip("/"), dict(parse_qsl(parts.query))


def _is_marked(link: HtmlElement) -> bool:
    """Whether ``rel``, a class, or a surrounding widget says that a link leads to an archive."""
    relations = (link.get("rel") or "").lower().split()
    if "bookmark" in relations:
        return False
    if not _RELS.isdisjoint(relations) or any_class(_LINK_CLASS, link.get("class") or ""):
        return True
    around = [node.get("class") or "" for node in islice(link.iterancestors(), 5)]
    return any_class(_PARENT_CLASS, around[0]) or any(any_class(_REGION_CLASS, classes) for classes in around)


def _chosen(base: str, option: HtmlElement) -> str | None:
    """What a choice in a list of wp_get_archives() or wp_dropdown_categories() leads to."""
    value = option.get("value") or ""
    select = next((node for node in option.iterancestors("select")), None)
    name = f"{select.get('name')} {select.get('id')}" if select is not None else ""
    if "archive" in name:
        return value
    is_category = name.startswith("cat ") and value.isascii() and value.isdecimal() and value.strip("0") != ""
    return urljoin(base, f"/?cat={value}") if is_category else None


def _first_page(url: str) -> str:
    """An archive's address without its page number."""
    if not _PAGE_NUMBER.search(url):
        return url
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "paged"]
    return canonical_url(parts._replace(path=_PAGED.sub("/", parts.path), query=urlencode(query)).geturl())
