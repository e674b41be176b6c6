"""A part of a site's posts by the REST API."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from crawler.routes.candidates import Candidate, Role
from crawler.routes.rest import RestApi
from crawler.routes.restanswer import RestPage, RestRow
from crawler.routes.restperiod import PeriodCursor

API = RestApi("https://news.example/wp-json/")


def asked(cursor: PeriodCursor) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(cursor.url).query).items() if name[0] != "_"}


def page(*ids: int) -> RestPage:
    rows = (RestRow(n, None, Candidate(f"https://news.example/{n}/", Role.POST, "rest", wp_id=n)) for n in ids)
    return RestPage(tuple(rows), listed=len(ids))


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


def test_a_short_page_is_the_last_and_a_refusal_ends_it() -> None:
    assert PeriodCursor(api=API, most=3).advance(page(2, 1)) is None
    assert PeriodCursor(api=API).advance(RestPage(refused="http_403")) is None
