"""Decompression that notices a body cut short."""

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse

from crawler.failures import TooManyEncodingsError, TruncatedError

_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 65536

MOST_ENCODINGS = 3
"""One upon the other. Each is unpacked up to ``DOWNLOAD_MAXSIZE``: headers have room for thousands."""


class Compression(HttpCompressionMiddleware):
    """Downloader middleware: Scrapy's, which returns what it has of a truncated gzip body as if it were the page."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The decompressed response. Raises TruncatedError or TooManyEncodingsError."""
        if sum(value.count(b",") + 1 for value in response.headers.getlist("Content-Encoding")) > MOST_ENCODINGS:
            raise TooManyEncodingsError(request.url)
        body, gzipped = (
            response.body,
            (response.headers.get("Content-Encoding") or b"").strip().lower() == b"gzip",
        )
        if isinstance(response, TextResponse) and response._cached_benc is None:  # noqa: SLF001
            # Scrapy's replace() guesses the encoding of the still compressed body: 3 ms a page for nothing.
            response._cached_benc = "utf-8"  # noqa: SLF001
        decoded = super().process_response(request, response)
        if gzipped and isinstance(decoded, Response) and is_truncated(body, len(decoded.body)):
            raise TruncatedError(f"gzip body cut short: {request.url}")
        return decoded


def is_truncated(body: bytes, decoded_size: int) -> bool:
    """Whether a gzip body ends early: its trailer names another size (RFC 1952), and no member ends at its end."""
    if int.from_bytes(body[-4:], "little") == decoded_size % 2**32:
        return False
    member = zlib.decompressobj(_GZIP)
    left = body
    while left and not member.eof:
        try:
            member.decompress(left, _CHUNK)
        except zlib.error:
            return False  # damaged or padded rather than cut short: what was decoded stands
        left = member.unconsumed_tail
    return not member.eof
