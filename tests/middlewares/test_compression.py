"""A compressed body cut short is noticed; one that is merely odd is not refused."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.failures import TooManyEncodingsError, TruncatedError
from crawler.middlewares.compression import Compression, is_truncated

URL = "https://news.example/a/"
PAGE = "".join(f"<p>{random.Random(7).random()} déjà vu {number}</p>" for number in range(2000)).encode()  # noqa: S311
WHOLE = gzip.compress(PAGE, mtime=0)


@given(st.binary(max_size=5000))
def test_a_whole_body_is_whole(content: bytes) -> None:
    assert not is_truncated(gzip.compress(content), len(content))


def test_a_large_and_very_compressible_body_is_whole() -> None:
    assert not is_truncated(gzip.compress(b"a" * 10_000_000), 10_000_000)


@pytest.mark.parametrize("kept", [20, 100, len(WHOLE) // 2, len(WHOLE) - 9, len(WHOLE) - 5, len(WHOLE) - 1])
def test_a_body_cut_short_is_truncated(kept: int) -> None:
    assert is_truncated(WHOLE[:kept], len(PAGE) * kept // len(WHOLE))


@pytest.mark.parametrize("after", [b"\0" * 16, b"garbage after the end", gzip.compress(b"another member", mtime=0)])
def test_what_follows_a_whole_body_does_not_matter(after: bytes) -> None:
    assert not is_truncated(WHOLE + after, len(PAGE))


def test_a_damaged_body_is_not_cut_short() -> None:
    assert not is_truncated(WHOLE[:50] + b"\xff" * 50 + WHOLE[100:], 60)


def fetched(body: bytes, encoding: str | None = "gzip") -> Response:
    """What the middleware makes of a response."""
    headers = {"Content-Type": "text/html"} | ({"Content-Encoding": encoding} if encoding else {})
    middleware = Compression.from_crawler(get_crawler())
    request = Request(URL)
    response = middleware.process_response(request, HtmlResponse(URL, body=body, headers=headers, request=request))
    assert isinstance(response, Response)
    return response


def test_a_page_is_decompressed_and_its_encoding_is_its_own() -> None:
    response = fetched(WHOLE)
    assert response.body == PAGE
    assert "déjà vu" in response.text
    latin = fetched(gzip.compress('<meta charset="latin1"><p>déjà'.encode("latin1")))
    assert latin.text.endswith("déjà")


def test_a_page_cut_short_is_refused() -> None:
    with pytest.raises(TruncatedError, match=URL):
        fetched(WHOLE[: len(WHOLE) // 2])


def test_an_uncompressed_page_is_left_alone() -> None:
    assert fetched(PAGE, encoding=None).body == PAGE
    assert fetched(b"", encoding=None).body == b""


def test_a_body_packed_upon_packed_is_refused_before_it_is_unpacked() -> None:
    three = gzip.compress(gzip.compress(WHOLE))
    assert fetched(three, "gzip, gzip, gzip").body == PAGE
    with pytest.raises(TooManyEncodingsError):
        fetched(gzip.compress(three), "gzip, gzip, gzip, gzip")
