"""What a process that lives for weeks remembers of the hosts that it asks."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extensions.run_record import RunRecord
from crawler.middlewares.conduct import Conduct
from crawler.polite.conduct import Ending, Left
from tests.pipelines.conftest import crawler_of

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
LIMIT = Ending(Left.REQUEST_LIMIT, "request_limit")


def paused(until: datetime) -> Ending:
    return Ending(Left.PAUSED, "http_429", until)


@pytest.fixture
def conduct() -> Conduct:
    return Conduct(crawler_of("mongodb://127.0.0.1:1", "none"))


def test_a_host_without_a_crawl_of_its_own_is_asked_anew_after_an_hour(conduct: Conduct) -> None:
    hub = conduct.host("hub.example")
    hub.asked, hub.ended = 20_000, LIMIT
    assert conduct.host("hub.example") is hub
    hub.began -= HOUR
    assert conduct.host("hub.example").asked == 0
    assert conduct.host("hub.example").ended is None


def test_or_when_it_allows(conduct: Conduct) -> None:
    hub = conduct.host("hub.example")
    hub.began, hub.ended = NOW - 2 * HOUR, paused(NOW + HOUR)
    assert conduct.host("hub.example") is hub
    hub.ended = paused(NOW - HOUR)
    assert conduct.host("hub.example").ended is None


def test_a_host_that_is_crawled_stays_left_until_its_crawl_is_over(conduct: Conduct) -> None:
    RunRecord.of(conduct.crawler)._held.add("news.example")
    site = conduct.host("news.example")
    site.began, site.ended = NOW - 2 * HOUR, paused(NOW - HOUR)
    assert conduct.host("news.example") is site
    conduct.forget("news.example")
    assert conduct.host("news.example").ended is None


def test_another_site_of_a_host_that_wants_a_pause_does_not_break_it(conduct: Conduct) -> None:
    RunRecord.of(conduct.crawler)._held.add("news.example")
    for ending in (paused(datetime.now(UTC) + HOUR), None):
        site = conduct.host("news.example")
        site.ended, site.asked = ending, 100
        conduct.forget("news.example")
        assert (conduct.host("news.example").ended, conduct.host("news.example").asked) == (ending, 0)
        conduct.forget("news.example")
        conduct._left_alone.clear()
    conduct.host("news.example").ended = LIMIT
    conduct.forget("news.example")
    assert conduct._left_alone == {}
