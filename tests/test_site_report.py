"""What is said of sites."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.asking.table import lines
from crawler.layout import Shown
from crawler.routes.ladder import State
from crawler.site_record import BrowserNeed, CompletenessRecord, Cursor, Health, Offer, PushOffer, SiteRecord, Validator
from crawler.site_report import COLUMNS, details, last_run, nothing_due, rows, span, when

from .examples import HOME, LATER, NOW, SITE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

LISTED = SiteRecord(id=SITE, url=f"{HOME}/", listed=True, added_at=NOW - 9 * DAY, next_due_at=NOW)
CRAWLED = replace(
    LISTED,
    aliases=["old.example", "older.example"],
    home=f"{HOME}/",
    next_due_at=LATER,
    interval_seconds=5400,
    offers={
        "rest": Offer(state=State.REFUSED, url=f"{HOME}/wp-json/", reason="401 rest_not_logged_in"),
        "feed": Offer(state=State.SUMMARY, url=f"{HOME}/feed/"),
        "sitemap": Offer(state=State.COMPLETE, url=f"{HOME}/wp-sitemap.xml"),
        "navigation": Offer(state=State.ABSENT),
    },
    offers_expire_at=NOW + 3 * DAY,
    route="sitemap",
    route_reason="the REST API is shut",
    cursor=Cursor(modified=NOW - DAY),
    validators={"feed": Validator(url=f"{HOME}/feed/")},
    counts={"rest": 1200, "sitemap": 1198},
    complete=CompletenessRecord(at=NOW - DAY, value=False, missing=2, why=["2 posts answer 500"]),
    health=Health(status=200),
    checked_at=NOW - 30 * MINUTE,
    changed_at=NOW - 5 * HOUR,
    swept_at=NOW - 2 * DAY,
)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=119), "119 s"),
        (2 * MINUTE, "2 min"),
        (90 * MINUTE, "90 min"),
        (47 * HOUR, "47 h"),
        (400 * DAY, "400 d"),
    ],
)
def test_a_length_of_time(length: timedelta, said: str) -> None:
    assert span(length) == said


def test_a_moment_seen_from_now() -> None:
    assert when(NOW + 30 * MINUTE, NOW) == "in 30 min"
    assert when(NOW - 3 * DAY, NOW) == "3 d ago"
    assert when(NOW, NOW) == "0 s ago"


def test_nothing_is_due() -> None:
    assert nothing_due(LATER, NOW) == "no site is due; the next one is in 60 min, at 2025-12-03 19:00 UTC"
    assert nothing_due(None, NOW) == "no site is listed: add some with scrapy sites add https://news.example"


def test_the_list_is_a_table() -> None:
    other = SiteRecord(
        id="127.0.0.1:8080", listed=True, complete=CompletenessRecord(at=NOW, value=True), checked_at=NOW
    )
    assert list(lines(rows([LISTED, CRAWLED, other], NOW), COLUMNS)) == [
        "SITE            NEXT       EVERY   ROUTE    COMPLETE   STATE",
        "news.example    now        -       -        -          not crawled yet",
        "news.example    in 60 min  90 min  sitemap  2 missing  ok (200)",
        "127.0.0.1:8080  -          -       -        yes        ok",
    ]


def test_all_that_is_known_of_a_site() -> None:
    assert list(details(CRAWLED, 1198, NOW)) == [
        "news.example",
        "  start        https://news.example/",
        "  home         https://news.example/",
        "  also         old.example",
        "               older.example",
        "  listed       since 2025-11-24 18:00 UTC",
        "  next look    in 60 min (2025-12-03 19:00 UTC); looked at every 90 min",
        "  last look    2025-12-03 17:30 UTC, 30 min ago",
        "  last change  2025-12-03 13:00 UTC, 5 h ago",
        "  last sweep   2025-12-01 18:00 UTC, 2 d ago",
        "  state        ok (200)",
        "  route        sitemap: the REST API is shut",
        "  offers       rest       refused (401 rest_not_logged_in)  https://news.example/wp-json/",
        "               feed       gives only summaries  https://news.example/feed/",
        "               sitemap    ok, in use  https://news.example/wp-sitemap.xml",
        "               navigation not there",
        "               looked for again in 3 d",
        "  posts        1,200 by rest, 1,198 by sitemap",
        "  articles     1,198 stored",
        "  complete     2 missing, as of 2025-12-02 18:00 UTC, 24 h ago",
        "               2 posts answer 500",
        "  cursor       modifications up to 2025-12-02 18:00 UTC are known",
        "  asked with   feed: https://news.example/feed/",
    ]


def test_of_a_site_that_was_only_added() -> None:
    assert list(details(LISTED, 0, NOW)) == [
        "news.example",
        "  start        https://news.example/",
        "  listed       since 2025-11-24 18:00 UTC",
        "  next look    now (2025-12-03 18:00 UTC)",
        "  last look    never",
        "  state        not crawled yet",
        "  articles     0 stored",
    ]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (
            {"exit_status": 9, "finished_at": NOW},
            "9 interrupted; the next one reads what is not stored, and what no list names",
        ),
        ({"exit_status": 0, "finished_at": NOW}, "0 done"),
        (
            {"finished_at": NOW, "finish_reason": "killed"},
            "killed; the next one reads what is not stored, and what no list names",
        ),
        ({"finish_reason": "killed"}, "killed; the next one reads what is not stored, and what no list names"),
        ({}, "under way"),
    ],
)
def test_the_last_run_of_a_site(run: dict[str, Any], said: str) -> None:
    run |= {"started_at": NOW - 3 * MINUTE}
    before, during = NOW - 9 * DAY, NOW - MINUTE
    for looked_at in (None, before):
        assert last_run(run, looked_at, NOW) == f"2025-12-03 17:57 UTC, 3 min ago: {said}"
    assert "goes on" not in last_run(run, during, NOW)


def test_of_a_site_whose_crawl_was_interrupted() -> None:
    assert list(details(SiteRecord(id=SITE), 12, NOW, "3 min ago: 9 interrupted")) == [
        "news.example",
        "  listed       no: scrapy sites add puts it on the list",
        "  last look    no whole one",
        "  last run     3 min ago: 9 interrupted",
        "  state        not crawled whole yet",
        "  articles     12 stored",
    ]


def test_of_a_site_that_is_not_on_the_list() -> None:
    lines = list(details(replace(CRAWLED, listed=False), 0, NOW))
    assert "  listed       no: scrapy sites add puts it on the list" in lines
    assert not [line for line in lines if "next look" in line]


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (None, "ok"),
        (Health(), "ok"),
        (Health(status=304), "ok (304)"),
        (Health(status=503, failures=1, last_error="http_503"), "failed 1 time in a row: http_503"),
        (Health(failures=3, last_error="timeout"), "failed 3 times in a row: timeout"),
        (Health(last_error="left: request_limit"), "left: request_limit"),
        (Health(status=403, failures=9, blocked_since=NOW - 3 * DAY), "keeps crawlers out for 3 d"),
    ],
)
def test_the_state_of_a_site(health: Health | None, said: str) -> None:
    assert f"  state        {said}" in list(details(replace(CRAWLED, health=health), 0, NOW))


def test_an_offer_in_a_word_of_a_later_version_is_shown_as_it_is() -> None:
    offers = {"rest": Offer(state="slow")}  # type: ignore[arg-type]  # as a document may have it
    assert "  offers       rest       slow" in list(details(replace(CRAWLED, offers=offers), 0, NOW))


LAYOUT = {
    "rest": {"title": Shown(shown=40, of=40)},
    "page": {
        "title": Shown(recent="1" * 24, shown=40, of=40),
        "published_at": Shown(recent="01", shown=40, of=40, recovered_at=NOW - DAY),
        "authors": Shown(recent="0" * 14, shown=39, of=40, broken_since=NOW - 3 * DAY, example=f"{HOME}/a/"),
        "images": Shown(),
    },
}


def test_what_a_site_does_not_show_any_more() -> None:
    lines = list(details(replace(CRAWLED, layout=LAYOUT), 1198, NOW))
    start = lines.index("  state        ok (200); layout changed: no authors")
    assert lines[start + 1 : start + 5] == [
        "  shown        REST API: title 40 of 40",
        "               pages: title 24 of 24, published_at 1 of 2, authors 0 of 14",
        "  not shown    pages: published_at is back since 2025-12-02 18:00 UTC, 24 h ago",
        "               pages: authors since 2025-11-30 18:00 UTC, 3 d ago; 98% had it  https://news.example/a/",
    ]


def test_the_list_marks_a_site_whose_layout_changed() -> None:
    [row] = rows([replace(CRAWLED, layout=LAYOUT)], NOW)
    assert row[-1] == "ok (200); layout changed: no authors"


def test_who_would_tell_of_news() -> None:
    push = PushOffer(
        hubs=["https://hub.example/"], topic="https://news.example/feed/", cloud="http://cloud.example:80/"
    )
    lines = list(details(SiteRecord(id="news.example", push=push), 0, NOW))
    told = lines.index("  told by      WebSub: https://hub.example/")
    assert lines[told + 1] == "               rssCloud: http://cloud.example:80/"


def test_a_site_whose_pages_need_a_browser() -> None:
    need = BrowserNeed(why="asks", found_at=NOW, expires_at=NOW + timedelta(days=7))
    lines = list(details(replace(CRAWLED, browser=need), 0, NOW))
    assert (
        "  browser      its pages say that they need JavaScript: opened in one; looked at without it again in 7 d"
        in lines
    )
