"""How many connections to a host are kept."""

from scrapy.settings import Settings

from crawler.guard.handler import most_at_once


def test_as_many_connections_are_kept_as_a_host_is_asked_at_once() -> None:
    paces = {"127.0.0.1": {"concurrency": 8, "delay": 0.0}, "slow.example": {"delay": 5.0}}
    assert most_at_once(Settings({"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_SLOTS": paces})) == 8
    assert most_at_once(Settings({"CONCURRENT_REQUESTS_PER_DOMAIN": 2})) == 2
