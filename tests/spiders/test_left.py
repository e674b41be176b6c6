"""A site that is left before its crawl is done: what remains is remembered, and read by the next crawls."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.project import get_project_settings

import demo.server as demo
from crawler.identity import identity_keys
from crawler.polite.conduct import Ending, Left
from crawler.schedule import Schedule
from crawler.site_record import SiteRecord
from crawler.spiders.learned import MOST_LEFT, Around, failed, reached_by
from crawler.spiders.site_crawl import SiteCrawl
from crawler.spiders.visit import Aside
from crawler.spiders.wordpress import WordpressSpider
from crawler.urls import site_id
from demo.content import demo_site
from tests.hostile.server import Page, serve_answers
from tests.spiders import rest_site
from tests.spiders.running import Document, Scrapy
from tests.spiders.test_bad_input import home, post

_BUT_REST = "feed,sitemap,archive,navigation"


@dataclass
class Site:
    """Plain pages, and what was asked for in the latest crawl."""

    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, target: str) -> Page | None:
        self.asked.append(target)
        return self.pages.get(target)


@contextmanager
def serving(posts: int, **other: Page) -> Iterator[Site]:
    pages = {f"/post-{n}/": post(n) for n in range(1, posts + 1)}
    site = Site({"/": home(*pages), **pages, **other})
    with serve_answers(site.answer) as site.url:
        yield site


def crawl(scrapy: Scrapy, site: Site, *settings: str, status: int) -> Document:
    """What is remembered of the site after a crawl."""
    site.asked.clear()
    options = [part for setting in settings for part in ("-s", setting)]
    outcome = scrapy.crawl("wordpress", *options, site=site.url, routes="archive")
    assert outcome.status == status, outcome.err
    [kept] = scrapy.find("sites")
    return kept


def test_the_next_crawls_go_on_where_the_limit_of_requests_was_reached(scrapy: Scrapy) -> None:
    asked: Counter[str] = Counter()
    with serving(30) as site:
        kept = crawl(scrapy, site, "MAX_REQUESTS_PER_SITE=16", status=0)
        assert len(site.asked) == 16
        first = kept["unfinished_since"]
        assert kept["complete"]["value"] is False
        assert kept["complete"]["why"][0] == "left: request_limit"
        assert kept["health"] == {"failures": 0, "last_error": "left: request_limit"}
        assert kept["next_due_at"] - kept["checked_at"] == timedelta(minutes=10)
        run = scrapy.last_run()["counts"]
        assert (run["ended"], run["left"]) == ({"request_limit": 1}, {"request_limit": 16})
        asked.update(site.asked)
        kept = crawl(scrapy, site, "MAX_REQUESTS_PER_SITE=16", status=0)
        assert kept["unfinished_since"] == first
        asked.update(site.asked)
        kept = crawl(scrapy, site, "MAX_REQUESTS_PER_SITE=16", status=0)
        asked.update(site.asked)
    assert {one["wp_id"] for one in scrapy.find()} == set(range(1, 31))
    assert kept["complete"]["value"] is True
    assert not {"unfinished_since", "unread", "not_before"} & kept.keys()
    assert max(count for path, count in asked.items() if path.startswith("/post-")) == 1


def test_a_site_that_wants_a_long_pause_is_not_asked_before(scrapy: Scrapy) -> None:
    with serving(12) as site:
        site.pages["/post-5/"] = Page(status=429, headers={"Retry-After": "7200"})
        kept = crawl(scrapy, site, "CONCURRENT_REQUESTS=1", status=3)
    assert site.asked.count("/post-5/") == 1
    assert timedelta(hours=2) <= kept["next_due_at"] - kept["checked_at"]
    assert kept["not_before"] == kept["next_due_at"]
    assert kept["health"] == {"failures": 0, "last_error": "left: http_429"}
    left = {url.rpartition("127.0.0.1")[2].partition("/")[2] for url in kept["unread"]}
    assert len(left) == 12 - len(scrapy.find())
    assert scrapy.last_run()["counts"]["ended"] == {"paused": 1}


def test_a_site_that_refuses_page_after_page_keeps_us_out_and_one_page_does_not(scrapy: Scrapy) -> None:
    with serving(25) as site:
        site.pages["/post-3/"] = Page(status=403, body=b"for subscribers")
        kept = crawl(scrapy, site, status=3)
        assert "blocked_since" not in kept["health"]
        assert len(scrapy.find()) == 24
        assert [url.removeprefix(site.url) for url in kept["unread"]] == ["post-3/"]
        site.pages |= {f"/post-{n}/": Page(status=403, body=b"no") for n in range(1, 26)}
        kept = crawl(scrapy, site, "SWEEP_DAYS=0.0000001", "BLOCKED_AFTER=4", status=3)
    under_way = 8 + 4  # those that were sent, and took the place of what was answered meanwhile
    assert len([path for path in site.asked if path.startswith("/post-")]) <= 4 + under_way
    assert kept["health"]["blocked_since"] == kept["checked_at"]
    assert (kept["health"]["last_error"], kept["health"]["failures"]) == ("http_403", 1)
    assert scrapy.last_run()["counts"]["ended"] == {"blocked": 1}
    assert not [one for one in scrapy.find() if "missing_since" in one]


@pytest.mark.parametrize(
    "wall",
    [
        Page(b"<html><title>Wait</title></html>", 503, {"Cf-Mitigated": "challenge", "Content-Type": "text/html"}),
        Page(b"<html><title>Attention Required! | Cloudflare</title></html>", 403, {"Content-Type": "text/html"}),
    ],
    ids=["by a header, with 503", "by its title, with 403"],
)
def test_a_wall_is_told_from_a_server_in_trouble_and_not_tried_again(scrapy: Scrapy, wall: Page) -> None:
    with serving(1) as site:
        site.pages["/"] = wall
        kept = crawl(scrapy, site, status=4)
    assert site.asked == ["/robots.txt", "/"]
    assert kept["health"]["last_error"] == "challenge"
    assert kept["health"]["blocked_since"] == kept["checked_at"]
    assert kept["not_before"] == kept["next_due_at"] > kept["checked_at"]


def hours_around(now: datetime) -> str:
    return f"QUIET_HOURS={now - timedelta(minutes=5):%H:%M}-{now + timedelta(minutes=30):%H:%M}"


def test_in_quiet_hours_nothing_is_asked(scrapy: Scrapy) -> None:
    with serving(1) as site:
        quiet = hours_around(datetime.now(UTC))
        outcome = scrapy.crawl("wordpress", "-s", quiet, due="1")
        assert outcome.status == 0
        assert "these are quiet hours (QUIET_HOURS): nothing is asked before" in outcome.err
        kept = crawl(scrapy, site, quiet, status=3)
        assert site.asked == []
    assert timedelta(minutes=27) < kept["next_due_at"] - datetime.now(UTC) < timedelta(minutes=31)
    assert "health" not in kept


@pytest.mark.parametrize("setting", ["QUIET_HOURS=22-6", "CONTACT=me\nX-Injected: 1", "BLOCKED_AFTER=0"])
def test_a_wrong_setting_is_named_before_anything_is_fetched(scrapy: Scrapy, setting: str) -> None:
    outcome = scrapy.crawl("wordpress", "-s", setting, site="http://127.0.0.1:9/")
    assert outcome.status == 2
    assert setting.partition("=")[0] in outcome.err
    assert "Traceback" not in outcome.err


def agent(**told: str) -> str:
    settings = get_project_settings()
    settings.setdict(told, priority="cmdline")
    crawler = Crawler(WordpressSpider, settings)
    WordpressSpider.from_crawler(crawler, site="https://news.example")
    return str(crawler.settings["USER_AGENT"])


def test_the_user_agent_names_the_contact() -> None:
    assert agent() == "Presswalk/0.1"
    assert agent(CONTACT="https://news.example/bot") == "Presswalk/0.1 (+https://news.example/bot)"
    assert agent(CONTACT="a@b.example", USER_AGENT="Mine/1.0") == "Mine/1.0"


def test_a_rest_walk_that_was_left_goes_on_where_it_was(scrapy: Scrapy) -> None:
    """Three pages of the list; the second crawl asks for what the first one has not come to, and knows all."""
    posts = {wp_id: wp_id * 7200 for wp_id in range(1, 251)}
    with rest_site.serve(rest_site.RestSite({"post": posts}, {"post": "posts"})) as site:

        def crawl_on(most: int) -> tuple[Document, list[str]]:
            site.asked.clear()
            options = ("-s", f"MAX_REQUESTS_PER_SITE={most}")
            assert scrapy.crawl("wordpress", *options, site=site.origin).status == 0
            [kept] = scrapy.find("sites")
            return kept, [path for path in site.asked if "/posts" in path]

        kept, asked = crawl_on(5)
        assert 0 < len(scrapy.find()) < 250
        reached = kept["cursor"]["reached"]
        assert reached == max(one["modified_at"] for one in scrapy.find())
        began = kept["unfinished_since"]
        kept, again = crawl_on(100)
        assert "modified_after=" in again[0]
        assert len(again) < 4
        assert again[-1].count("per_page=1&") == 1, "how many there are in all"
        assert (len(scrapy.find()), kept["complete"]["value"], kept["complete"]["missing"]) == (250, True, 0)
        assert "reached" not in kept["cursor"]
        assert kept["cursor"]["published"] == began, "a scheduled post may have appeared before where it went on"
        assert not [path for path in site.asked if path.startswith("/post-")]  # none was looked after
        assert len(asked) + len(again) <= 6


def test_a_rest_walk_that_goes_on_is_not_complete_if_the_site_counts_more_than_both_parts_were_told(
    scrapy: Scrapy,
) -> None:
    """A scheduled post appears between the two, where its draft was last modified: before the point of going on."""
    posts = {wp_id: wp_id * 7200 for wp_id in range(1, 251)}
    with rest_site.serve(rest_site.RestSite({"post": posts}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", "-s", "MAX_REQUESTS_PER_SITE=5", site=site.origin).status == 0
        posts[251] = 3
        site.dates[251] = int(datetime.now(UTC).timestamp()) - 1_750_000_000
        scrapy.crawl("wordpress", site=site.origin)
        [kept] = scrapy.find("sites")
        assert (len(scrapy.find()), kept["complete"]["value"]) == (250, False)
        assert kept["complete"]["why"] == ["rest names 250 posts of the 251 it counts"]
        scrapy.crawl("wordpress", site=site.origin)
        assert len(scrapy.find()) == 251, "what was published meanwhile is asked for by the next crawl"


@pytest.mark.parametrize("is_lost", [True, False])
def test_what_another_route_has_stored_hides_no_post_that_a_walk_in_parts_was_not_told_of(
    scrapy: Scrapy, *, is_lost: bool
) -> None:
    """Between the two a page is stored that REST does not list among posts, and a scheduled post appears, by id or by
    address alone; another one, of which nobody tells, makes up for the page in the total."""
    posts = {wp_id: wp_id * 7200 for wp_id in range(1, 251)}
    with rest_site.serve(rest_site.RestSite({"post": posts}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", "-s", "MAX_REQUESTS_PER_SITE=5", site=site.origin).status == 0
        at = datetime.now(UTC)
        posts |= dict.fromkeys((301, 302, 303) if is_lost else (301, 302), 3)
        stored = {"site": site_id(site.origin), "last_seen_at": at, "source": {"route": "feed"}}
        for name, wp_id in (("page-300", 300), ("post-301", 301), ("post-302", None)):
            url = f"{site.origin}{name}/"
            known = {"wp_id": wp_id} if wp_id else {}
            scrapy.insert("articles", stored | known | {"url": url, "url_keys": identity_keys("", None, [url])})
        scrapy.crawl("wordpress", site=site.origin)
        [kept] = scrapy.find("sites")
    assert kept["complete"]["value"] is not is_lost
    assert kept["complete"]["why"] == (["rest names 252 posts of the 253 it counts"] if is_lost else [])
    asked = [path for path in site.asked if "include=" in path or "slug=" in path]
    assert [path.partition("?")[2].partition("&")[0] for path in asked] == ["include=300,301", "slug=post-302"]


def test_besides_a_walk_one_request_is_sent_at_least_and_no_more_than_there_is_time_for() -> None:
    asides = [Aside(3, monotonic() + 60), Aside(0, monotonic() + 60), Aside(3, monotonic())]
    assert [sum(aside.has_room() for _ in range(9)) for aside in asides] == [3, 1, 1]


def test_what_other_routes_have_stored_is_asked_for_in_a_tenth_of_a_slice_and_the_rest_is_said(scrapy: Scrapy) -> None:
    posts = {wp_id: wp_id * 7200 for wp_id in range(1, 251)}
    with rest_site.serve(rest_site.RestSite({"post": posts}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", "-s", "MAX_REQUESTS_PER_SITE=5", site=site.origin).status == 0
        posts |= dict.fromkeys(range(301, 326), 3)
        stored = {"site": site_id(site.origin), "last_seen_at": datetime.now(UTC), "source": {"route": "feed"}}
        for wp_id in range(301, 326):
            url = f"{site.origin}post-{wp_id}/"
            scrapy.insert("articles", stored | {"url": url, "url_keys": identity_keys("", None, [url])})
        scrapy.crawl("wordpress", "-s", "WORK_SLICE_REQUESTS=20", site=site.origin)
        [kept] = scrapy.find("sites")
    assert len([path for path in site.asked if "slug=" in path]) == 2
    assert kept["complete"]["why"] == [
        "rest names 270 posts of the 275 it counts",
        "rest was not asked for 5 posts of other routes",
    ]


def test_after_a_slice_a_site_is_due_at_once() -> None:
    now = datetime(2026, 5, 5, 12, tzinfo=UTC)
    record = SiteRecord(id="news.example", not_before=now + timedelta(days=1))
    around = Around(now=now, schedule=Schedule(), ending=Ending(Left.SLICE, "slice_seconds"))
    after = failed(record, "slice", around, blocked=False)
    assert (after.next_due_at, after.not_before, after.health) == (now, None, None)


def test_a_rest_walk_goes_on_where_it_began_if_too_many_pages_were_left_to_remember() -> None:
    began, reached = datetime(2026, 5, 5, tzinfo=UTC), datetime(2026, 5, 6, tzinfo=UTC)
    unread = dict.fromkeys(map(str, range(MOST_LEFT)), "left")
    told = SimpleNamespace(
        rest=SimpleNamespace(reached=reached), visit=SimpleNamespace(reached=began),
        progress=SimpleNamespace(unread=unread),
    )  # fmt: skip
    crawl = cast(SiteCrawl, told)
    assert reached_by(crawl) == reached
    unread["one more"] = "left"
    assert reached_by(crawl) == began


def test_a_site_that_is_left_in_the_middle_of_its_feed_is_not_asked_for_its_archives_besides(scrapy: Scrapy) -> None:
    """They would name what the feed names, and the next crawl would have to read them."""
    with demo.serve(demo_site(), "classic") as site:
        whole = scrapy.crawl("wordpress", "-s", "MONGODB_DATABASE=whole", site=site.url, routes=_BUT_REST)
        assert whole.status == 0
        in_one_go = len(site.requests)
        site.requests.clear()
        left = scrapy.crawl("wordpress", "-s", "MAX_REQUESTS_PER_SITE=9", site=site.url, routes=_BUT_REST)
        assert "route feed partial (request_limit)" in left.err
        assert "route archive" not in left.err
        [kept] = scrapy.find("sites")
        assert not [url for url in kept.get("unread", ()) if "/category/" in url or "/page/" in url]
        assert scrapy.crawl("wordpress", site=site.url, routes=_BUT_REST).status == 0
        assert len(site.requests) <= in_one_go + 10
        assert len(scrapy.find()) == len(site.site.public_posts)
