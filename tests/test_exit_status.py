"""How a crawl ended."""

from typing import Any

import pytest

from crawler.exit_status import MEANINGS, ExitStatus, exit_status, site_outcomes

Stats = dict[str, Any]


def stats(**counters: int) -> Stats:
    """Counters of Presswalk: ``group_name=count``."""
    return {f"presswalk/{name.replace('_', '/', 1)}": count for name, count in counters.items()}


QUIET = {"presswalk/sites/given": 1, "presswalk/sites/crawled": 1, "presswalk/skipped/outside_period": 4}
GOOD = stats(sites_given=1, sites_crawled=1, articles_found=3)


@pytest.mark.parametrize(
    ("counted", "reason", "status"),
    [
        (GOOD, "finished", ExitStatus.OK),
        (GOOD, "storage_failed", ExitStatus.STORAGE_FAILED),
        (
            {"presswalk/sites/given": 1, "presswalk/sites/crawled": 1, "presswalk/skipped/outside_period": 4},
            "finished",
            ExitStatus.OK,
        ),
        (GOOD | stats(skipped_robots=2, rejected_offsite=9), "finished", ExitStatus.OK),
        (GOOD, "shutdown", ExitStatus.INTERRUPTED),
        (GOOD | stats(push_listening=1), "shutdown", ExitStatus.OK),
        (GOOD | stats(push_listening=1, storage_failed=1), "shutdown", ExitStatus.OK),
        (GOOD | stats(push_listening=1, storage_spilled=1), "shutdown", ExitStatus.STORAGE_FAILED),
        (
            GOOD | stats(push_listening=1, storage_failed=1) | {"presswalk/database/given_up": 1},
            "shutdown",
            ExitStatus.STORAGE_FAILED,
        ),
        (GOOD | stats(push_listening=1, storage_failed=1), "storage_failed", ExitStatus.STORAGE_FAILED),
        (GOOD, "closespider_timeout", ExitStatus.FAILED),
        ({}, "failed", ExitStatus.FAILED),
        (GOOD | stats(errors_timeout=1), "finished", ExitStatus.PARTIAL),
        (GOOD | {"spider_exceptions/KeyError": 1}, "finished", ExitStatus.PARTIAL),
        (GOOD | stats(storage_failed=1), "finished", ExitStatus.STORAGE_FAILED),
        (GOOD | stats(storage_failed=1), "shutdown", ExitStatus.STORAGE_FAILED),
        (GOOD | stats(sites_layout_changed=1), "finished", ExitStatus.LAYOUT_CHANGED),
        (GOOD | stats(sites_layout_changed=1, errors_timeout=1), "finished", ExitStatus.PARTIAL),
        (stats(sites_given=1, sites_crawled=1), "finished", ExitStatus.NOTHING_FOUND),
        (stats(sites_none_due=1), "finished", ExitStatus.OK),
        (stats(sites_none_due=1) | {"spider_exceptions/KeyError": 1}, "finished", ExitStatus.PARTIAL),
        (stats(sites_none_due=1), "shutdown", ExitStatus.INTERRUPTED),
        (stats(sites_quiet=1), "finished", ExitStatus.OK),
        (stats(sites_given=2, sites_left=2), "finished", ExitStatus.PARTIAL),
        (GOOD | {"presswalk/ended/paused": 1}, "finished", ExitStatus.PARTIAL),
        (GOOD | {"presswalk/ended/blocked": 1}, "finished", ExitStatus.PARTIAL),
        (GOOD | {"presswalk/ended/request_limit": 1}, "finished", ExitStatus.OK),
        (stats(sites_given=1, sites_crawled=1) | {"presswalk/ended/quiet_hours": 1}, "finished", ExitStatus.OK),
        ({}, "finished", ExitStatus.NOTHING_FOUND),
        (stats(sites_given=1), "finished", ExitStatus.UNREACHABLE),
        (stats(sites_given=1, errors_dns=1), "finished", ExitStatus.UNREACHABLE),
        (stats(sites_given=1, sites_blocked=1), "finished", ExitStatus.UNREACHABLE),
        (stats(sites_given=1, sites_locked=1), "finished", ExitStatus.LOCKED),
        (stats(sites_given=2, sites_not_wordpress=2), "finished", ExitStatus.NOT_WORDPRESS),
        (stats(sites_given=2, sites_crawled=1, sites_locked=1, articles_found=3), "finished", ExitStatus.PARTIAL),
        (stats(sites_given=2, sites_crawled=1, articles_found=3), "finished", ExitStatus.PARTIAL),
        (stats(sites_given=2, sites_locked=1, sites_not_wordpress=1), "finished", ExitStatus.PARTIAL),
    ],
)
def test_the_gravest_comes_first(counted: Stats, reason: str, status: ExitStatus) -> None:
    assert exit_status(counted, reason) is status


def test_sites_of_which_nothing_is_known_could_not_be_reached() -> None:
    assert site_outcomes(stats(sites_given=5, sites_crawled=1, sites_locked=1)) == {
        "crawled": 1, "locked": 1, "not_wordpress": 0, "blocked": 0, "left": 0, "unreachable": 3,
    }  # fmt: skip


def test_the_statuses_are_an_api() -> None:
    assert {status.name: status.value for status in ExitStatus} == {
        "OK": 0, "FAILED": 1, "USAGE": 2, "PARTIAL": 3, "UNREACHABLE": 4, "NOT_WORDPRESS": 5,
        "NOTHING_FOUND": 6, "STORAGE_FAILED": 7, "LOCKED": 8, "INTERRUPTED": 9, "LAYOUT_CHANGED": 10, "NO_QUEUE": 11,
    }  # fmt: skip
    assert MEANINGS.keys() == set(ExitStatus)
