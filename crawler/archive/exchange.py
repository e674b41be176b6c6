"""One request and its answer, as they may be archived. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.redaction import redact

Headers = tuple[tuple[str, str], ...]

_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "proxy-authenticate", "x-api-key", "x-wp-nonce"}
)
"""What lets its bearer in; cookies are neither sent nor kept (docs/operating.md, Secrets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked and what came, without credentials. The body is as the server packed it: see ``headers``."""

    url: str
    at: datetime
    """UTC; when the answer began to come."""
    method: str
    request_headers: Headers
    protocol: str
    """``HTTP/1.1``."""
    status: int
    headers: Headers
    body: bytes
    address: str | None = None
    """Of the server, where it is known."""
    record: str | None = None
    """The ``WARC-Record-ID`` of the answer, where others refer to it."""

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.body) + 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What scripts made of a page, in UTF-8."""

    url: str
    at: datetime
    """UTC; when it was made."""
    of: str
    """The record of the answer that it was made of."""
    html: bytes

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.html) + 1000


def tellable(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers that may be archived: without credentials, nor those in URLs (``Location``, ``Link``, ``Referer``)."""
    told = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
    return tuple((name, redact(value)) for name, value in told if name.lower() not in _SECRET_HEADERS)
