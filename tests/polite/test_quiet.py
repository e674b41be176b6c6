"""Quiet hours: over midnight, in their zone, when clocks are changed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.polite.quiet import QuietHours

NIGHT = "22:00-06:00 Europe/Berlin"


def hours(text: str) -> QuietHours:
    found = QuietHours.of(text)
    assert found
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_none_are_none() -> None:
    assert QuietHours.of(None) is QuietHours.of("  ") is None


@pytest.mark.parametrize(
    ("text", "now", "until"),
    [
        ("12:00-13:30", "2026-05-04T12:00", "2026-05-04T13:30"),
        ("12:00-13:30", "2026-05-04T13:30", None),
        ("12:00-13:30", "2026-05-04T11:59:59.999", None),
        (NIGHT, "2026-01-05T21:30", "2026-01-06T05:00"),  # 22:30 in winter
        (NIGHT, "2026-01-05T20:59", None),
        (NIGHT, "2026-07-05T20:00", "2026-07-06T04:00"),  # 22:00 in summer
        (NIGHT, "2026-07-06T03:59", "2026-07-06T04:00"),
        (NIGHT, "2026-07-06T04:00", None),
        (NIGHT, "2026-03-28T22:00", "2026-03-29T04:00"),  # the night in which clocks are set forward
        (NIGHT, "2026-10-24T21:00", "2026-10-25T05:00"),  # and back
        ("01:00-02:30 Europe/Berlin", "2026-03-29T00:30", "2026-03-29T01:30"),  # 02:30 is not there in that night
        ("01:00-02:30 Europe/Berlin", "2026-10-24T23:30", "2026-10-25T00:30"),  # it is twice in this one
        ("01:00-02:30 Europe/Berlin", "2026-10-25T01:10", "2026-10-25T01:30"),  # 02:10 for the second time
        ("22:00-00:00, 00:00-06:00", "2026-05-04T23:00", "2026-05-05T06:00"),
        ("09:00-10:00,08:30-09:00 Etc/GMT+5", "2026-05-04T13:40", "2026-05-04T15:00"),
    ],
)
def test_they_end_when_the_clock_on_the_wall_says_so(text: str, now: str, until: str | None) -> None:
    assert hours(text).contains(at(now)) is (until is not None)
    assert hours(text).ends_at(at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    "text",
    ["22-6", "22:00", "24:00-06:00", "22:60-06:00", "06:00-06:00", "22:00-06:00,", "22:00-06:00 Nowhere/City",
     "22:00-06:00 ../../etc/passwd", "-22:00-06:00", "22:00–06:00", "Europe/Berlin"],
)  # fmt: skip
def test_what_is_no_hours_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(ValueError, match="write QUIET_HOURS as 22:00-06:00 Europe/Berlin"):
        QuietHours.of(text)


TIMES = st.times().map(lambda moment: f"{moment:%H:%M}")
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])


@given(TIMES, TIMES, ZONES, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - made aware below
def test_the_end_is_later_and_not_quiet(start: str, end: str, zone: str, now: datetime) -> None:
    if start == end:
        return
    quiet, moment = hours(f"{start}-{end} {zone}"), now.replace(tzinfo=UTC)
    until = quiet.ends_at(moment)
    assert (until is not None) == quiet.contains(moment)
    if until:
        assert moment < until < moment + timedelta(hours=26)
