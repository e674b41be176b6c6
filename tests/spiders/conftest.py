"""A ``scrapy`` that stores into an empty database."""

from collections.abc import Iterator

import pytest

from tests.hostile.server import Page, serve_pages
from tests.spiders.running import Scrapy


@pytest.fixture
def scrapy(mongodb_uri: str, database_name: str) -> Scrapy:
    """Runs ``scrapy`` against the database of this test."""
    return Scrapy(mongodb_uri, database_name)


@pytest.fixture
def plain_site() -> Iterator[str]:
    """A site that is no WordPress."""
    with serve_pages(
        {"/": Page(body=b"<html><head><title>Rose garden</title></head><body><p>Roses.</p></body></html>")}
    ) as url:
        yield url
