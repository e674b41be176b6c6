"""The cursor over a simulated WordPress whose posts change between the requests."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.routes.rest import RestApi
from crawler.routes.restanswer import RestPage, parse_posts
from crawler.routes.restcursor import OVERLAP, RestCursor
from tests.routes.simulator import HOME, START, Wordpress

API = RestApi(f"{HOME}wp-json/")
Versions = Counter[tuple[int, int]]


def crawl(site: Wordpress, cursor: RestCursor | None, meanwhile: Callable[[], None] = lambda: None) -> Versions:
    """Every id that the cursor yields, with the second of its modification, counted."""
    found: Versions = Counter()
    while cursor is not None:
        assert len(site.asked) < 2000, "it never ends"
        page = site.answer(cursor.url)
        for candidate in cursor.fresh(page):
            assert candidate.wp_id is not None
            found[candidate.wp_id, site.posts.get(candidate.wp_id, -1)] += 1
        cursor = cursor.advance(page)
        meanwhile()
    return found


def ids(found: Versions) -> list[int]:
    return sorted(id_ for id_, _ in found)


def test_every_post_once() -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 1001)})
    found = crawl(site, RestCursor.everything(API))
    assert ids(found) == list(range(1, 1001))
    assert set(found.values()) == {1}
    assert len(site.asked) == 11


def test_an_empty_site_is_asked_once() -> None:
    site = Wordpress()
    assert crawl(site, RestCursor.everything(API)) == Counter()
    assert len(site.asked) == 1


@pytest.mark.parametrize("shown_total", [True, False])
def test_300_posts_of_one_second(shown_total: bool) -> None:
    posts = {id_: 5000 if 200 < id_ <= 500 else id_ for id_ in range(1, 701)}
    site = Wordpress(posts | dict.fromkeys(range(701, 801), 9000), shown_total=shown_total)
    found = crawl(site, RestCursor.everything(API))
    assert ids(found) == list(range(1, 801))
    assert set(found.values()) == {1}
    assert len(site.asked) <= 18


@pytest.mark.parametrize("second", [datetime.min, datetime.max.replace(microsecond=0)])  # noqa: DTZ901 - local times
def test_300_posts_of_the_first_or_the_last_second_there_is(second: datetime) -> None:
    class Hostile(Wordpress):
        def local(self, id_: int) -> datetime:
            return second

    found = crawl(Hostile(dict.fromkeys(range(1, 301), 0)), RestCursor.everything(API))
    assert ids(found) == list(range(1, 301))
    assert set(found.values()) == {1}


def test_posts_removed_from_within_a_tie_hide_no_others() -> None:
    site = Wordpress(dict.fromkeys(range(1, 400), 77))
    removed = iter(range(5, 300, 7))

    def remove() -> None:
        for _ in range(3):
            site.posts.pop(next(removed, 0), None)

    found = crawl(site, RestCursor.everything(API), remove)
    assert set(site.posts) <= set(ids(found))


def test_what_is_new_since_a_moment_with_the_overlap() -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 1001)}, zone=-5)
    utc = (START + timedelta(minutes=900, hours=5)).replace(tzinfo=UTC)
    found = crawl(site, RestCursor.modified_since(API, utc))
    first = 900 - OVERLAP // timedelta(minutes=1)
    assert ids(found) == list(range(first + 1, 1001))
    assert len(site.asked) == 2
    assert "modified_after=2026-03-01T18:55:00Z" in site.asked[0]


def test_nothing_new_costs_one_request() -> None:
    site = Wordpress({id_: id_ for id_ in range(1, 1001)})
    later = START.replace(tzinfo=UTC) + timedelta(days=3)
    assert crawl(site, RestCursor.modified_since(API, later)) == Counter()
    assert len(site.asked) == 1


def test_an_old_wordpress_is_read_by_id() -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 501)}, knows_filter=False)
    assert ids(crawl(site, RestCursor.everything(API))) == list(range(1, 501))
    assert "orderby=id" in site.asked[-1]


def test_an_old_wordpress_is_asked_for_its_newest() -> None:
    site = Wordpress({id_: id_ * 86_400 for id_ in range(1, 501)}, knows_filter=False)
    utc = START.replace(tzinfo=UTC) + timedelta(days=380)
    found = crawl(site, RestCursor.modified_since(API, utc))
    assert set(range(380, 501)) <= set(ids(found))
    assert [url.partition("order=")[2][:4] for url in site.asked] == ["asc&", "desc", "desc"]


def test_a_bulk_edit_of_an_old_wordpress_is_looked_through_by_id() -> None:
    posts = {id_: id_ for id_ in range(1, 501)} | dict.fromkeys(range(100, 400), 10_000_000)
    site = Wordpress(posts, knows_filter=False)
    utc = START.replace(tzinfo=UTC) + timedelta(days=100)
    assert ids(crawl(site, RestCursor.modified_since(API, utc))) == list(range(100, 400))


def test_a_sweep_asks_for_no_content() -> None:
    site = Wordpress(dict.fromkeys(range(1, 251), 5))
    assert ids(crawl(site, RestCursor.sweep(API))) == list(range(1, 251))
    assert len(site.asked) == 3
    assert all("content" not in url and "_embed" not in url for url in site.asked)


def test_a_refusal_ends_it() -> None:
    assert RestCursor.everything(API).advance(RestPage(refused="rest_not_logged_in")) is None


def test_a_site_that_cannot_sort_by_modification_is_read_by_id() -> None:
    refused = parse_posts(400, {}, b'{"code":"rest_invalid_param","message":"","data":{}}', HOME)
    following = RestCursor.everything(API).advance(refused)
    assert following is not None
    assert "orderby=id" in following.url


REFUSED_SIZES = [
    (400, b'{"code":"rest_invalid_param","message":"","data":{"status":400,"params":{"per_page":"per_page is"}}}'),
    (400, b"Bad Request"),
    (500, b'{"code":"internal_server_error","message":"","data":{"status":500}}'),
    (502, b"<html>"),
]


@pytest.mark.parametrize(("status", "body"), REFUSED_SIZES)
def test_less_is_asked_for_where_a_hundred_is_too_much(status: int, body: bytes) -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 201)}, most=20)
    site.refusal = parse_posts(status, {}, body, HOME)
    found = crawl(site, RestCursor.everything(API))
    assert ids(found) == list(range(1, 201))
    sizes = [dict(parse_qsl(urlsplit(url).query))["per_page"] for url in site.asked]
    assert sizes == ["100", "50", "20"] + ["20"] * (len(sizes) - 3)
    assert all("orderby=modified" in url for url in site.asked)
    assert len(site.asked) == 13


def test_where_ten_are_too_much_it_ends() -> None:
    cursor: RestCursor | None = RestCursor.sweep(API)
    late = RestPage(refused="timeout")
    for size in (100, 50, 20, 10):
        assert cursor is not None
        assert f"per_page={size}&" in cursor.url
        assert cursor.stopped(late) == "timeout"
        cursor = cursor.advance(late)
    assert cursor is None


@pytest.mark.parametrize("told", [0, 7, None])
@pytest.mark.parametrize("start", [RestCursor.everything, RestCursor.sweep])
def test_a_total_of_less_than_was_listed_is_not_believed(
    start: Callable[[RestApi], RestCursor], told: int | None
) -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 1001)}, told_total=told, shown_total=told is not None)
    assert ids(crawl(site, start(API))) == list(range(1, 1001))
    assert len(site.asked) <= 15


@pytest.mark.parametrize("shown_total", [True, False])
@pytest.mark.parametrize("start", [RestCursor.everything, RestCursor.sweep])
def test_a_site_that_gives_fewer_than_it_is_asked_for(
    start: Callable[[RestApi], RestCursor], shown_total: bool
) -> None:
    tied = {id_: 5 if id_ <= 300 else id_ * 60 for id_ in range(1, 1001)}
    site = Wordpress(tied, shown_total=shown_total, cap=20)
    found = crawl(site, start(API))
    assert ids(found) == list(range(1, 1001))
    assert set(found.values()) == {1}
    assert len(site.asked) <= 1000 / 19 + 4


def test_the_first_and_the_last_second_of_time_are_survived() -> None:
    items = [{"id": n, "link": f"{HOME}{n}/", "modified": "9999-12-31T23:59:59"} for n in range(1, 101)]
    page = parse_posts(200, {"X-WP-Total": "300"}, json.dumps(items).encode(), HOME)
    following = RestCursor.everything(API).advance(page)
    assert following is not None
    assert "orderby=id" in following.url


@pytest.mark.parametrize("start", [RestCursor.everything, RestCursor.sweep])
def test_a_site_that_always_gives_the_same_page_is_left(start: Callable[[RestApi], RestCursor]) -> None:
    site = Wordpress({id_: id_ * 60 for id_ in range(1, 101)}, knows_filter=False)
    page = site.answer(RestCursor.everything(API).url)
    endless = RestPage(page.rows, 10**9, None, {}, 100)
    cursor: RestCursor | None = start(API)
    stopped = None
    for _ in range(10):
        stopped = cursor.stopped(endless) if cursor else stopped
        cursor = cursor.advance(endless) if cursor else None
    assert (cursor, stopped) == (None, "same_page_again")


def test_posts_of_other_sites_and_unsorted_ones_end_too() -> None:
    site = Wordpress({id_: (id_ * 37) % 100 for id_ in range(1, 101)})
    page = site.answer(RestCursor.sweep(API).url)
    cursor: RestCursor | None = RestCursor.everything(API)
    for _ in range(60):
        cursor = cursor.advance(RestPage(page.rows[::-1], 10**9, None, {}, 100)) if cursor else None
    assert cursor is None


Change = tuple[str, int]
CHANGES = st.lists(
    st.lists(st.tuples(st.sampled_from(["publish", "edit", "delete", "wait"]), st.integers(0, 500)), max_size=4),
    max_size=40,
)
SITES = st.lists(st.integers(0, 40), max_size=120)
"""Seconds of modification: few, so that many posts share one."""


class Newsroom:
    """What editors do between two requests; the clock starts after every post and never goes back."""

    def __init__(self, site: Wordpress, changes: list[list[Change]]) -> None:
        self.site, self.changes, self.now = site, iter(changes), 100
        self.edits = 0
        self.newest = max(site.posts, default=0)
        """WordPress never gives an id a second time."""

    def work(self) -> None:
        """Between one request and the next."""
        for kind, number in next(self.changes, []):
            self._do(kind, number)

    def _do(self, kind: str, number: int) -> None:
        known = sorted(self.site.posts)
        if kind == "wait":
            self.now += 1 + number % 3
        elif kind == "publish":
            self.newest += 1 + number % 3
            self.site.posts[self.newest] = self.now
        elif known:
            chosen = known[number % len(known)]
            del self.site.posts[chosen]
            if kind == "edit":
                self.site.posts[chosen] = self.now
        self.edits += kind != "wait"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SITES, CHANGES, st.integers(2, 12), st.booleans(), st.booleans(), st.booleans())
def test_nothing_that_stays_is_lost_and_nothing_comes_twice(
    seconds: list[int],
    changes: list[list[Change]],
    size: int,
    knows_filter: bool,
    shown_total: bool,
    sweep: bool,
) -> None:
    site = Wordpress(dict(enumerate(seconds, 1)), knows_filter=knows_filter, shown_total=shown_total)
    before = dict(site.posts)
    newsroom = Newsroom(site, changes)
    start = RestCursor.sweep if sweep else RestCursor.everything
    found = crawl(site, start(API, size), newsroom.work)
    stayed = before.keys() & site.posts.keys()
    assert stayed <= set(ids(found))
    assert [version for version, times in found.items() if times > 1] == []
    tied = sum(times for times in Counter(seconds).values() if times > 1)
    pages = (len(before) + newsroom.edits) / (size - 1)
    assert len(site.asked) <= (3 if knows_filter else 4) * pages + tied / (size - 1) + 3 * newsroom.edits + 4


@settings(max_examples=100, deadline=None)
@given(SITES, st.integers(2, 12))
def test_a_site_at_rest_is_read_in_few_requests(seconds: list[int], size: int) -> None:
    site = Wordpress(dict(enumerate(seconds, 1)))
    found = crawl(site, RestCursor.everything(API, size))
    assert found == Counter(dict.fromkeys(site.posts.items(), 1))
    tied = sum(times for times in Counter(seconds).values() if times > 1)
    assert len(site.asked) <= len(seconds) / (size - 1) + 2 * tied / (size - 1) + len(set(seconds)) + 2
