"""A part of a site's posts by the REST API."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.routes.candidates import Candidate, Role
from crawler.routes.rest import RestApi
from crawler.routes.restanswer import RestPage, RestRow
from crawler.routes.restperiod import PeriodCursor

API = RestApi("https://news.example/wp-json/")


def asked(cursor: PeriodCursor) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(cursor.url).query).items() if name[0] != "_"}


def page(*ids: int, total: int | None = None) -> RestPage:
    rows = (RestRow(n, None, Candidate(f"https://news.example/{n}/", Role.POST, "rest", wp_id=n)) for n in ids)
    return RestPage(tuple(rows), total, listed=len(ids))


def test_both_ends_of_a_period_are_in_it() -> None:
    cursor = PeriodCursor(api=API, since=datetime(2025, 12, 3, tzinfo=UTC), until=datetime(2025, 12, 4, tzinfo=UTC))
    assert asked(cursor) == {
        "after": "2025-12-02T23:59:59Z",
        "before": "2025-12-04T00:00:01Z",
        "orderby": "date",
        "order": "desc",
        "per_page": "100",
        "offset": "0",
    }


def test_the_newest_few_cost_one_request_for_as_many() -> None:
    assert asked(PeriodCursor(api=API, most=5))["per_page"] == "5"
    assert asked(PeriodCursor(api=API, most=500))["per_page"] == "100"


def test_what_moves_down_while_the_list_is_read_is_told_once() -> None:
    first = PeriodCursor(api=API, most=3)
    second = first.advance(page(9, 8, 7))
    assert second is not None
    assert asked(second)["offset"] == "3"
    assert [one.wp_id for one in second.fresh(page(7, 6, 5))] == [6, 5]


def test_the_total_tells_the_last_page_and_a_refusal_ends_it() -> None:
    cursor = PeriodCursor(api=API, most=3)
    assert cursor.advance(page(2, 1, total=2)) is None
    assert cursor.stopped(page(2, 1, total=2)) is None
    assert PeriodCursor(api=API).advance(RestPage(refused="http_403")) is None
    assert PeriodCursor(api=API).stopped(RestPage(refused="http_403")) == "http_403"


@pytest.mark.parametrize("total", [3, 0, None])
def test_a_site_that_gives_fewer_than_it_is_asked_for(total: int | None) -> None:
    second = PeriodCursor(api=API).advance(page(9, 8, total=total))
    assert second is not None
    assert asked(second)["offset"] == "2"
    assert [one.wp_id for one in second.fresh(page(7, total=total))] == [7]


def test_a_cache_that_ignores_the_offset_is_left() -> None:
    again = page(*range(100, 0, -1), total=500)
    second = PeriodCursor(api=API).advance(again)
    assert second is not None
    assert second.advance(again) is None
    assert second.stopped(again) == "same_page_again"
    assert second.stopped(RestPage(total=500)) == "nothing_listed"


def test_less_is_asked_for_where_a_hundred_is_too_much() -> None:
    smaller = PeriodCursor(api=API).advance(RestPage(refused="too_large"))
    assert smaller is not None
    assert asked(smaller)["per_page"] == "50"
    assert PeriodCursor(api=API, most=5).advance(RestPage(refused="too_large")) is None
