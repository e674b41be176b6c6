"""Scrapy's scheduler, which also says of which sites requests are waiting, and forgets the sites that are done."""

from collections import Counter
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import Scheduler

from crawler.dupefilter import SiteDupeFilter


def is_of(request: Request, name: str) -> bool:
    """Whether a request is part of the crawl of a site, or leads to one: see ``spiders.starts.Start``."""
    return name in _names(request)


class SiteScheduler(Scheduler):
    """Counts the requests that wait by their ``meta["site"]``, the first ones by the site of their start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: Counter[str] = Counter()

    def has_requests_of(self, site: str) -> bool:
        """Whether a request of a site waits to be sent."""
        return site in self._waiting

    def enqueue_request(self, request: Request) -> bool:
        """As Scrapy does; a request that was asked for before is not taken, and not counted."""
        is_taken = super().enqueue_request(request)
        if is_taken:
            self._waiting.update(_names(request))
        return is_taken

    def next_request(self) -> Request | None:
        """As Scrapy does. The request is in progress from now on: see the engine's ``_slot``."""
        request = super().next_request()
        for name in _names(request) if request is not None else ():
            self._waiting[name] -= 1
            if not self._waiting[name]:
                del self._waiting[name]
        return request

    def forget(self, site: str) -> None:
        """The crawl of a site is over: its next one asks for the same again."""
        if isinstance(self.df, SiteDupeFilter):
            self.df.forget(site)


def _names(request: Request) -> set[str]:
    start = request.meta.get("start")
    return set(filter(None, (request.meta.get("site"), start.site if start else None)))
