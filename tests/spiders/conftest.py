"""Sites to crawl."""

from collections.abc import Iterator

import pytest

from tests.hostile.server import Page, serve_pages


@pytest.fixture
def plain_site() -> Iterator[str]:
    """A site that is no WordPress."""
    with serve_pages(
        {"/": Page(body=b"<html><head><title>Rose garden</title></head><body><p>Roses.</p></body></html>")}
    ) as url:
        yield url
