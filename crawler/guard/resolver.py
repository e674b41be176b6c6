"""DNS answers that lead inside are none: the last look before a connection is made."""

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Self
from urllib.request import getproxies

from scrapy.resolver import CachingThreadedResolver, dnscache
from scrapy.settings import BaseSettings
from scrapy.utils.datatypes import LocalCache
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolverSimple
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.guard.addresses import is_public
from crawler.guard.named import Named

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

_MOST_NAMES = 10_000

LONGEST = 600.0
"""Seconds for which an answer is believed. Scrapy's cache keeps it for ever, and sites move while a process listens."""


@implementer(IResolverSimple)
class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver (``TWISTED_DNS_RESOLVER``), which refuses addresses that are not public but for named hosts.

    Twisted connects to the address that it was given here, so no second answer can take its place. Literal addresses
    come by here too.
    """

    def __init__(self, reactor: "ReactorBase", cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.named = Named()
        self._refused: LocalCache[str, str] = LocalCache(_MOST_NAMES)
        self._believed_until: LocalCache[str, float] = LocalCache(_MOST_NAMES)

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: "ReactorBase") -> Self:
        """Scrapy's constructor."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.named = named_in(crawler.settings)
        return resolver

    def refused(self, name: str) -> str | None:
        """The address for which the latest answer to a name was refused."""
        return self._refused.get(name)

    def look_up(self, name: str) -> Deferred[str]:
        """The address of a name, whatever it is."""
        if (now := monotonic()) >= self._believed_until.get(name, 0.0):
            dnscache.pop(name, None)
            self._believed_until[name] = now + LONGEST
        return super().getHostByName(name)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name. Fails with DNSLookupError for one that is not public."""
        return self.look_up(name).addCallback(self._guarded, name)

    def _guarded(self, address: str, name: str) -> str:
        if self.named.may_lead(name, inside=not is_public(address)):
            self._refused.pop(name, None)
            return address
        self._refused[name] = address
        raise DNSLookupError(f"{name} leads to {address}, which is no public address")


def named_in(settings: BaseSettings) -> Named:
    """What the user named besides sites: the hosts of ``NAMED_HOSTS``, the API of WordPress.com, and proxies.

    Raises ValueError for a host that is none.
    """
    named = Named()
    proxies = [url for scheme, url in getproxies().items() if scheme != "no"]
    for url in (*settings.getlist("NAMED_HOSTS"), settings["WPCOM_API"], *proxies):
        named.add(url if "//" in (url or "") else f"//{url or ''}")
    return named


def installed_resolver() -> GuardedResolver | None:
    """The resolver of this process, once Scrapy has installed it."""
    from twisted.internet import reactor  # noqa: PLC0415 - imported earlier, it would install a default one

    resolver = getattr(reactor, "resolver", None)
    return resolver if isinstance(resolver, GuardedResolver) else None
