"""No request leads inside because a site said so: the look before anything is resolved."""

import logging
from functools import cached_property

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.failures import ForbiddenAddressError
from crawler.guard.addresses import BAD_PORTS, is_public, literal_address
from crawler.guard.named import Named, place_of
from crawler.guard.resolver import installed_resolver, named_in
from crawler.stats import Stats
from crawler.urls import is_web_url

logger = logging.getLogger(__name__)


class AddressGuard:
    """Downloader middleware: refuses literal addresses that are not public, and ports of other protocols.

    Every request comes by here: for robots.txt, each redirect, to hubs. What a name leads to is looked at when it is
    resolved: see ``guard.resolver``. What the user named is let through: start URLs, and what ``named_in`` tells.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressGuard":
        """Scrapy's constructor."""
        return cls(crawler)

    @cached_property
    def named(self) -> Named:
        """What the user named. Scrapy installs the resolver after it has made the middlewares."""
        if resolver := installed_resolver():
            return resolver.named
        logger.warning("TWISTED_DNS_RESOLVER is not Presswalk's: names that lead to private addresses are not refused")
        return named_in(self.crawler.settings)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises ForbiddenAddressError."""
        if why := refusal(request.url, self.named):
            raise ForbiddenAddressError(f"{request.url} {why}")

    def process_exception(self, request: Request, exception: Exception, spider: Spider | None = None) -> None:
        """Refusals are counted, those of the resolver too, whatever the request was for."""
        if isinstance(exception, ForbiddenAddressError):
            Stats(self.crawler).rejected(exception.rule)
            logger.warning("Refused: %s", exception)


def refusal(url: str, named: Named) -> str | None:
    """Why a URL may not be asked for, in words; None if it may."""
    if not is_web_url(url):
        return "is no web address"
    host, port = place_of(url)
    if named.has(host, port):
        return None
    address = literal_address(host)
    if (address and not is_public(address)) or named.is_inside(host):
        return "leads to an address that is not public"
    return f"leads to port {port}, which is not the web's" if port in BAD_PORTS else None
