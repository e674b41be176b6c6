"""What is kept of robots.txt in a process that goes on."""

from datetime import UTC, datetime, timedelta

import time_machine
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler.middlewares.robots import RobotsTxt
from crawler.site_record import Robots

NOW = datetime(2025, 12, 3, 18, tzinfo=UTC)
PAGE = Request("https://news.example/private/")


class Asked(RobotsTxt):
    """Notes when it would ask a host, which forbids everything."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.asked: list[str] = []

    async def _fetch(self, robots_url: str) -> Robots:
        self.asked.append(robots_url)
        return Robots(status=200, text="User-agent: *\nDisallow: /private/\n", fetched_at=datetime.now(UTC))


def robots() -> Asked:
    crawler = get_crawler(settings_dict={"ROBOTSTXT_OBEY": True})
    return Asked.from_crawler(crawler)


async def allows(known: RobotsTxt) -> bool:
    parser = await known.robot_parser(PAGE)
    return parser.allowed(PAGE.url, "Presswalk")


async def test_it_is_believed_for_a_day_and_then_asked_for_again() -> None:
    known = robots()
    for hours, asked in ((0, 1), (23, 1), (24, 2), (47, 2), (48, 3)):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            assert not await allows(known)
        assert len(known.asked) == asked, hours


async def test_what_is_remembered_of_an_earlier_run_grows_old_as_well() -> None:
    known = robots()
    free = Robots(status=404, text="", fetched_at=NOW - timedelta(hours=20))
    with time_machine.travel(NOW, tick=False):
        known.remember("news.example", free)
        assert await allows(known)
    with time_machine.travel(NOW + timedelta(hours=4), tick=False):
        assert not await allows(known)


async def test_of_a_host_that_is_done_nothing_is_kept() -> None:
    known = robots()
    with time_machine.travel(NOW, tick=False):
        await allows(known)
    assert known.answer_of("news.example") is not None
    known.forget("news.example")
    assert (known._answers, known._fetched) == ({}, {})
