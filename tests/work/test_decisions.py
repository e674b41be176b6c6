"""What a worker does with what it was given."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.work.decisions import (
    MOST_FAILURES,
    Acknowledge,
    Crawl,
    End,
    GiveBack,
    Later,
    Park,
    Standing,
    backoff,
    beginning,
    end,
    ending,
    said,
)

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
PAST = NOW - SECOND


def begins(standing: Standing, *, suspects: int = 0) -> object:
    return beginning(standing, NOW, LEASE, suspects=suspects, sites=32, longest=DAY)


def test_a_lease_that_was_not_given_back_is_counted() -> None:
    assert Standing.of({}) == Standing()
    assert Standing.of({"lease": {"owner": "a:1", "until": PAST}}) == Standing(PAST, 1)
    assert Standing.of({"lease": {"owner": "a:1", "until": PAST, "lost": 3}}).lost == 4


def test_a_site_is_held_for_as_long_as_its_lease_or_the_lock_of_its_host() -> None:
    lease = {"lease": {"owner": "a:1", "until": PAST}}
    assert Standing.of(lease, {"expires_at": NOW + SECOND}) == Standing(NOW + SECOND, 1)
    assert Standing.of({}, {"expires_at": NOW + SECOND}) == Standing(NOW + SECOND, 0)


def test_a_site_that_nobody_has_is_crawled_and_one_that_somebody_has_is_not() -> None:
    assert begins(Standing()) == Crawl()
    assert begins(Standing(PAST, 1)) == Crawl()
    assert begins(Standing(NOW + 20 * SECOND, 1)) == Later(20 * SECOND, "locked")
    assert begins(Standing(NOW + DAY, 1)) == Later(LEASE, "locked")  # whose clock is wrong


def test_a_site_that_ends_its_workers_is_tried_among_fewer_and_fewer_others_and_then_parked() -> None:
    room = [next(n for n in range(33) if begins(Standing(PAST, lost), suspects=n) != Crawl(is_suspect=True))
            for lost in range(3, 9)]  # fmt: skip
    assert room == [16, 8, 4, 2, 1, 1]
    assert begins(Standing(PAST, 3), suspects=16) == Later(LEASE / 3, "suspect")
    assert begins(Standing(PAST, 2), suspects=16) == Crawl()
    assert begins(Standing(PAST, 9)) == Park("9 workers in a row did not come to its end", DAY)


def test_one_that_was_parked_is_tried_alone_and_parked_for_longer_by_one_more_loss() -> None:
    let_loose = Standing.of({"parked": {"times": 1}})
    assert (begins(let_loose), begins(let_loose, suspects=1)) == (Crawl(is_suspect=True), Later(LEASE / 3, "suspect"))
    lasting = [begins(Standing.of({"lease": {"until": PAST}, "parked": {"times": times}})) for times in (1, 2, 3, 9)]
    why = "one more did not come to its end after it was parked, {} times so far"
    assert lasting == [Park(why.format(times), days * DAY) for times, days in ((1, 2), (2, 4), (3, 8), (9, 8))]


@pytest.mark.parametrize(
    ("stats", "reason", "lost", "stopping", "how"),
    [
        ({"presswalk/sites/crawled": 1}, "finished", False, False, End.DONE),
        ({}, "finished", False, True, End.DONE),
        ({"presswalk/ended/slice": 1, "presswalk/sites/crawled": 1}, "finished", False, False, End.SLICE),
        ({"presswalk/ended/slice": 1, "presswalk/sites/crawled": 1}, "finished", False, True, End.STOPPED),
        ({"presswalk/sites/locked": 1}, "finished", False, False, End.LOCKED),
        ({"presswalk/sites/crawled": 1}, "finished", True, False, End.LOST),
        ({}, "shutdown", False, True, End.STOPPED),
        ({}, "storage_failed", False, False, End.FAILED),
        ({}, None, False, False, End.FAILED),
    ],
)
def test_how_a_crawl_ended(stats: dict[str, int], reason: str | None, lost: bool, stopping: bool, how: End) -> None:
    assert end(stats, reason, is_lost=lost, is_stopping=stopping) is how


@pytest.mark.parametrize(
    ("how", "stats", "words"),
    [
        (End.DONE, {"presswalk/sites/given": 1, "presswalk/sites/crawled": 1, "presswalk/articles/found": 2}, "done"),
        (End.DONE, {"presswalk/sites/given": 1}, "failed (the site could not be reached, or keeps crawlers out)"),
        (End.DONE, {"presswalk/sites/given": 1, "presswalk/sites/not_wordpress": 1}, "failed (not a WordPress site)"),
        (
            End.DONE,
            {"presswalk/sites/given": 1, "presswalk/sites/crawled": 1, "presswalk/errors/http_500": 1},
            "done, but some pages or sites could not be read",
        ),
        (End.SLICE, {"presswalk/sites/given": 1, "presswalk/sites/crawled": 1}, "slice"),
    ],
)
def test_what_the_log_says_of_it(how: End, stats: dict[str, int], words: str) -> None:
    assert said(how, stats) == words


def test_what_the_broker_is_told() -> None:
    assert ending(End.DONE, LEASE, SECOND, deliveries=1) == Acknowledge(again=False, put_off=True)
    assert ending(End.SLICE, LEASE, SECOND, deliveries=1) == Acknowledge(again=True, put_off=False)
    assert ending(End.STOPPED, LEASE, SECOND, deliveries=1) == GiveBack(SECOND)
    assert ending(End.LOCKED, LEASE, SECOND, deliveries=1) == GiveBack(2 * SECOND)
    assert ending(End.LOCKED, LEASE, SECOND, deliveries=1000) == GiveBack(LEASE)
    assert ending(End.LOST, LEASE, SECOND, deliveries=1) is None


def test_failures_are_counted_and_not_how_often_a_message_came() -> None:
    told = [ending(End.FAILED, LEASE, SECOND, deliveries=1000, failures=failures) for failures in (1, 3)]
    assert told == [GiveBack(2 * SECOND), GiveBack(8 * SECOND)]
    assert ending(End.FAILED, LEASE, SECOND, deliveries=1, failures=MOST_FAILURES - 1) == GiveBack(LEASE)
    assert ending(End.FAILED, LEASE, SECOND, deliveries=1, failures=MOST_FAILURES) == Acknowledge()


def test_where_nobody_tells_how_many_failed_the_deliveries_have_to_do_and_nothing_is_given_up() -> None:
    told = [ending(End.FAILED, LEASE, SECOND, deliveries=deliveries) for deliveries in (1, 3, 1000)]
    assert told == [GiveBack(2 * SECOND), GiveBack(8 * SECOND), GiveBack(LEASE)]


def test_the_delay_doubles_up_to_a_lease() -> None:
    assert [backoff(n, LEASE).total_seconds() for n in (0, 1, 2, 5, 6, 10_000)] == [2, 2, 4, 32, 60, 60]
