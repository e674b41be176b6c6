"""Whom a site can reach: the operator is asked to say it."""

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.polite.agent import PRODUCT
from crawler.spiders.arguments import is_loopback

logger = logging.getLogger(__name__)


NOBODY = (
    "the User-Agent names nobody whom a site could ask: set CONTACT to the URL of a page about your crawler or to a"
    " mail address (environment or -s CONTACT=…)"
)


class ContactWarning:
    """Extension: one warning in a run whose User-Agent names nobody. Sites on this machine know whom to ask."""

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings["USER_AGENT"] != PRODUCT:
            raise NotConfigured
        self.crawler = crawler
        crawler.signals.connect(self.request_reached_downloader, signal=signals.request_reached_downloader)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ContactWarning":
        """Scrapy's constructor."""
        return cls(crawler)

    def request_reached_downloader(self, request: Request) -> None:
        """Warn at the first one that leaves this machine."""
        if not is_loopback(request.url):
            self.crawler.signals.disconnect(self.request_reached_downloader, signals.request_reached_downloader)
            logger.warning(NOBODY)
