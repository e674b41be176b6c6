"""The addresses of feeds: announced by a page, guessed below a home, and of their further pages."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.reading.head import links_of
from crawler.reading.page import Page
from crawler.routes.archive import archive_links
from crawler.urls import is_on_site, url_key

_OF_COMMENTS = re.compile(r"/comments/feed(?:/|$)|[?&]feed=comments-")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
"""Most wanted first."""
_FEED_PART = re.compile(r"(?:^|/)feed(?:/(?:rss2?|rdf|atom))?/?$")


def feed_urls(page: Page, home: str, site: str) -> list[str]:
    """Where the posts' feed of a site may be, best first: what one of its pages announces, then WordPress's addresses.

    Feeds of comments are left out: those of all posts by their address, those of one post because they hang below the
    page that announces them.
    """
    told = [link for link in links_of(page, "alternate") if link.type in _TYPES and is_on_site(link.href, site)]
    told.sort(key=lambda link: _TYPES.index(link.type))
    own = None if url_key(page.url) == url_key(home) else url_key(page.url)
    announced = [link.href for link in told if not _OF_COMMENTS.search(link.href) and _hangs_below(link.href) != own]
    return list(dict.fromkeys([*announced, *_usual(home)]))


def archive_feed_urls(page: Page, site: str) -> list[str]:
    """The feeds of the categories, tags, authors and dates that a page links to: each archive of WordPress has one."""
    return [_usual(url)[1 if urlsplit(url).query else 0] for url in archive_links(page, site)]


def _usual(home: str) -> tuple[str, str]:
    """With pretty permalinks, and what always works."""
    return home.rstrip("/") + "/feed/", _with_query(home, feed="rss2")


def next_page_url(feed: str, number: int) -> str:
    """The address of one page of a feed, from 1."""
    return _with_query(feed, paged=str(number)) if number > 1 else feed


def _hangs_below(feed: str) -> str:
    """The key of the page whose feed it is."""
    parts = urlsplit(feed)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "feed"]
    path = _FEED_PART.sub("/", parts.path)
    return url_key(urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), "")))


def _with_query(url: str, **values: str) -> str:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    path = parts.path or "/"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode([*query, *values.items()]), ""))
