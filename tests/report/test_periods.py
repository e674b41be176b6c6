"""The time axis of a chart."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.report.periods import Unit, after, axis, begin

UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("days", "unit", "steps"),
    [(0, "day", 1), (93, "day", 94), (94, "week", 15), (732, "month", 25), (6000, "year", 17)],
)
def test_steps_are_as_long_as_the_chart_needs(days: int, unit: Unit, steps: int) -> None:
    along = axis(NOON - timedelta(days=days), NOON, UTC_ZONE)
    assert (along.unit, len(list(along))) == (unit, steps)


def test_weeks_begin_on_mondays() -> None:
    assert begin(datetime(2025, 12, 3, 12), "week") == datetime(2025, 12, 1)  # noqa: DTZ001 - a wall clock
    assert list(axis(NOON - timedelta(days=100), NOON, UTC_ZONE))[-1] == datetime(2025, 12, 1)  # noqa: DTZ001


def test_a_day_is_that_of_the_zone() -> None:
    late = datetime(2025, 12, 2, 23, 30, tzinfo=UTC)
    assert [f"{at:%m-%d}" for at in axis(late, late, BERLIN)] == ["12-03"]


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - made aware below
    st.integers(0, 60_000),
    st.sampled_from(["UTC", "Asia/Tehran", "America/Sao_Paulo"]),
)
def test_no_step_is_left_out_and_a_chart_stays_readable(first: datetime, days: int, zone: str) -> None:
    begun = first.replace(tzinfo=UTC)
    along = axis(begun, begun + timedelta(days=days), ZoneInfo(zone))
    steps = list(along)
    assert 1 <= len(steps) <= 185
    assert all(after(one, along.unit) == other for one, other in pairwise(steps))
    assert {begin(along.wall(at), along.unit) for at in (along.first, along.last)} <= set(steps)
