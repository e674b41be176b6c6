"""Numbers among the settings: those that are none are named before a crawl begins."""

import re

import pytest
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.numbers import check_numbers, check_slots


def told(name: str, value: object) -> Settings:
    """The settings of the project, and this one on the command line."""
    settings = get_project_settings()
    settings.set(name, value, priority="cmdline")
    return settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOWNLOAD_DELAY", "abc", "DOWNLOAD_DELAY is 'abc'; it is a number"),
        ("DOWNLOAD_DELAY", "", "DOWNLOAD_DELAY is ''; it is a number"),
        ("DOWNLOAD_DELAY", "-1", "DOWNLOAD_DELAY is '-1'; it is 0 or more"),
        ("DOWNLOAD_TIMEOUT", "nan", "DOWNLOAD_TIMEOUT is 'nan'; it is 0 or more"),
        ("LEASE_SECONDS", "inf", "LEASE_SECONDS is 'inf'; it is 0 or more"),
        ("RETRY_TIMES", "2.5", "RETRY_TIMES is '2.5'; it is a whole number"),
        ("CONCURRENT_REQUESTS", "0", "CONCURRENT_REQUESTS is '0'; it is 1 or more"),
        ("BACKOFF_SECONDS", "long", "BACKOFF_SECONDS is 'long'; it is a number"),
    ],
)
def test_what_is_no_number_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        check_numbers(told(name, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [("DOWNLOAD_DELAY", "0"), ("DOWNLOAD_DELAY", 0.5), ("RETRY_TIMES", 0), ("MEMUSAGE_LIMIT_MB", "900")],
)
def test_numbers_are_taken(name: str, value: object) -> None:
    check_numbers(told(name, value))


@pytest.mark.parametrize("pace", [2, None, "1s", [], {"delay": "2"}, {"delay": -1}, {"concurrency": 0}, {"pace": 1}])
def test_a_pace_of_a_host_that_cannot_be_meant_is_named(pace: object) -> None:
    said = re.escape(f"DOWNLOAD_SLOTS has {pace!r} for 'news.example'; it is JSON like {{")
    with pytest.raises(ValueError, match=said):
        check_slots(told("DOWNLOAD_SLOTS", {"news.example": pace}))


def test_paces_that_can_be_meant() -> None:
    check_slots(get_project_settings())
    check_slots(
        told("DOWNLOAD_SLOTS", '{"news.example": {"delay": 0.5, "concurrency": 2, "jitter": 0}, "b.example": {}}')
    )
