"""AutoThrottle that leaves alone the hosts whose pace is set."""

from scrapy import Request, Spider
from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, but not for hosts in DOWNLOAD_SLOTS: those of this machine, and those you gave a pace.

    Nor does it ask a host more often than its Crawl-delay wants (see ``pace``).
    """

    def _get_slot(self, request: Request, spider: Spider) -> tuple[str | None, Slot | None]:
        key, slot = super()._get_slot(request, spider)
        return (key, None) if key in self.crawler.settings.getdict("DOWNLOAD_SLOTS") else (key, slot)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if slot is not None and self.crawler.engine:
            wanted = self.crawler.engine.downloader.per_slot_settings.get(key or "", {})
            slot.delay = max(slot.delay, float(wanted.get("delay", 0.0)))
