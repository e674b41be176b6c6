"""The links of a page as a crawl of its site may follow them."""

from collections import Counter

from crawler.reading.amp import unpaired
from crawler.reading.page import Page, per_page
from crawler.routes.rules import rejection
from crawler.urls import absolute_url, canonical_url


def is_home(canonical: str, site: str) -> bool:
    """Whether a canonical URL is the site's home itself."""
    return canonical.partition("://")[2].rstrip("/").removeprefix("www.") == site


MOST_LINKS = 10_000
"""Of one page; an archive that lists every post of ten years on one page has fewer."""


class SiteLinks:
    """Turns what one page's links say into canonical URLs of the site; remembers them, for pages repeat links."""

    def __init__(self, page: Page, site: str) -> None:
        self._page = page
        self._site = site
        self._known: dict[str, str | None] = {}
        self.rejected: Counter[str] = Counter()
        """Links by the rule that rejects them, each once."""

    def resolve(self, href: str | None) -> str | None:
        """The canonical URL; None for what leads off the site, to its home or within the page, or is rejected."""
        if not href:
            return None
        if href not in self._known:
            if len(self._known) >= MOST_LINKS:
                self.rejected["too_many_links"] += 1
                return None
            self._known[href] = self._resolve(href)
        return self._known[href]

    def _resolve(self, href: str) -> str | None:
        url = absolute_url(self._page.url, href)
        rule = rejection(url, self._site) if url else "scheme"
        if url is None or rule:
            self.rejected[rule or "scheme"] += 1
            return None
        canonical = canonical_url(unpaired(self._page, url))
        return None if is_home(canonical, self._site) else canonical


@per_page
def _of_sites(_page: Page) -> dict[str, SiteLinks]:
    """The links of a page, by the site they are read for: filled by ``site_links``."""
    return {}


def rejected_links(page: Page, site: str) -> Counter[str]:
    """The links of a page that may not be followed, by rule: of those that somebody has asked for."""
    known = _of_sites(page).get(site)
    return known.rejected if known else Counter()


def site_links(page: Page, site: str) -> SiteLinks:
    """The links of a page, resolved once for all who ask."""
    return _of_sites(page).setdefault(site, SiteLinks(page, site))
