"""``scrapy crawl wordpress`` on sites whose routes break off, move or tell only a part: no post is lost by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.hostile.server import Page
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy
from tests.spiders.test_rest_walk import sitemap

BASES = {"post": "posts", "product": "catalogue"}
DAY = 86_400


def now() -> int:
    """In the seconds of ``RestSite``."""
    return round(datetime.now(UTC).timestamp()) - 1_750_000_000


def ids(scrapy: Scrapy) -> set[int]:
    return {article["wp_id"] for article in scrapy.find()}


def record(scrapy: Scrapy) -> Document:
    (found,) = scrapy.find("sites")
    return found


def route(scrapy: Scrapy, name: str) -> Document:
    (told,) = scrapy.last_run()["sites"]
    found: Document = told["routes"][name]
    return found


@dataclass
class Broken(RestSite):
    """``broken``: part of the targets that fail, with the status that they get."""

    broken: str = ""
    status: int = 403

    def answer(self, target: str) -> Page | None:
        """As the site does, but for these."""
        if self.broken and self.broken in target:
            self.asked.append(target)
            return Page(b"no", self.status)
        return super().answer(target)


@pytest.fixture
def site() -> Iterator[Broken]:
    posts = {"post": {n: n for n in range(1, 6)}, "product": {n: n for n in range(50, 53)}}
    with serve(Broken(posts=posts, bases=BASES)) as served:
        assert isinstance(served, Broken)
        yield served


def test_scheduled_posts_behind_the_first_page_of_the_feed_are_found(scrapy: Scrapy, site: Broken) -> None:
    site.feed_size = 10
    scrapy.crawl("wordpress", site=site.origin)
    scheduled = range(10, 40)
    site.posts["post"] |= dict.fromkeys(scheduled, -DAY)
    site.dates = dict.fromkeys(scheduled, now() + 60)
    scrapy.crawl("wordpress", site=site.origin)
    assert ids(scrapy) == {*range(1, 6), *scheduled}


def test_where_the_feed_names_known_posts_nothing_else_is_asked_for(scrapy: Scrapy, site: Broken) -> None:
    site.feed_size = 10
    scrapy.crawl("wordpress", site=site.origin)
    site.posts["post"][6] = now()
    site.asked.clear()
    scrapy.crawl("wordpress", site=site.origin)
    assert 6 in ids(scrapy)
    assert [urlsplit(path).path for path in site.asked] == ["/feed/", "/wp-json/wp/v2/posts"]


def test_the_api_is_looked_for_where_it_moved_to(scrapy: Scrapy, site: Broken) -> None:
    scrapy.crawl("wordpress", site=site.origin)
    site.root = "/?rest_route=/"
    site.posts["post"][6] = 6
    site.asked.clear()
    scrapy.crawl("wordpress", site=site.origin, full="1")
    assert ids(scrapy) == set(range(1, 7))
    assert route(scrapy, "rest") == {"state": "complete", "reason": None}
    assert record(scrapy)["offers"]["rest"]["url"] == f"{site.origin}?rest_route=/"
    whole = [dict(parse_qsl(urlsplit(path).query)).get("include") for path in site.asked if "content" in path]
    assert whole == ["6"]


def test_the_cursor_stays_where_one_of_several_types_failed(scrapy: Scrapy, site: Broken) -> None:
    scrapy.crawl("wordpress", site=site.origin, types="post,product")
    before = record(scrapy)["cursor"]
    site.posts["post"][6], site.posts["product"][53] = 9 * DAY, 8 * DAY
    site.broken = "catalogue"
    scrapy.crawl("wordpress", site=site.origin, types="post,product")
    assert (6 in ids(scrapy), 53 in ids(scrapy)) == (True, False)
    assert record(scrapy)["cursor"] == before
    site.broken = ""
    scrapy.crawl("wordpress", site=site.origin, types="post,product")
    assert 53 in ids(scrapy)
    assert record(scrapy)["cursor"] != before


def test_after_a_walk_that_broke_off_everything_is_asked_for_anew(scrapy: Scrapy, site: Broken) -> None:
    site.posts["post"] = {n: n for n in range(1, 151)}
    site.broken = "modified_after"
    scrapy.crawl("wordpress", site=site.origin)
    assert route(scrapy, "rest") == {"state": "partial", "reason": "http_403"}
    assert "cursor" not in record(scrapy)
    site.broken = ""
    site.asked.clear()
    scrapy.crawl("wordpress", site=site.origin, full="1")
    assert ids(scrapy) == set(range(1, 151))
    assert not [path for path in site.asked if "include=" in path]
    assert record(scrapy)["cursor"]["modified"] == datetime.fromtimestamp(1_750_000_150, UTC)


def test_posts_that_are_refused_by_id_make_a_sweep_partial(scrapy: Scrapy, site: Broken) -> None:
    scrapy.crawl("wordpress", site=site.origin)
    before = record(scrapy)["cursor"]
    site.posts["post"][6] = 9 * DAY
    site.broken = "include="
    scrapy.crawl("wordpress", site=site.origin, full="1")
    assert route(scrapy, "rest") == {"state": "partial", "reason": "http_403"}
    assert record(scrapy)["cursor"] == before


def test_less_is_asked_for_where_the_answer_would_be_too_large(scrapy: Scrapy, site: Broken) -> None:
    site.posts["post"] = {n: n for n in range(1, 31)}
    site.texts = dict.fromkeys(range(1, 31), "The ferry left the pier. " * 4000)
    scrapy.crawl("wordpress", "-s", "DOWNLOAD_MAXSIZE=2200000", site=site.origin)
    assert ids(scrapy) == set(range(1, 31))
    assert route(scrapy, "rest") == {"state": "complete", "reason": None}
    sizes = [dict(parse_qsl(urlsplit(path).query))["per_page"] for path in site.asked if "/posts" in path]
    assert sizes[:3] == ["100", "50", "20"]


def post_page(origin: str, part: int, text: str) -> Page:
    links = "".join(f'<a href="{origin}post-9/{n}" class="post-page-numbers">{n or 1}</a>' for n in ("", "2/"))
    return Page(
        f'<html><head><meta name="generator" content="WordPress 7.1"></head><body class="single single-post postid-9">'
        f'<article class="hentry"><h1 class="entry-title">Fog</h1><div class="entry-content"><p>{part}. {text}</p>'
        f'<div class="page-links">Pages: {links}</div></div></article></body></html>'.encode()
    )


def test_a_post_whose_second_page_fails_is_read_the_next_time(scrapy: Scrapy, site: Broken) -> None:
    site.feed_size, site.bases = 10, None
    scrapy.crawl("wordpress", site=site.origin)
    site.posts["post"][9] = now()
    text = "The ferry left the pier at six, an hour before the fog came down."
    site.pages |= {f"/post-9/{'2/' * (n - 1)}": post_page(site.origin, n, text) for n in (1, 2)}
    site.broken, site.status = "/post-9/2/", 403
    scrapy.crawl("wordpress", site=site.origin)
    assert record(scrapy)["unread"] == [f"{site.origin}post-9/"]
    site.broken = ""
    site.pages["/feed/"] = Page(status=304)
    scrapy.crawl("wordpress", site=site.origin)
    (found,) = scrapy.find(query={"wp_id": 9})
    assert found["text"] == f"1. {text}\n\n2. {text}"
    assert "unread" not in record(scrapy)


def listing(site: RestSite, *ids: int, older: str = "") -> Page:
    posts = "".join(
        f'<article class="hentry"><h2 class="entry-title"><a href="{site.origin}post-{n}/" rel="bookmark">{n}</a></h2>'
        "</article>"
        for n in ids
    )
    following = f'<a class="next page-numbers" href="{site.origin}{older}">Next</a>' if older else ""
    head = '<html><head><meta name="generator" content="WordPress 7.1"></head>'
    return Page(f'{head}<body class="home blog">{posts}{following}</body></html>'.encode())


WALL = Page(
    b'<html><head><title>Just a moment...</title></head><body><div id="challenge-form" class="cf-challenge">'
    b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></div></body></html>'
)


@pytest.fixture
def lists(site: Broken) -> Broken:
    """The same with nothing but lists of posts: two on the first page, two on the second."""
    site.bases = None
    site.posts = {"post": {n: n for n in range(1, 5)}}
    site.pages["/"] = listing(site, 4, 3, older="page/2/")
    site.pages["/page/2/"] = listing(site, 2, 1)
    return site


def verdict(scrapy: Scrapy) -> tuple[bool, list[str]]:
    (told,) = scrapy.last_run()["sites"]
    return told["complete"], told["why"]


def test_a_crawl_that_met_a_wall_is_not_complete_and_reads_behind_it_the_next_time(
    scrapy: Scrapy, lists: Broken
) -> None:
    older, lists.pages["/page/2/"] = lists.pages["/page/2/"], WALL
    scrapy.crawl("wordpress", site=lists.origin)
    assert ids(scrapy) == {3, 4}
    assert verdict(scrapy) == (False, ["1 pages were not read: challenge"])
    lists.pages["/page/2/"] = older
    scrapy.crawl("wordpress", site=lists.origin)
    assert ids(scrapy) == {1, 2, 3, 4}


def test_lists_that_robots_txt_forbids_may_name_more(scrapy: Scrapy, lists: Broken) -> None:
    lists.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /page/\n", headers={"Content-Type": "text/plain"})
    scrapy.crawl("wordpress", site=lists.origin)
    assert verdict(scrapy) == (False, ["1 pages were not read: robots"])


def test_a_feed_of_more_entries_than_are_read_is_only_a_part(scrapy: Scrapy, site: Broken) -> None:
    site.bases, site.feed_size = None, 2000
    site.posts["post"] = {n: n for n in range(1, 1003)}
    site.broken, site.status = "/post-", 404
    scrapy.crawl("wordpress", site=site.origin, routes="feed")
    assert route(scrapy, "feed") == {"state": "partial", "reason": "too_many_entries"}
    assert verdict(scrapy)[0] is False


def test_a_sitemap_below_too_many_indexes_is_missing(scrapy: Scrapy, site: Broken) -> None:
    site.bases = None
    for n in range(4):
        site.pages[f"/{n or 'wp-sitemap'}.xml"] = sitemap("sitemapindex", f"{site.origin}{n + 1}.xml")
    scrapy.crawl("wordpress", site=site.origin, routes="sitemap")
    assert route(scrapy, "sitemap") == {"state": "partial", "reason": "too_deep"}
    assert verdict(scrapy)[0] is False
