"""What a record of an archive says of a page: pure, on the bytes of one record."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # it has no types
from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]  # likewise

from crawler.archive.blocks import Damaged
from crawler.archive.records import MADE_BY, payload_digest
from crawler.redaction import HIDDEN
from crawler.urls import is_web_url

Kind = Literal["page", "rest", "feed", "other"]

_API = re.compile(r"/wp-json/wp/v2/|[?&]rest_route=(?:/|%2F)wp(?:/|%2F)v2|/rest/v1\.1/sites/[^/]+/posts", re.IGNORECASE)
_LONGEST_URL = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """An answer that was archived. The body is as the server packed it, without chunks."""

    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    record: str = ""
    """Its ``WARC-Record-ID``."""
    made_of: str = ""
    """The record of the answer of which scripts made it: then it is no answer itself."""

    @property
    def kind(self) -> Kind:
        """What may be read from it: by its address and its type. Pictures, scripts and the like are ``other``."""
        told = next((value for name, value in self.headers if name.lower() == "content-type"), "").lower()
        if "json" in told or is_api(self.url):
            return "rest" if is_api(self.url) else "other"
        if "xml" in told and "html" not in told:
            return "feed"
        return "page" if "html" in told or not told else "other"


def is_api(url: str) -> bool:
    """Whether a URL is one of WordPress's REST API for content, or of WordPress.com's."""
    return _API.search(url) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A record that a URL gave again what it, or another one, gave before: the answer is there."""

    url: str
    at: datetime
    of_url: str
    of_at: datetime
    record: str = ""


class NoCapture(ValueError):
    """A record that is no answer of a site; the message is the reason, fit for a counter."""


def capture_of(data: bytes) -> Capture:
    """The answer in a record. Raises NoCapture or Damaged."""
    found = told_by(data)
    if isinstance(found, Revisit):
        raise NoCapture("revisit")
    return found


def told_by(data: bytes) -> Capture | Revisit:
    """The answer in a record, or where it is. Raises NoCapture or Damaged."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(data))))
        return _revisit(record) if record.rec_type == "revisit" else _capture(record)
    except (NoCapture, Damaged):
        raise
    except Exception as error:
        raise Damaged("no_record") from error


def _capture(record: Any) -> Capture:
    is_made = record.rec_type == "conversion" and _text(record, MADE_BY) == "scripts"
    made_of = _text(record, "WARC-Refers-To") if is_made else ""
    if record.rec_type != "response" and not made_of:
        raise NoCapture(str(record.rec_type))
    url, at = _text(record, "WARC-Target-URI").strip("<>"), moment(_text(record, "WARC-Date"))
    if not (record.http_headers or made_of) or not is_web_url(url) or len(url) > _LONGEST_URL or at is None:
        raise NoCapture("no_http")
    if HIDDEN in url:
        raise NoCapture("redacted")  # nobody knows what it was the address of
    if made_of:
        told = (("Content-Type", record.content_type),)
        return Capture(url=url, at=at, status=200, headers=told, body=_body(record, told), made_of=made_of)
    status = record.http_headers.get_statuscode()
    if not (status.isascii() and status.isdigit() and len(status) == 3):
        raise NoCapture("no_http")
    headers = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
    own = _text(record, "WARC-Record-ID")
    return Capture(url=url, at=at, status=int(status), headers=headers, body=_body(record, headers), record=own)


def _revisit(record: Any) -> Revisit:
    url, at = _text(record, "WARC-Target-URI").strip("<>"), moment(_text(record, "WARC-Date"))
    of_url, of_at = _text(record, "WARC-Refers-To-Target-URI").strip("<>"), moment(_text(record, "WARC-Refers-To-Date"))
    if not (is_web_url(url) and is_web_url(of_url) and at and of_at) or HIDDEN in url:
        raise NoCapture("revisit")
    return Revisit(url=url, at=at, of_url=of_url, of_at=of_at, record=_text(record, "WARC-Record-ID"))


def _body(record: Any, headers: tuple[tuple[str, str], ...]) -> bytes:
    """The payload as it was sent; what does not have the digest that its record tells is damaged."""
    body = bytes(record.raw_stream.read())
    told = _text(record, "WARC-Payload-Digest")
    is_chunked = any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)
    plain = bytes(ChunkedDataReader(BytesIO(body)).read()) if is_chunked else body
    if told.startswith("sha1:") and told not in (payload_digest(body), payload_digest(plain)) and not _is_own(told):
        raise Damaged("wrong_digest")
    return plain


def _is_own(digest: str) -> bool:
    """Whether a digest is written in another way than base 32; some tools write hexadecimal ones."""
    return len(digest) != len("sha1:") + 32


def _text(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")


def moment(text: str) -> datetime | None:
    """A date of WARC: ``2025-12-03T18:00:00Z``, with or without fractions."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
