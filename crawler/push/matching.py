"""Which of the followed sites a pushed URL means. Nothing else is ever looked at because of a push."""

import re
from collections.abc import Iterable, Mapping

from crawler.urls import canonical_url, is_on_site, is_web_url, site_id

_LONGEST = 2000
"""Characters of a URL that is looked at."""

_CLEAR = re.compile(r"https?://[^/?#@\\\x00-\x20]+(?:[/?#][^\\\x00-\x20]*)?", re.IGNORECASE)
"""A URL whose host all programs read alike: no user name, backslash or white space."""


class KnownSites:
    """The followed sites: their ids (see ``urls.site_id``), and ids of other start URLs that mean one of them."""

    def __init__(self, ids: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        self._sites = {name: name for name in ids} | dict(aliases or {})
        self._on_host: dict[str, list[str]] = {}
        for name in sorted(self._sites, key=len, reverse=True):
            self._on_host.setdefault(_host(name), []).append(name)

    def __len__(self) -> int:
        return len(set(self._sites.values()))

    def site_of(self, *urls: str) -> str | None:
        """The site of the first URL that belongs to one: its home, or a page below it; of nested sites the inner."""
        return next((site for url in urls if (site := self._site(url))), None)

    def _site(self, url: str) -> str | None:
        if len(url) > _LONGEST or not _CLEAR.fullmatch(url) or not is_web_url(url):
            return None
        own = site_id(url)
        if own in self._sites:
            return self._sites[own]
        on_host = self._on_host.get(_host(own), ())
        return next((self._sites[name] for name in on_host if is_on_site(canonical_url(url), name)), None)


def _host(name: str) -> str:
    return name.partition("/")[0]
