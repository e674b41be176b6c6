"""Where the API is, and the URLs of its collections."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.reading import parse_page
from crawler.reading.rest import FIELDS
from crawler.routes.rest import RestApi, gmt, rest_apis, rest_roots, slug_of

NEWS = "https://news.example/"


def roots(head: str = "", url: str = NEWS, link: str = "") -> list[str]:
    return rest_roots(parse_page(f"<html><head>{head}</head><body><p>x</p></body></html>", url, {"Link": link}))


def test_roots_of_a_page_that_tells_nothing() -> None:
    assert roots(url=f"{NEWS}2026/a-post/") == [f"{NEWS}wp-json/", f"{NEWS}?rest_route=/"]


@pytest.mark.parametrize(
    ("head", "link"),
    [
        ('<link rel="https://api.w.org/" href="https://news.example/api/">', ""),
        ("", '<https://news.example/api/>; rel="https://api.w.org/"'),
        ('<link rel="https://api.w.org/" href="/api/#top">', '</api>; rel="https://api.w.org/"'),
    ],
)
def test_what_the_page_says_comes_first_and_once(head: str, link: str) -> None:
    found = roots(head, link=link)
    assert found[0] == f"{NEWS}api/"
    assert len(found) == 3


def test_a_site_in_a_subfolder() -> None:
    link = '<https://example.org/blog/wp-json/>; rel="https://api.w.org/"'
    found = roots(url="https://example.org/blog/a-post/", link=link)
    assert found == ["https://example.org/blog/wp-json/", "https://example.org/blog/?rest_route=/"]


def test_plain_permalinks() -> None:
    link = '<https://example.org/blog/index.php?rest_route=/>; rel="https://api.w.org/"'
    assert roots(url="https://example.org/blog/?p=5", link=link) == [
        "https://example.org/blog/index.php?rest_route=/",
        "https://example.org/blog/wp-json/",
        "https://example.org/blog/?rest_route=/",
    ]


def test_roots_on_other_hosts_are_not_asked() -> None:
    link = '<https://public-api.wordpress.com/wp-json/?rest_route=/sites/5>; rel="https://api.w.org/"'
    assert roots(link=link) == [f"{NEWS}wp-json/", f"{NEWS}?rest_route=/"]


def test_www_is_the_same_site() -> None:
    link = '<https://www.news.example/wp-json/>; rel="https://api.w.org/"'
    assert roots(link=link)[0] == "https://www.news.example/wp-json/"


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_pretty_root() -> None:
    url = RestApi(f"{NEWS}wp-json/").list_url({"per_page": "100", "order": "asc"})
    assert url.startswith(f"{NEWS}wp-json/wp/v2/posts?per_page=100&order=asc&_embed=author,wp:term,wp:featuredmedia&")
    assert query(url)["_fields"] == ",".join(FIELDS)


@pytest.mark.parametrize("root", [f"{NEWS}?rest_route=/", f"{NEWS}?rest_route=", f"{NEWS}?rest_route=%2F"])
def test_a_plain_root(root: str) -> None:
    url = RestApi(root, "stories").list_url({"per_page": "5"}, brief=True)
    assert url == f"{NEWS}?rest_route=/wp/v2/stories&per_page=5&_fields=id,type,link,date_gmt,modified,modified_gmt"


def test_what_else_a_root_asks_for_is_kept() -> None:
    url = RestApi(f"{NEWS}wp-json/?lang=de").types_url()
    assert url == f"{NEWS}wp-json/wp/v2/types?lang=de"


def test_as_many_are_asked_for_as_there_are_ids() -> None:
    asked = query(RestApi(f"{NEWS}wp-json/").include_url([9, 7, 8, 7]))
    assert (asked["include"], asked["per_page"], asked["orderby"]) == ("7,8,9", "3", "id")


def test_posts_can_be_asked_for_by_what_ends_their_address() -> None:
    told = [slug_of(f"{NEWS}{path}") for path in ("2024/01/storm/", "storm.html", "?p=7", "a,b/", "b%C3%B6/")]
    assert told == ["storm", "storm", None, None, "bö"]
    asked = query(RestApi(f"{NEWS}wp-json/").slugs_url(["storm", "ice"]))
    assert (asked["slug"], asked["per_page"], asked["_fields"].partition(",")[0]) == ("ice,storm", "2", "id")


def test_moments_are_sent_in_utc() -> None:
    moment = datetime(2026, 3, 1, 9, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
    assert gmt(moment) == "2026-03-01T07:30:15Z"


def test_collections_by_type() -> None:
    bases = {"post": "posts", "recipe": "recipes"}
    assert rest_apis(f"{NEWS}wp-json/", ["recipe", "secret"], bases) == {
        "recipe": RestApi(f"{NEWS}wp-json/", "recipes")
    }
