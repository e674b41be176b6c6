"""What was asked of a site is asked once in a crawl of it, and again in the next."""

from scrapy import Request

from crawler.dupefilter import SiteDupeFilter


def asked(url: str, site: str) -> Request:
    return Request(url, meta={"site": site})


def test_a_request_is_a_duplicate_within_the_crawl_of_its_site() -> None:
    seen = SiteDupeFilter()
    first = asked("https://news.example/a/?b=1&a=2", "news.example")
    again = asked("https://news.example/a/?a=2&b=1", "news.example")
    assert [seen.request_seen(one) for one in (first, again)] == [False, True]
    assert not seen.request_seen(asked("https://news.example/a/?b=1&a=2", "other.example"))


def test_a_site_that_is_crawled_again_is_asked_again_and_nothing_of_it_is_kept() -> None:
    seen = SiteDupeFilter()
    for number in range(100):
        site = f"{number}.example"
        assert not seen.request_seen(asked(f"https://{site}/", site))
        assert not seen.request_seen(asked("https://stays.example/", "stays.example")) or number
        seen.forget(site)
        assert list(seen._seen) == ["stays.example"]
        assert not seen.request_seen(asked(f"https://{site}/", site))
        seen.forget(site)
    seen.forget("never.example")
