"""How long a busy host is left alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from crawler.polite.backoff import LONGEST, Backoff, wait_told

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 04 Mar 2026 05:07:07 GMT", 60),
        ("Wed, 04 Mar 2026 05:07:07", 60),
        ("Wed, 04 Mar 2026 00:06:37 -0500", 30),
        ("Wed, 04 Mar 2020 05:07:07 GMT", 0),
        ("99999999999999999999", 86400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
    ],
)
def test_seconds_or_a_date_a_day_at_most(told: str, seconds: int) -> None:
    assert wait_told(told, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("told", [None, "", "-5", "1.5", "soon", "²", "Wed, 99 Mar 2026 05:07:07 GMT"])
def test_anything_else_says_nothing(told: str | None) -> None:
    assert wait_told(told, NOW) is None


@given(st.text())
def test_whatever_a_host_says_is_bounded(told: str) -> None:
    assert timedelta() <= (wait_told(told, NOW) or timedelta()) <= LONGEST


def test_without_a_word_each_refusal_in_a_row_doubles_the_pause() -> None:
    backoff = Backoff(first=5 * SECOND)
    lengths = [backoff.pause(None, refusals, NOW, 0.0).length for refusals in range(5)]
    assert lengths == [seconds * SECOND for seconds in (5, 10, 20, 40, 80)]
    assert backoff.pause("", 1, NOW, 1.0).length == 12.5 * SECOND
    assert backoff.pause("", 10**9, NOW, 1.0).length == LONGEST


def test_what_the_host_says_goes_before() -> None:
    pause = Backoff().pause("7", 9, NOW, 1.0)
    assert (pause.length, pause.is_told) == (7 * SECOND, True)


@pytest.mark.parametrize("wrong", [{"BACKOFF_SECONDS": 0}, {"BACKOFF_SECONDS": "nan"}, {"PAUSE_MAX_SECONDS": -1}])
def test_settings_are_checked(wrong: dict[str, object]) -> None:
    told = Settings({"BACKOFF_SECONDS": 5, "PAUSE_MAX_SECONDS": 120})
    assert Backoff.from_settings(told) == Backoff()
    told.setdict(wrong)
    with pytest.raises(ValueError, match="BACKOFF_SECONDS"):
        Backoff.from_settings(told)
