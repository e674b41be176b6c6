"""The counts of a run and the rows of the closing table."""

import pytest

from crawler.closing import closing_rows, empty_hint, run_counts
from crawler.exit_status import ExitStatus

STATS = {
    "presswalk/articles/found": 1234,
    "presswalk/articles/added": 1200,
    "presswalk/articles/unchanged": 34,
    "presswalk/articles/duplicate": 5,
    "presswalk/skipped/archive": 20,
    "presswalk/skipped/page": 3,
    "presswalk/skipped/robots": 20,
    "presswalk/rejected/offsite": 7,
    "presswalk/errors/http_500": 2,
    "presswalk/storage/failed": 1,
    "presswalk/sites/given": 1,
    "downloader/request_count": 1300,
    "downloader/response_bytes": 12_345_678,
    "finish_reason": "finished",
}


def test_the_counts_of_a_run() -> None:
    assert run_counts(STATS) == {
        "articles": {
            "found": 1234, "added": 1200, "changed": 0, "unchanged": 34, "gone": 0, "returned": 0, "duplicate": 5,
        },
        "skipped": {"archive": 20, "page": 3, "robots": 20},
        "rejected": {"offsite": 7},
        "errors": {"http_500": 2},
        "storage": {"failed": 1},
        "spill": {},
        "requests": 1300,
        "bytes": 12_345_678,
    }  # fmt: skip


def test_the_counts_of_a_run_that_listens() -> None:
    counted = run_counts(STATS | {"presswalk/push/accepted/ping": 7})
    assert (counted["push"], counted["sites"]) == ({"accepted/ping": 7}, {"given": 1})


def test_the_closing_table() -> None:
    assert closing_rows(STATS, 83.4) == [
        ("found", "1,234"),
        ("new", "1,200"),
        ("changed", "0"),
        ("unchanged", "34"),
        ("gone", "0"),
        ("returned", "0"),
        ("duplicates", "5"),
        ("skipped", "43 (archive 20, robots 20, page 3)"),
        ("not followed", "7 (offsite 7)"),
        ("requests", "1,300 (12.3 MB)"),
        ("errors", "3 (http_500 2, not_stored 1)"),
        ("time", "1 min 23 s"),
    ]


def test_what_was_left_and_pauses_are_told_where_there_were_any() -> None:
    told = {"left/request_limit": 1200, "ended/request_limit": 1, "pauses/http_429": 2, "pauses/seconds": 75}
    stats = {f"presswalk/{name}": value for name, value in told.items()}
    counted = run_counts(stats)
    assert (counted["left"], counted["ended"]) == ({"request_limit": 1200}, {"request_limit": 1})
    rows = dict(closing_rows(stats, 1.0))
    assert rows["left"] == "1,200 (request_limit 1,200), for the next crawl"
    assert rows["pauses"] == "2 (http_429 2), 1 min 15 s"


def test_a_crawl_of_nothing() -> None:
    assert dict(closing_rows({}, 0.04)) == {
        "found": "0", "new": "0", "changed": "0", "unchanged": "0", "gone": "0", "returned": "0", "duplicates": "0",
        "skipped": "0", "not followed": "0", "requests": "0 (0.0 KB)", "errors": "0", "time": "0.0 s",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(9.96, "10.0 s"), (59.4, "59.4 s"), (59.7, "1 min 0 s"), (3599.9, "1 h 0 min"), (7265, "2 h 1 min")],
)
def test_durations(seconds: float, shown: str) -> None:
    assert closing_rows({}, seconds)[-1] == ("time", shown)


def test_only_of_a_wordpress_without_articles_it_is_said_what_may_be_the_matter() -> None:
    assert "no route led to an article" in (empty_hint(ExitStatus.NOTHING_FOUND) or "")
    assert [status for status in ExitStatus if empty_hint(status)] == [ExitStatus.NOTHING_FOUND]
