"""The Crawl-delay of a host over the looks of a process that goes on."""

from types import SimpleNamespace

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler

from crawler.extensions.pace import Pace
from crawler.middlewares.robotparser import RobotsTxtParser
from tests.pipelines.conftest import crawler_of


async def test_a_host_is_asked_as_its_latest_robots_txt_wants() -> None:
    gave = {"slow.example": {"delay": 9.0}}
    crawler = crawler_of("mongodb://127.0.0.1:1", "none", DOWNLOAD_SLOTS=gave, DOWNLOAD_DELAY=1.0)
    downloader = Downloader(crawler)
    crawler._engine = SimpleNamespace(downloader=downloader)  # type: ignore[assignment]
    pace = Pace(crawler)
    told = []
    for host, robots in [
        ("news.example", "20"), ("news.example", "5"), ("news.example:8080", "7"), ("news.example", ""),
        ("news.example:8080", ""), ("slow.example", "4"), ("slow.example", "12"), ("slow.example", ""),
    ]:  # fmt: skip
        pace.robots_parsed(parser(crawler, robots), Request(f"https://{host}/"))
        told.append(downloader.per_slot_settings[host.partition(":")[0]].get("delay"))
    downloader.close()
    assert told == [20.0, 5.0, 7.0, 7.0, None, 9.0, 12.0, 9.0]


def parser(crawler: Crawler, delay: str) -> RobotsTxtParser:
    """Of a robots.txt with this Crawl-delay."""
    return RobotsTxtParser.from_crawler(crawler, f"User-agent: *\nCrawl-delay: {delay}\n".encode() if delay else b"")
