"""AutoThrottle that leaves alone the hosts whose pace is set."""

from scrapy import Request, Spider
from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, but not for hosts in DOWNLOAD_SLOTS: those of this machine, and those you gave a pace."""

    def _get_slot(self, request: Request, spider: Spider) -> tuple[str | None, Slot | None]:
        key, slot = super()._get_slot(request, spider)
        return (key, None) if key in self.crawler.settings.getdict("DOWNLOAD_SLOTS") else (key, slot)
