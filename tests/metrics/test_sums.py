"""Samples of several crawls and runs as one."""

from crawler.metrics.catalogue import ARTICLES, CPU, DUE, LAST_SUCCESS, RUNNING, Key
from crawler.metrics.sums import kept, total

ADDED = ARTICLES.of("cron", "added")


def test_counters_add_up_and_the_latest_gauge_holds() -> None:
    first: dict[Key, float] = {ADDED: 3, DUE.of("cron"): 7}
    second: dict[Key, float] = {ADDED: 4, DUE.of("cron"): 2, CPU.of("cron"): 1.5}
    assert total([first, second]) == {ADDED: 7, DUE.of("cron"): 2, CPU.of("cron"): 1.5}


def test_a_run_goes_on_where_the_one_before_ended() -> None:
    stored: dict[Key, float] = {ADDED: 10}
    first = kept(stored, {}, {ADDED: 2})
    assert first == {ADDED: 12}
    assert kept(first, {ADDED: 2}, {ADDED: 5}) == {ADDED: 15}


def test_two_processes_may_write_at_the_same_time() -> None:
    one = kept({}, {}, {ADDED: 2})
    other = kept(one, {}, {ADDED: 30})
    again = kept(other, {ADDED: 2}, {ADDED: 3})
    assert again == {ADDED: 33}


def test_what_is_not_told_any_more_goes_unless_it_is_to_be_kept() -> None:
    stored: dict[Key, float] = {LAST_SUCCESS.of("cron"): 5, DUE.of("cron"): 9, DUE.of("other"): 4}
    assert kept(stored, {}, {RUNNING.of("cron"): 1}) == {
        LAST_SUCCESS.of("cron"): 5,
        DUE.of("other"): 4,
        RUNNING.of("cron"): 1,
    }
