"""Scrapy's filter of duplicate requests, by site: what was asked of a site is forgotten when its crawl ends."""

from typing import Any

from scrapy import Request
from scrapy.dupefilters import RFPDupeFilter


class SiteDupeFilter(RFPDupeFilter):
    """No request twice in one crawl of the site of ``meta["site"]``; a process that crawls it again asks it again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen: dict[str | None, set[bytes]] = {}

    def request_seen(self, request: Request) -> bool:
        """Whether it was asked for in this crawl of its site."""
        seen = self._seen.setdefault(request.meta.get("site"), set())
        fingerprint = self.fingerprinter.fingerprint(request)
        if fingerprint in seen:
            return True
        seen.add(fingerprint)
        return False

    def forget(self, site: str) -> None:
        """The crawl of a site is over."""
        self._seen.pop(site, None)
