"""``scrapy crawl wordpress`` on sites whose routes break off, move or tell only a part: no post is lost by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.hostile.server import Page
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy

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
