"""robots.txt on loopback: redirected, endless, out of reach."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from tests.hostile.server import Page, serve_answers, serve_pages
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Scrapy
from tests.spiders.test_bad_input import post, site
from tests.spiders.test_robots import RULES, change

TEXT = {"Content-Type": "text/plain"}
FILLING = b"Disallow: /nothing-of-that-kind/\n" * 20_000
"""660 kB: more than is read."""


def test_it_is_followed_to_other_hosts_and_read_to_its_limit(scrapy: Scrapy) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n" + FILLING + b"Disallow: /good/\n"
    endless = Page(rules, headers=TEXT, endless=True)
    hops = {f"/hop-{n}": Page(status=302, headers={"Location": f"/hop-{n + 1}"}) for n in range(1, 4)}
    with serve_pages(hops | {"/hop-4": endless}) as elsewhere:
        other = elsewhere.replace("127.0.0.1", "localhost")
        moved = Page(status=301, headers={"Location": f"{other}hop-1"})
        with serve_pages(site({"/private/": post(2)}) | {"/robots.txt": moved}) as url:
            named = f"NAMED_HOSTS={urlsplit(other).netloc}"
            assert scrapy.crawl("wordpress", "-s", named, site=url, routes="archive").status == 0
    assert [article["wp_id"] for article in scrapy.find()] == [1]
    assert scrapy.last_run()["counts"]["skipped"] == {"robots": 1}


def test_one_that_only_redirects_is_not_there(scrapy: Scrapy) -> None:
    loop = Page(status=302, headers={"Location": "/robots.txt"})
    with serve_pages(site({}) | {"/robots.txt": loop}) as url:
        assert scrapy.crawl("wordpress", site=url, routes="archive").status == 0


def test_one_out_of_reach_forbids_all_but_what_it_said_within_a_month_holds(scrapy: Scrapy) -> None:
    known = RestSite({"post": {1: 1}}, {"post": "posts"}, pages={"/robots.txt": Page(RULES.encode(), headers=TEXT)})
    with serve(known):
        assert scrapy.crawl("wordpress", site=known.origin).status == 0
        known.pages["/robots.txt"] = Page(status=500)
        change(scrapy, {"robots.fetched_at": datetime.now(UTC) - timedelta(days=29)})
        known.posts["post"][2] = 2
        outcome = scrapy.crawl("wordpress", "-s", "RETRY_TIMES=0", site=known.origin)
        assert outcome.status == 0
        assert "is obeyed" in outcome.err
        assert {one["wp_id"] for one in scrapy.find()} == {1, 2}
        change(scrapy, {"robots.fetched_at": datetime.now(UTC) - timedelta(days=30)})
        known.asked.clear()
        outcome = scrapy.crawl("wordpress", "-s", "RETRY_TIMES=0", site=known.origin)
        assert outcome.status == 4
        assert set(known.asked) == {"/robots.txt"}
        assert "robots_http_500" in outcome.err
        assert scrapy.find("sites")[0]["health"]["last_error"] == "robots_http_500"


def test_a_host_that_does_not_answer_is_told_by_its_own_reason(scrapy: Scrapy) -> None:
    with serve_answers(lambda _: None) as url:
        pass
    outcome = scrapy.crawl("wordpress", "-s", "RETRY_TIMES=0", site=url)
    assert outcome.status == 4
    assert scrapy.find("sites")[0]["health"]["last_error"] == "connection_refused"
