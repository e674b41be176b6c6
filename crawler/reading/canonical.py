"""The URL of a post: what the page calls its own, where that can be believed; and its other URLs."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from crawler.reading.amp import is_amp, is_amp_url
from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import link_of, links_of, meta
from crawler.reading.page import Page, per_page
from crawler.reading.pages import first_page_url
from crawler.reading.structured import article_node
from crawler.reading.urlparts import same_url, url_parts, url_query
from crawler.reading.wordpress import home_url
from crawler.urls import canonical_url, is_on_site, is_web_url, site_id, url_key

_VIEW = re.compile(r"(?:/(?:amp|print|embed|feed|comment-page-\d+))+/?$", re.IGNORECASE)
"""Ends of paths under which WordPress and its plugins show a post in another way."""
_PAGED = re.compile(r"[?&]paged=", re.IGNORECASE)
_MOBILE = re.compile(r"(?<=://)(?:m|mobile|amp)\.(?=[^/]+\.)", re.IGNORECASE)


def _plausible(page: Page, url: str | None) -> str | None:
    """A URL that may be this post's: on its site, deeper than the home, no comment page, AMP, print or feed page."""
    if not url or not is_web_url(url):
        return None
    if (
        not on_same_host(page, url)
        or _is_home(page, url)
        or _is_other_view(page, url)
        or (_is_short(url) and not _is_short(page.url))
    ):
        return None
    return first_page_url(page, canonical_url(url))


def _is_other_view(page: Page, url: str) -> bool:
    """Whether it shows the post in another way: the canonical link of a comment page names itself."""
    parts = url_parts(url)
    is_slug = is_amp_url(url) and not is_amp(page)
    return bool(_PAGED.search(f"?{parts.query}") or (_VIEW.search(parts.path) and not is_slug))


def on_same_host(page: Page, url: str) -> bool:
    """On the host of the page or of its home: the page may have come from a cache, or from the host for telephones."""
    homes = [own for own in (home_url(page), page.url, _MOBILE.sub("", page.url)) if own and is_web_url(own)]
    return not homes or any(is_on_site(url, site_id(own).partition("/")[0]) for own in homes)


def _is_home(page: Page, url: str) -> bool:
    """The site's home, or a host's root: search engine plugins can be set to name that on every post."""
    home, parts = home_url(page), url_parts(url)
    return (home is not None and same_url(url, home)) or not (parts.path.strip("/") or parts.query)


def _is_short(url: str) -> bool:
    return "p" in url_query(url)


def _json_ld(page: Page) -> str | None:
    node = article_node(page) or {}
    main = node.get("mainEntityOfPage")
    named = [main.get("@id") if isinstance(main, dict) else main, node.get("url")]
    return next((url for name in named if isinstance(name, str) and (url := _plausible(page, name))), None)


def _fetched(page: Page) -> str:
    """Where it came from, without what leads to an AMP, print or comment page of the post."""
    if not is_web_url(page.url):
        return page.url
    parts = urlsplit(page.url)
    return first_page_url(page, canonical_url(urlunsplit(parts._replace(path=_VIEW.sub("/", parts.path)))))


_URL: tuple[Candidate[str], ...] = (
    ("rel=canonical", lambda page: _plausible(page, link_of(page, "canonical"))),
    ("og:url", lambda page: _plausible(page, meta(page, "og:url"))),
    ("JSON-LD url", _json_ld),
    ("fetched URL", _fetched),
)


@per_page
def article_url(page: Page) -> Found[str]:
    """The post's URL."""
    found = first_found(page, _URL)
    return found or Found(_fetched(page), "fetched URL")


def _named(page: Page) -> Iterator[str]:
    yield page.url.partition("#")[0]
    yield from (link.href for link in links_of(page, "shortlink") if on_same_host(page, link.href))


def aliases(page: Page) -> list[str]:
    """Other URLs of the same post that the page names: the one fetched, the shortlink."""
    found = {url_key(url): canonical_url(url) for url in _named(page) if is_web_url(url)}
    own = article_url(page).value
    return [url for url in found.values() if not same_url(url, own)]
