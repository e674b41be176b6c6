"""Scrapy's HTTP client, which also bounds what comes before a body, and says why a name leads nowhere."""

from time import monotonic

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol
from twisted.web._newclient import Request as TwistedRequest
from twisted.web.client import ResponseFailed
from twisted.web.iweb import IResponse

from crawler.extensions.pace import Pace
from crawler.extensions.run_record import RunRecord
from crawler.failures import ForbiddenAddressError, LockLostError
from crawler.guard.resolver import installed_resolver
from crawler.hosts import host_of

MOST_HEADER_BYTES = 262_144
"""Of all headers of an answer; Twisted bounds each line alone. Browsers take as many, servers send 1 to 8 KB."""


class HeadersTooLargeError(Exception):
    """Headers without end."""


class GuardedHandler(HTTP11DownloadHandler):
    """Download handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._pool._factory = _Factory  # noqa: SLF001 - as Scrapy sets its own
        self._pool.maxPersistentPerHost = most_at_once(crawler.settings)

    async def download_request(self, request: Request) -> Response:
        """The response. Raises ForbiddenAddressError, LockLostError, or what Scrapy's raises.

        The last moment before it leaves: a process that was frozen first finds out whose the host is now.
        """
        await self._be_sure(request)
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            resolver, host = installed_resolver(), urlparse_cached(request).hostname or ""
            if resolver and (address := resolver.refused(host)):
                raise ForbiddenAddressError(f"{request.url} leads to {address}") from error
            raise
        except DownloadFailedError as error:
            if _has_too_large_headers(error):
                raise DownloadCancelledError(
                    f"{request.url}: headers of more than {MOST_HEADER_BYTES} bytes"
                ) from error
            raise

    async def _be_sure(self, request: Request) -> None:
        record, asked_at = self._crawler.get_extension(RunRecord), monotonic()
        if record and not await record.is_sure_of(host_of(request)):
            raise LockLostError(request.url)
        if monotonic() - asked_at > _AT_ONCE_SECONDS and (pace := self._crawler.get_extension(Pace)):
            pace.sent_late(request)


def most_at_once(settings: BaseSettings) -> int:
    """To one host, by any pace that is given: Scrapy keeps so many connections as are usual, and closes all others
    after each answer.
    """
    paces = settings.getdict("DOWNLOAD_SLOTS").values()
    usual = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
    return max([usual, *(int(pace.get("concurrency", usual)) for pace in paces)])


_AT_ONCE_SECONDS = 0.01
"""An answer that needs no database takes microseconds."""


def _has_too_large_headers(error: DownloadFailedError) -> bool:
    cause = error.__cause__
    return isinstance(cause, ResponseFailed) and any(reason.check(HeadersTooLargeError) for reason in cause.reasons)


class _Parser(_LenientHTTPClientParser):
    _head_size = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        self._head_size += len(line) + 1
        if self._head_size > MOST_HEADER_BYTES:
            raise HeadersTooLargeError
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TwistedRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        if self._parser is not None:  # Scrapy sets the class of its parser in the same way: there is no other
            self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's name
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's
