"""``WARC_DIR``: what is fetched is kept as it came."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from socket import gethostname
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.archive.exchange import Conversion, Exchange, tellable
from crawler.archive.files import WarcFiles
from crawler.archive.names import warc_name
from crawler.archive.options import ArchiveOptions
from crawler.extensions.browser import FLAG
from crawler.extensions.run_record import RunRecord, run_ending
from crawler.middlewares.browser import IN_BROWSER
from crawler.redaction import redact
from crawler.stats import Stats

MOST_WAITING_BYTES = 16_000_000
"""Of answers that wait to be written: what is fetched waits for them beyond that."""

_RECORD = "warc_record"
"""Key of ``meta``: the record of the answer; ``Browser`` carries it to what becomes of a page."""

logger = logging.getLogger(__name__)


class Archive:
    """Downloader middleware, the last before the wire: there the headers say how the body is packed.

    Every answer to a GET is archived, robots.txt, redirects and errors too. Packing and writing take place in a thread
    of their own, in the order of the answers. What cannot be written is counted, and the crawl goes on.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = ArchiveOptions.of(crawler.settings)
        if options is None:
            raise NotConfigured
        from crawler.archive.records import (  # noqa: PLC0415 # not without it
            Remembered,
            conversion_record,
            exchange_records,
            warcinfo,
        )

        options.prepare()
        self._crawler = crawler
        self._pack, self._warcinfo, self._remembered = exchange_records, warcinfo, Remembered()
        self._pack_made = conversion_record
        self._files = WarcFiles(options.folder, options.most_bytes, self._name, self._head)
        self._thread = ThreadPoolExecutor(1, "archive")
        self._waiting = 0
        self._is_failing = False
        crawler.signals.connect(self.run_ending, signal=run_ending)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Archive":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response. It knows when it came (``meta["fetched_at"]``), as its record does.

        What a browser made of a page no server has sent: it is kept as that, if it was made at all. The page's document
        and what it asked for come by here too.
        """
        if request.meta.get(IN_BROWSER):
            if FLAG in response.flags and (record := request.meta.get(_RECORD)):
                url, made_at = redact(response.url), datetime.now(UTC)
                made = Conversion(url=url, at=made_at, of=record, html=response.body)
                await self._keep("converted", made.size, lambda: self._files.append(self._pack_made(made)))
            return response
        latency = timedelta(seconds=request.meta.get("download_latency", 0.0))
        at = request.meta["fetched_at"] = datetime.now(UTC) - latency
        if request.method == "GET":  # what is posted to hubs is no page, and has secrets in it
            request.meta[_RECORD] = f"<urn:uuid:{uuid.uuid4()}>"
            exchange = _exchange(request, response, at)
            await self._keep("written", exchange.size, lambda: self._write(exchange))
        return response

    async def _keep(self, outcome: str, size: int, write: Callable[[], None]) -> None:
        self._waiting += size
        writing = asyncio.get_running_loop().run_in_executor(self._thread, write)
        writing.add_done_callback(lambda done: self._written(outcome, size, done.exception()))
        if self._waiting > MOST_WAITING_BYTES:
            await asyncio.wait([writing])

    async def run_ending(self) -> None:
        """What waits is written, and the file gets its name: else the run would be told as ended well too early."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._files.close)
        except OSError as error:
            self._failed(error)

    async def engine_stopped(self) -> None:
        """The same for what came after the run, or where it did not begin."""
        await self.run_ending()
        self._thread.shutdown()

    def _write(self, exchange: Exchange) -> None:
        try:
            self._files.append(self._pack(exchange, self._remembered))
        except OSError:
            self._remembered.forget(exchange.url)
            raise

    def _written(self, outcome: str, size: int, error: BaseException | None) -> None:
        self._waiting -= size
        if error is None:
            self._is_failing = False
            Stats(self._crawler).archived(outcome)
        else:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        Stats(self._crawler).archived("failed")
        if not self._is_failing:
            logger.error(
                "what is fetched cannot be archived (%s: %s); the crawl goes on: make room in WARC_DIR",
                type(error).__name__, error,
            )  # fmt: skip
        self._is_failing = True

    def _name(self, serial: int) -> str:
        return warc_name(datetime.now(UTC), gethostname(), str(RunRecord.of(self._crawler).run_id), serial)

    def _head(self, name: str) -> bytes:
        return self._warcinfo(name, datetime.now(UTC), _info(self._crawler.settings))


def _info(settings: Mapping[str, Any]) -> dict[str, str]:
    """What the first record of a file tells (WARC 1.1, 6.2; DCMI)."""
    robots = "obey" if settings["ROBOTSTXT_OBEY"] else "ignore"
    told = {"software": str(settings["BOT_NAME"]), "format": "WARC File Format 1.1", "robots": robots}
    conforms = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
    return told | {"conformsTo": conforms, "http-header-user-agent": redact(str(settings["USER_AGENT"]))}


def _exchange(request: Request, response: Response, at: datetime) -> Exchange:
    return Exchange(
        url=redact(response.url), at=at,
        method=request.method, request_headers=tellable(_pairs(request.headers)),
        protocol=response.protocol or "HTTP/1.1", status=response.status,
        headers=tellable(_pairs(response.headers)), body=response.body,
        address=str(response.ip_address) if response.ip_address else None,
        record=request.meta[_RECORD],
    )  # fmt: skip


def _pairs(headers: Any) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in headers.items() for value in values]
