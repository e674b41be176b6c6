"""WARC/1.1 records (ISO 28500:2017), each a gzip member of its own, by warcio.

Imported when something is archived or read from an archive: a crawl without one does not need warcio.
"""

import gzip
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha1
from http import HTTPStatus
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # it has no types
from warcio.timeutils import datetime_to_iso_date  # type: ignore[import-untyped]  # likewise
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # likewise

from crawler.archive.exchange import Conversion, Exchange

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
MADE_BY = "Presswalk-Made-By"
"""A header of our own conversions: those of other tools may be extracts, or cleaned."""

NOT_MODIFIED = f"{_PROFILE}server-not-modified"
SAME_PAYLOAD = f"{_PROFILE}identical-payload-digest"

MOST_REMEMBERED = 10_000
"""URLs whose latest payload is remembered, to write it once: 4 MB."""

_LEVEL = 6
"""Of gzip: zlib's own choice. 9, which warcio takes, costs twice the time for a hundredth of the size."""


class Payload(NamedTuple):
    """What a URL showed, and when."""

    digest: str
    at: str


class Remembered:
    """The latest payload of each URL, and of no other time: what shows A, B and A again is archived three times."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._latest: OrderedDict[str, Payload] = OrderedDict()

    def same(self, url: str, payload: Payload) -> Payload | None:
        """The capture before, if it shows the same; this one is the latest from now on."""
        before = self._latest.pop(url, None)
        is_same = before is not None and before.digest == payload.digest
        self._latest[url] = before if is_same and before else payload
        if len(self._latest) > self._most:
            self._latest.popitem(last=False)
        return before if is_same else None

    def forget(self, url: str) -> None:
        """It was not written after all."""
        self._latest.pop(url, None)


def warcinfo(name: str, at: datetime, info: Mapping[str, str]) -> bytes:
    """The first record of a file: what made it."""
    writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    record = writer.create_warcinfo_record(name, info)
    record.rec_headers.replace_header("WARC-Date", _date(at))
    return _member(record)


def exchange_records(exchange: Exchange, remembered: Remembered) -> bytes:
    """The answer, or what it repeats, and the request for it."""
    writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    answer = _answer(writer, exchange, remembered)
    own = {"WARC-Date": _date(exchange.at), "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
    asked = StatusAndHeaders(_request_line(exchange), list(_with_host(exchange)), is_http_request=True)
    request = writer.create_warc_record(exchange.url, "request", http_headers=asked, warc_headers_dict=own)
    return _member(answer) + _member(request)


def conversion_record(conversion: Conversion) -> bytes:
    """What a page has become (WARC 1.1, 6.7.2): what is read of it, and no answer of a server."""
    writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        conversion.url, "conversion", payload=BytesIO(conversion.html), length=len(conversion.html),
        warc_content_type="text/html; charset=utf-8",
        warc_headers_dict={"WARC-Date": _date(conversion.at), "WARC-Refers-To": conversion.of, MADE_BY: "scripts"},
    )  # fmt: skip
    return _member(record)


def payload_digest(body: bytes) -> str:
    """As WARC names it: ``sha1:`` and base 32, what tools compare. It is no protection against anybody."""
    return f"sha1:{b32encode(sha1(body, usedforsecurity=False).digest()).decode()}"


def _answer(writer: WARCWriter, exchange: Exchange, remembered: Remembered) -> Any:
    at = _date(exchange.at)
    digest = payload_digest(exchange.body)
    headers = {"WARC-Date": at} | ({"WARC-IP-Address": exchange.address} if exchange.address else {})
    headers |= {"WARC-Record-ID": exchange.record} if exchange.record else {}
    line = StatusAndHeaders(_status(exchange.status), list(exchange.headers), protocol=exchange.protocol)
    if exchange.status == HTTPStatus.NOT_MODIFIED:
        headers |= {"WARC-Profile": NOT_MODIFIED}
        return writer.create_warc_record(exchange.url, "revisit", http_headers=line, warc_headers_dict=headers)
    headers |= {"WARC-Payload-Digest": digest}
    is_content = exchange.body and exchange.status == HTTPStatus.OK
    before = remembered.same(exchange.url, Payload(digest, at)) if is_content else None
    if before is None:
        body = BytesIO(exchange.body)
        return writer.create_warc_record(
            exchange.url, "response", payload=body, length=len(exchange.body), http_headers=line,
            warc_headers_dict=headers,
        )  # fmt: skip
    headers |= {
        "WARC-Profile": SAME_PAYLOAD,
        "WARC-Refers-To-Target-URI": exchange.url,
        "WARC-Refers-To-Date": before.at,
    }
    return writer.create_warc_record(exchange.url, "revisit", http_headers=line, warc_headers_dict=headers)


def _member(record: Any) -> bytes:
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version="WARC/1.1").write_record(record)
    return gzip.compress(out.getvalue(), _LEVEL, mtime=0)


def _date(at: datetime) -> str:
    return str(datetime_to_iso_date(at.replace(tzinfo=None), use_micros=True))  # it adds the Z itself


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _request_line(exchange: Exchange) -> str:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{exchange.method} {target} HTTP/1.1"


def _with_host(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Scrapy's client adds ``Host`` below the middlewares."""
    if not any(name.lower() == "host" for name, _ in exchange.request_headers):
        yield "Host", urlsplit(exchange.url).netloc
    yield from exchange.request_headers
