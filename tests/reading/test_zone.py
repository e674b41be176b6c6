"""Times without a zone are in the site's, as far as the page shows it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.reading.datetext import Stamp
from crawler.reading.zone import in_utc
from tests.reading.build import page

_DAY = Stamp(datetime(2025, 12, 3), timed=False)  # noqa: DTZ001  # what a text without a zone says
_TIME = Stamp(datetime(2025, 12, 3, 21, 30), timed=True)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("offset", "day", "time"),
    [
        ("-05:00", datetime(2025, 12, 3, 17, tzinfo=UTC), datetime(2025, 12, 4, 2, 30, tzinfo=UTC)),
        ("+02:00", datetime(2025, 12, 3, 10, tzinfo=UTC), datetime(2025, 12, 3, 19, 30, tzinfo=UTC)),
        ("+13:00", datetime(2025, 12, 2, 23, tzinfo=UTC), datetime(2025, 12, 3, 8, 30, tzinfo=UTC)),
        ("+00:00", datetime(2025, 12, 3, 12, tzinfo=UTC), datetime(2025, 12, 3, 21, 30, tzinfo=UTC)),
    ],
)
def test_the_offset_of_a_comment_is_the_sites(offset: str, day: datetime, time: datetime) -> None:
    post = page(f'<li><time datetime="2025-12-05T10:00:00{offset}">x</time></li>')
    assert in_utc(post, _DAY) == day
    assert in_utc(post, _TIME) == time


def test_the_nearest_time_tells_summer_from_winter() -> None:
    post = page(
        '<time datetime="2025-07-05T10:00:00-04:00">x</time><time datetime="2025-11-30T10:00:00-05:00">x</time>'
    )
    assert in_utc(post, _DAY) == datetime(2025, 12, 3, 17, tzinfo=UTC)


def test_a_page_without_times_is_taken_for_utc() -> None:
    assert in_utc(page(), _TIME) == datetime(2025, 12, 3, 21, 30, tzinfo=UTC)
    assert in_utc(page(), _DAY) == datetime(2025, 12, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize("offset", range(-12, 12))
def test_noon_in_utc_is_that_day_on_the_site_wherever_it_is_but_in_the_far_east(offset: int) -> None:
    there = in_utc(page(), _DAY).astimezone(timezone(timedelta(hours=offset)))
    assert there.date() == _DAY.when.date()
