"""Where the network would be: answers out of the archive."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from crawler.archive.captures import Capture
from crawler.archive.catalog import Entry
from crawler.extensions.browser import FLAG
from crawler.failures import NotArchivedError

if TYPE_CHECKING:
    from crawler.reread.spider import RereadSpider

_GZIP = b"\x1f\x8b"


class FromArchive:
    """Downloader middleware: answers every request, so that none goes further. There is no download handler either.

    A request with ``meta["entry"]`` is for that record; any other for the answer of its URL that came nearest to
    ``meta["near"]``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FromArchive":
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response:
        """The archived response. Raises NotArchivedError."""
        catalog = cast("RereadSpider", self._crawler.spider).catalog
        entry: Entry | None = request.meta.get("entry")
        if entry is not None:
            capture = catalog.read(entry.file, entry.offset, entry.at)
        else:
            capture = catalog.nearest(request.url, request.meta.get("near") or datetime.now(UTC))
        if capture is None:
            raise NotArchivedError(request.url)
        request.meta["fetched_at"] = capture.at
        return _response(capture)


class Nearest(BaseSpiderMiddleware):
    """Spider middleware: what an answer leads to is looked for near it in time: the further pages of a post."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request:
        """The request, which knows when the response came."""
        if response is not None:
            request.meta.setdefault("near", response.meta.get("fetched_at"))
        return request


def _response(capture: Capture) -> Response:
    headers: Any = Headers()
    for name, value in capture.headers:
        if not _is_unpacked(capture, name, value):
            headers.appendlist(name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
    kind = responsetypes.from_args(headers=headers, url=capture.url, body=capture.body)
    flags = [FLAG] if capture.made_of else []
    return kind(capture.url, status=capture.status, headers=headers, body=capture.body, flags=flags)


def _is_unpacked(capture: Capture, name: str, value: str) -> bool:
    """Whether a header speaks of a packing that the tool which archived the answer has undone."""
    is_gzip = name.lower() == "content-encoding" and value.strip().lower() == "gzip"
    return is_gzip and not capture.body.startswith(_GZIP)
