"""Scrapy's scheduler, which also says of which sites requests are waiting, and keeps those of slow hosts."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface

from crawler.extensions.pace import Pace


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


class PatientQueue(DownloaderAwarePriorityQueue):
    """Scrapy's, but a request stays here while its host has enough of them to send, or is left alone.

    Those of one slow host would otherwise take all places of the downloader (CONCURRENT_REQUESTS), and others wait.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._downloader_interface = _WithRoom(crawler)


class _WithRoom(DownloaderInterface):
    """What the queue asks about slots: it chooses among those that are told of."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pace = Pace.of(crawler)

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """The slots that have room, each with the number of its requests under way.

        Scrapy counts those that have reached their slot; others still wait for their robots.txt.
        """
        under_way = Counter(map(self.get_slot_key, self.downloader.active))
        return [(under_way[key], key) for key in possible_slots if self._pace.has_room(key, under_way[key])]
