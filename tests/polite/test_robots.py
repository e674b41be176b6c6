"""robots.txt: what an answer allows, and how long it is believed."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.crawler import Crawler
from scrapy.spiders import Spider

from crawler.extensions.pace import crawl_delay
from crawler.middlewares.robotparser import RobotsTxtParser
from crawler.polite.agent import ROBOTS_NAME
from crawler.polite.robots import MOST_BYTES, is_believed, is_last_resort, is_unreachable, rules_of
from crawler.site_record import Robots

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
RULES = "User-agent: *\nDisallow: /\n"
HOUR = timedelta(hours=1)


def answer(status: int = 200, age: timedelta = HOUR) -> Robots:
    return Robots(status=status, text=RULES, fetched_at=NOW - age)


@pytest.mark.parametrize(("status", "obeyed"), [(200, True), (206, True), (302, False), (401, False), (404, False)])
def test_what_is_not_there_forbids_nothing(status: int, *, obeyed: bool) -> None:
    assert rules_of(answer(status)) == (RULES.encode() if obeyed else b"")


def test_a_server_in_trouble_cannot_be_reached() -> None:
    assert [status for status in (200, 404, 429, 499, 500, 503, 599) if is_unreachable(status)] == [500, 503, 599]


def test_it_is_believed_for_a_day_and_kept_to_for_a_month() -> None:
    assert is_believed(answer(age=23 * HOUR), NOW)
    assert not is_believed(answer(age=24 * HOUR), NOW)
    assert is_last_resort(answer(age=29 * 24 * HOUR), NOW)
    assert not is_last_resort(answer(age=30 * 24 * HOUR), NOW)


def test_at_least_500_kib_are_read() -> None:
    assert MOST_BYTES >= 500 * 1024


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ("User-agent: presswalk\nDisallow: /a/\n\nUser-agent: *\nDisallow: /b/\n", "/b/"),
        ("User-Agent : PressWalk # us\r\nDisallow: /a/\r\n", "/b/"),
        ("User-agent: Press\nAllow: /\n\nUser-agent: *\nDisallow: /a/\n", "/b/"),
        ("User-agent: walk\nDisallow: /b/\n\nUser-agent: *\nDisallow: /a/\n", "/b/"),
        ("\ufeffUser-agent: *\nDisallow: /a/\n", "/b/"),
        ("User-agent: *\nDisallow: /\nAllow: /a/$\n", "/a/"),
    ],
)
def test_the_group_of_our_name_applies_and_else_that_of_all(told: str, allowed: str) -> None:
    parser = RobotsTxtParser.from_crawler(Crawler(Spider), told.encode())
    assert [path for path in ("/a/", "/b/") if parser.allowed(f"https://x.example{path}", ROBOTS_NAME)] == [allowed]


@pytest.mark.parametrize(
    ("told", "kept"),
    [(None, None), (2.5, 2.5), (0.0, None), (-3.0, None), (86400.0, 30.0), (float("inf"), 30.0), (float("nan"), None)],
)
def test_a_crawl_delay_has_a_limit(told: float | None, kept: float | None) -> None:
    assert crawl_delay(told, 30.0) == kept
