"""Crawl-delay, and pauses: how fast a host is asked, by the slots of Scrapy's downloader."""

import logging
import math
from collections.abc import Iterable
from time import monotonic

from scrapy import Request, signals
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.asyncio import call_later
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from crawler.failures import SiteLeftError
from crawler.hosts import host_of
from crawler.polite.conduct import Ending
from crawler.stats import Stats

logger = logging.getLogger(__name__)


class Pace:
    """Extension: a host's Crawl-delay is kept, and a host that is paused is asked nothing; other hosts are.

    Scrapy parses Crawl-delay and does not act on it (2.19). Its slots have no public word for either, so that what is
    used here of them is pinned by tests/spiders/test_pace.py.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._most_delay = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self._delays: dict[str, dict[str, float]] = {}
        """By slot and host, the ports of one host share a slot: the Crawl-delay that its latest robots.txt wants."""
        self._paused: dict[str, float] = {}
        """Until when, by the monotonic clock, by slot."""
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Pace":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "Pace":
        """The one of this crawl."""
        pace = crawler.get_extension(cls)
        if pace is None:
            raise RuntimeError("crawler.extensions.pace.Pace is missing from EXTENSIONS")
        return pace

    @property
    def _downloader(self) -> Downloader:
        if self.crawler.engine is None:
            raise RuntimeError("nothing is being crawled")
        return self.crawler.engine.downloader

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the host's Crawl-delay, the one of this run's robots.txt or of a remembered one."""
        told = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        delay = crawl_delay(told, self._most_delay)
        key, slot = self._downloader._get_slot(request)  # noqa: SLF001
        if told is None or delay is None:
            if self._delays.get(key, {}).pop(host_of(request), None):  # it wanted one at an earlier look
                self._set_delays(key)
            return
        if told > self._most_delay:
            logger.warning("%s asks for a Crawl-delay of %g s: CRAWL_DELAY_MAX makes it %g s", key, told, delay)
        self._delays.setdefault(key, {})[host_of(request)] = delay
        delay = self._set_delays(key)
        slot.concurrency, slot.delay, slot.jitter = 1, max(delay, slot.delay), 0.0
        logger.info("%s is asked once in %g s, as its robots.txt wants", key, delay)

    def _set_delays(self, key: str) -> float:
        """What a slot that was idle is made anew from; a varied delay would fall below what was asked for."""
        slots, usual = self._downloader.per_slot_settings, self.crawler.settings.getdict("DOWNLOAD_SLOTS").get(key, {})
        delay = float(usual.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY")))
        if not self._delays[key]:
            del self._delays[key]
            slots[key] = usual
            return delay
        delay = max(delay, *self._delays[key].values())
        slots[key] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
        return delay

    def pause(self, request: Request, seconds: float, why: str) -> None:
        """Nothing is sent to a request's host for a while."""
        key, slot = self._downloader._get_slot(request)  # noqa: SLF001
        seconds = max(seconds, slot.delay)
        if slot.latercall:
            slot.latercall.cancel()
        slot.latercall = call_later(seconds, self._resume, key, slot)
        slot.lastseen = self._paused[key] = monotonic() + seconds  # so that it is not cleared away as idle
        Stats(self.crawler).paused(why, seconds)
        logger.info("%s is left alone for %.1f s (%s)", key, seconds, why)

    def sent_late(self, request: Request) -> None:
        """A request waited after its turn had come: the delay to the next one begins now."""
        _, slot = self._downloader._get_slot(request)  # noqa: SLF001
        slot.lastseen = monotonic()

    def is_paused(self, key: str) -> bool:
        """Whether the host of a slot is left alone now."""
        return key in self._paused and monotonic() < self._paused[key]

    def has_room(self, key: str, active: int) -> bool:
        """Whether one more request for a slot would be sent soon: else it would take the place of another host's."""
        if self.is_paused(key):
            return False
        slot, told = self._downloader.slots.get(key), self._downloader.per_slot_settings.get(key, {})
        return active < (slot.concurrency if slot else told.get("concurrency", 1)) + AHEAD

    def drop(self, request: Request, ending: Ending) -> None:
        """What waits to be sent to a request's host is not."""
        _, slot = self._downloader._get_slot(request)  # noqa: SLF001
        host = host_of(request)
        _drop(slot, [entry for entry in slot.queue if host_of(entry[0]) == host], ending)

    def drop_all(self, ending: Ending) -> None:
        """What waits to be sent to any host is not."""
        for slot in self._downloader.slots.values():
            _drop(slot, list(slot.queue), ending)

    @property
    def rest_seconds(self) -> float:
        """What is to pass between the last request of this crawl and the first of another: the longest delay."""
        return max((slot.delay for slot in self._downloader.slots.values()), default=0.0)

    def _resume(self, key: str, slot: Slot) -> None:
        self._paused.pop(key, None)
        slot.lastseen = monotonic() - slot.delay  # the pause was no shorter than that
        self._downloader._latercall(slot)  # noqa: SLF001
        engine = self.crawler.engine
        if engine and engine._slot:  # noqa: SLF001 - else the scheduler is asked in 5 s
            engine._slot.nextcall.schedule()  # noqa: SLF001


def _drop(slot: Slot, entries: Iterable[tuple[Request, Deferred[Response]]], ending: Ending) -> None:
    for entry in entries:
        slot.queue.remove(entry)
        entry[1].errback(Failure(SiteLeftError(ending)))  # type: ignore[no-untyped-call]  # Twisted's


AHEAD = 2
"""Requests of a host that wait in its slot, so that it is never idle; more of a slow host would fill the downloader."""


def crawl_delay(told: float | None, most: float) -> float | None:
    """The delay to keep in seconds, ``most`` at most; None for one that says nothing: 0, less, not a number."""
    return min(told, most) if told is not None and not math.isnan(told) and told > 0 else None
