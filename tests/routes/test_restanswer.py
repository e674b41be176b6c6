"""Answers of the API, good ones and bad ones."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.routes.restanswer import Refused, parse_posts, rest_bases

HOME = "https://news.example/"
POST: dict[str, Any] = {
    "id": 7,
    "type": "post",
    "link": "https://news.example/bridge/?utm_source=api",
    "date_gmt": "2026-03-01T07:30:15",
    "modified": "2026-03-02T09:30:15",
    "modified_gmt": "2026-03-02T07:30:15",
    "title": {"rendered": "Bridge opens"},
    "content": {"rendered": "<p>The bridge was opened on Wednesday.</p>", "protected": False},
    "author": 3,
    "_embedded": {"author": [{"id": 3, "name": "Jane Doe"}]},
}


def body(*posts: Any) -> bytes:
    return json.dumps(posts).encode()


def test_a_post_becomes_a_candidate_with_its_article() -> None:
    page = parse_posts(200, {"x-wp-total": "41", "X-WP-TotalPages": "1"}, body(POST), HOME)
    [row] = page.rows
    assert (page.total, page.listed, page.refused, row.missing) == (41, 1, None, None)
    assert row.modified == datetime(2026, 3, 2, 9, 30, 15)  # noqa: DTZ001 - local
    [candidate] = page.candidates
    assert (candidate.url, candidate.route, candidate.wp_id) == ("https://news.example/bridge/", "rest", 7)
    assert candidate.published_at == datetime(2026, 3, 1, 7, 30, 15, tzinfo=UTC)
    assert candidate.modified_at == datetime(2026, 3, 2, 7, 30, 15, tzinfo=UTC)
    assert candidate.article
    assert candidate.article.text == "The bridge was opened on Wednesday."


def test_a_post_that_cannot_be_known_whole_is_to_be_fetched() -> None:
    shut = POST | {"_embedded": {"author": [{"code": "rest_user_cannot_view", "message": "", "data": {"status": 401}}]}}
    [row] = parse_posts(200, {}, body(shut), HOME).rows
    assert (row.candidate.article, row.missing) == (None, "authors")


def test_terms_that_are_not_embedded_are_known_from_other_posts() -> None:
    terms = [[{"id": 4, "name": "Harbour &amp; Port", "taxonomy": "post_tag"}]]
    first = POST | {"tags": [4], "_embedded": {"author": [{"name": "Jane Doe"}], "wp:term": terms}}
    second = POST | {"id": 8, "tags": [4]}
    third = POST | {"id": 9, "tags": [4, 5]}
    rows = parse_posts(200, {}, body(first, second, third), HOME).rows
    assert [row.missing for row in rows] == [None, None, "terms"]
    assert rows[1].candidate.article
    assert rows[1].candidate.article.tags == ["Harbour & Port"]


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (401, b'{"code":"rest_not_logged_in","message":"no","data":{"status":401}}', "rest_not_logged_in"),
        (404, b'{"code":"rest_no_route","message":"no","data":{"status":404}}', "rest_no_route"),
        (200, b'{"code":"rest_disabled","message":"no"}', "rest_disabled"),
        (400, b'{"code":"rest_invalid_param","message":"no"}', "rest_invalid_param"),
        (403, b"<html>Forbidden</html>", "http_403"),
        (503, b"[]", "http_503"),
        (200, b"\n<!DOCTYPE html><html></html>", "html"),
        (200, b"[{", "not_json"),
        (200, b"", "not_json"),
        (200, b"[" * 100_000, "not_json"),
        (200, b"\xff\xfe\x00", "not_json"),
        (200, b'{"posts": []}', "not_a_list"),
        (200, b'{"code":"NOT A CODE"}', "not_a_list"),
        (200, b"5", "not_a_list"),
    ],
)
def test_refusals_have_a_reason(status: int, answer: bytes, reason: str) -> None:
    page = parse_posts(status, {}, answer, HOME)
    assert (page.refused, page.rows) == (reason, ())


def test_past_the_end_there_is_nothing() -> None:
    answer = b'{"code":"rest_post_invalid_page_number","message":"","data":{"status":400}}'
    page = parse_posts(400, {}, answer, HOME)
    assert (page.refused, page.listed) == (None, 0)


def test_a_byte_order_mark_before_the_json() -> None:
    assert parse_posts(200, {}, b"\xef\xbb\xbf" + body(POST), HOME).listed == 1


def test_items_that_are_no_post_of_the_site_are_counted() -> None:
    items = [POST, None, {}, POST | {"id": True}, POST | {"id": 2**70}, POST | {"link": "javascript:x"}]
    items += [POST | {"link": "https://other.example/x/"}, POST | {"status": "draft"}]
    page = parse_posts(200, {"X-WP-Total": "many"}, body(*items), HOME)
    assert (len(page.rows), page.listed, page.total) == (1, 8, None)
    assert page.skipped == {"no_object": 1, "no_id": 3, "no_link": 1, "offsite": 1, "not_public": 1}


def test_post_types_and_where_they_are() -> None:
    types = {
        "post": {"rest_base": "posts", "rest_namespace": "wp/v2"},
        "story": {"rest_base": "stories"},
        "menu": {"rest_base": "menus", "rest_namespace": "menu/v1"},
        "evil": {"rest_base": "../users"},
        "odd": 5,
        "none": {"rest_base": False},
    }
    assert rest_bases(200, json.dumps(types).encode()) == {"post": "posts", "story": "stories"}


@pytest.mark.parametrize(("status", "answer"), [(401, b"{}"), (200, b"[]"), (200, b'{"code":"rest_no_route"}')])
def test_post_types_refused(status: int, answer: bytes) -> None:
    with pytest.raises(Refused):
        rest_bases(status, answer)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["<p>x</p>", HOME]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = st.sampled_from([*POST, "excerpt", "tags", "categories", "_embedded", "yoast_head", "coauthors", "lang"])
_EMBEDDED = st.fixed_dictionaries({"wp:term": _JSON, "author": _JSON, "wp:featuredmedia": _JSON})


@given(st.dictionaries(_FIELDS, _JSON), st.none() | _EMBEDDED)
def test_any_shape_is_a_page(changed: dict[str, Any], inner: dict[str, Any] | None) -> None:
    post = POST | changed | ({"_embedded": inner} if inner else {})
    page = parse_posts(200, {}, body(post, changed), HOME)
    assert page.refused is None
    assert len(page.rows) + sum(page.skipped.values()) == 2


@given(st.integers(200, 599), st.binary(max_size=60))
def test_any_bytes_are_an_answer(status: int, answer: bytes) -> None:
    assert parse_posts(status, {}, answer, HOME).rows == ()


def test_an_answer_of_millions_of_parts_or_levels_is_none() -> None:
    assert parse_posts(200, {}, b"[" + b"[]," * 1_000_000 + b"[]]", HOME).refused == "too_many_parts"
    assert parse_posts(200, {}, b"[" * 100_000, HOME).refused == "not_json"
