"""Scrapy's scheduler, which also says of which sites requests are waiting."""

from collections import Counter
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import Scheduler


class SiteScheduler(Scheduler):
    """Counts the requests that wait by their ``meta["site"]``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: Counter[str | None] = Counter()

    def requests_of(self, site: str) -> int:
        """How many requests of a site wait to be sent."""
        return self._waiting[site]

    def enqueue_request(self, request: Request) -> bool:
        """As Scrapy does; a request that was asked for before is not taken, and not counted."""
        is_taken = super().enqueue_request(request)
        self._waiting[request.meta.get("site")] += is_taken
        return is_taken

    def next_request(self) -> Request | None:
        """As Scrapy does. The request is in progress from now on: see the engine's ``_slot``."""
        request = super().next_request()
        if request is not None:
            self._waiting[request.meta.get("site")] -= 1
        return request
