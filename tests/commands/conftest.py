"""What the tests of commands share."""

import pytest

from tests.spiders.running import Scrapy

from .asking import Ask, asking


@pytest.fixture
def ask(scrapy: Scrapy, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs ``scrapy COMMAND…`` in this process against the database of this test."""
    return asking(scrapy, capsys)
