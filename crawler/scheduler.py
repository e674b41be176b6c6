"""Scrapy's scheduler, which says of which sites requests wait, forgets those that are done, and keeps slow hosts'."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface

from crawler.dupefilter import SiteDupeFilter
from crawler.extensions.pace import Pace


def is_of(request: Request, name: str) -> bool:
    """Whether a request is part of the crawl of a site, or leads to one: see ``spiders.starts.Start``."""
    return name in _names(request)


class SiteScheduler(Scheduler):
    """Counts the requests that wait by their ``meta["site"]``, the first ones by the site of their start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: Counter[str] = Counter()

    def requests_of(self, site: str) -> int:
        """How many requests of a site wait to be sent."""
        return self._waiting[site]

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
