"""Where a copy says that it comes from: a page of another site that it names as its canonical one, or as its source."""

from crawler.reading.canonical import on_same_host
from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import link_of, meta
from crawler.reading.page import Page
from crawler.reading.urlparts import url_parts
from crawler.urls import canonical_url, is_web_url


def _elsewhere(page: Page, url: str | None) -> str | None:
    """A page of another host. Its root is none: that is what a wrong setting names, or a site that has moved."""
    if not url or not is_web_url(url) or on_same_host(page, url):
        return None
    parts = url_parts(url)
    return canonical_url(url) if parts.path.strip("/") or parts.query else None


_SOURCE: tuple[Candidate[str], ...] = (
    ("rel=canonical", lambda page: _elsewhere(page, link_of(page, "canonical"))),
    ("syndication-source", lambda page: _elsewhere(page, meta(page, "syndication-source"))),
    ("original-source", lambda page: _elsewhere(page, meta(page, "original-source"))),
)


def syndicated_from(page: Page) -> Found[str] | None:
    """The URL on another site that the page names as the one that it is a copy of."""
    return first_found(page, _SOURCE)
