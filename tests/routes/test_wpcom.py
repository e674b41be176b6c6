"""Sites at WordPress.com: recognised, asked, and read like others."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler import settings
from crawler.items import Image
from crawler.reading import parse_page
from crawler.routes.restanswer import RestPage
from crawler.routes.wpcom import WpcomCursor, api_roots, parse_wpcom, wpcom_root, wpcom_site

HOME = "https://news.example/"
API: str = settings.WPCOM_API


def site(head: str = "", url: str = f"{HOME}a-post/", **headers: str) -> str | None:
    return wpcom_site(parse_page(f"<html><head>{head}</head><body><p>x</p></body></html>", url, headers))


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (site(), None),
        (site(url="https://town.wordpress.com/2026/a/"), "town.wordpress.com"),
        (site('<meta name="generator" content="WordPress.com">'), "news.example"),
        (site('<meta name="generator" content="WordPress 7.1">'), None),
        (site(**{"Host-Header": "WordPress.com"}), "news.example"),
        (site('<link rel="stylesheet" href="https://s0.wp.com/wp-content/themes/pub/x/style.css">'), "news.example"),
        (site('<script src="https://stats.wp.com/e-202610.js"></script>'), None),
        (site('<link rel="https://api.w.org/" href="https://public-api.wordpress.com/wp-json/?rest_route=/">'), None),
        (
            site(link='<https://public-api.wordpress.com/wp/v2/sites/4711/>; rel="https://api.w.org/"'),
            "4711",
        ),
    ],
)
def test_which_site_it_is(found: str | None, named: str | None) -> None:
    assert found == named


def test_where_a_site_is_asked() -> None:
    hosted = "https://public-api.wordpress.com/rest/v1.1/sites/"
    its_own = parse_page('<meta name="generator" content="WordPress.com">', HOME)
    free = parse_page("<p>x</p>", "https://town.wordpress.com/")
    other = parse_page('<meta name="generator" content="WordPress 7.1">', HOME)
    own = [f"{HOME}wp-json/", f"{HOME}?rest_route=/"]
    assert api_roots(its_own, API) == [*own, f"{hosted}news.example"]
    assert api_roots(free, API)[0] == f"{hosted}town.wordpress.com"
    assert api_roots(other, API) == own


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_what_is_asked() -> None:
    cursor = WpcomCursor(root=wpcom_root("news.example", API), since=datetime(2026, 3, 1, tzinfo=UTC))
    assert cursor.url.startswith("https://public-api.wordpress.com/rest/v1.1/sites/news.example/posts/?number=100&")
    asked = query(cursor.url)
    assert (asked["order_by"], asked["order"], asked["modified_after"]) == ("modified", "ASC", "2026-03-01T00:00:00Z")
    assert "content" in asked["fields"].split(",")
    assert "type" not in asked
    assert query(replace(cursor, type="product").url)["type"] == "product"


POST: dict[str, Any] = {
    "ID": 7,
    "URL": f"{HOME}bridge/",
    "type": "post",
    "status": "publish",
    "date": "2026-03-01T09:30:15+02:00",
    "modified": "2026-03-02T09:30:15+02:00",
    "title": "Apples &amp; pears",
    "content": "<p>The bridge was opened on Wednesday.</p>",
    "excerpt": "<p>Nine years, one ribbon.</p>",
    "password": "",
    "author": {"ID": 5, "name": "Jane Doe", "login": "jane"},
    "categories": {"World": {"ID": 2, "name": "World"}, "Asia": {"ID": 9, "name": "Asia"}},
    "tags": [],
    "featured_image": f"{HOME}u/pier.jpg",
}


def answer(*posts: Any, **more: Any) -> RestPage:
    return parse_wpcom(200, json.dumps({"found": 3, "posts": posts, **more}).encode(), HOME)


def test_posts_are_read_as_everywhere() -> None:
    page = answer(POST)
    [candidate] = page.candidates
    article = candidate.article
    assert article
    assert (candidate.route, article.source.route, page.total) == ("wpcom", "wpcom", 3)
    assert (article.wp_id, article.url, article.title) == (7, f"{HOME}bridge/", "Apples & pears")
    assert article.published_at == datetime(2026, 3, 1, 7, 30, 15, tzinfo=UTC)
    assert candidate.modified_at == datetime(2026, 3, 2, 7, 30, 15, tzinfo=UTC)
    assert (article.authors, article.categories, article.tags) == (["Jane Doe"], ["World", "Asia"], [])
    assert (article.text, article.excerpt) == ("The bridge was opened on Wednesday.", "Nine years, one ribbon.")
    assert article.images == [Image(url=f"{HOME}u/pier.jpg")]


@pytest.mark.parametrize(
    "changed", [{"author": False}, {"categories": "x"}, {"featured_image": None}, {"tags": {"a": 1}}]
)
def test_odd_fields_hide_nothing_else(changed: dict[str, Any]) -> None:
    assert [row.id for row in answer(POST | changed).rows] == [7]


def test_items_that_are_no_posts_are_counted() -> None:
    assert answer(None, {}, POST | {"URL": "https://other.example/"}).skipped == {
        "no_object": 1,
        "no_id": 1,
        "offsite": 1,
    }


def test_handles_lead_on_until_there_is_none() -> None:
    handle = "value=2026-03-02T09%3A30%3A15%2B02%3A00&id=7"
    first = WpcomCursor(root=wpcom_root("4711", API))
    second = first.advance(answer(POST, meta={"next_page": handle}))
    assert second
    assert query(second.url)["page_handle"] == handle
    assert second.advance(answer(POST, meta={"next_page": handle})) is None
    assert second.advance(answer(POST, meta={})) is None
    assert second.advance(answer(meta={"next_page": "value=1&id=2"})) is None


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, b'{"error":"unauthorized","message":"API calls to this blog have been disabled."}', "unauthorized"),
        (404, b'{"error":"unknown_blog","message":"Unknown blog"}', "unknown_blog"),
        (200, b"[]", "not_a_list"),
        (200, b"<html>", "html"),
        (429, b"", "http_429"),
    ],
)
def test_refusals(status: int, body: bytes, reason: str) -> None:
    page = parse_wpcom(status, body, HOME)
    assert page.refused == reason
    assert WpcomCursor(root=wpcom_root("x", API)).advance(page) is None


def test_less_is_asked_for_where_a_hundred_is_too_much() -> None:
    smaller = WpcomCursor(root=wpcom_root("x", API)).advance(parse_wpcom(500, b"", HOME))
    assert smaller is not None
    assert "number=50&" in smaller.url


def test_a_handle_that_leads_nowhere_is_no_end() -> None:
    cursor = WpcomCursor(root=wpcom_root("x", API), handle="a")
    page = answer(POST, meta={"next_page": "a"})
    assert (cursor.advance(page), cursor.stopped(page)) == (None, "same_page_again")
    assert cursor.stopped(answer(meta={})) is None
