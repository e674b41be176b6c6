"""Of which sites requests wait."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.scheduler import SiteScheduler
from crawler.spiders.starts import Start


def page(number: int, site: str) -> Request:
    return Request(f"https://{site}/{number}", meta={"site": site})


async def test_requests_are_counted_from_when_they_come_until_they_go() -> None:
    queue, duplicates = "scrapy.pqueues.ScrapyPriorityQueue", "crawler.dupefilter.SiteDupeFilter"
    crawler = get_crawler(settings_dict={"SCHEDULER_PRIORITY_QUEUE": queue, "DUPEFILTER_CLASS": duplicates})
    crawler.spider = crawler._create_spider("wordpress")
    scheduler = SiteScheduler.from_crawler(crawler)
    scheduler.open(crawler.spider)
    assert scheduler.requests_of("news.example") == 0
    assert [scheduler.enqueue_request(page(number, "news.example")) for number in (1, 2, 1)] == [True, True, False]
    assert scheduler.enqueue_request(page(1, "other.example"))
    assert scheduler.enqueue_request(Request("https://third.example/"))
    sent = []
    while request := scheduler.next_request():
        sent.append(request.url)
        assert scheduler.requests_of("news.example") == 2 - sum("news.example" in url for url in sent)
    assert len(sent) == 4
    assert scheduler.requests_of("other.example") == 0
    assert scheduler._waiting == {}  # of sites that are done nothing is kept
    assert not scheduler.enqueue_request(page(1, "news.example"))
    scheduler.forget("news.example")
    assert scheduler.enqueue_request(page(1, "news.example"))
    assert scheduler.next_request()
    start = Start(site="new.example", url="https://new.example/", at=datetime(2025, 12, 3, tzinfo=UTC))
    assert scheduler.enqueue_request(Request(start.url, meta={"start": start}, dont_filter=True))
    assert scheduler.requests_of("new.example") == 1
    assert scheduler.next_request()
    assert scheduler.requests_of("new.example") == 0
    scheduler.close("finished")
