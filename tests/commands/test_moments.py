"""Moments on the command line."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from crawler.commands.moments import moment

from ..examples import NOW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-01", datetime(2025, 3, 1, tzinfo=UTC)),
        (" 2025-03-01T08:30 ", datetime(2025, 3, 1, 8, 30, tzinfo=UTC)),
        ("2025-03-01T08:30:00+02:00", datetime(2025, 3, 1, 6, 30, tzinfo=UTC)),
        ("2025-03-01T08:30Z", datetime(2025, 3, 1, 8, 30, tzinfo=UTC)),
        ("90m", NOW - timedelta(minutes=90)),
        ("12H", NOW - timedelta(hours=12)),
        ("7d", NOW - timedelta(days=7)),
        ("4w", NOW - timedelta(weeks=4)),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_dates_and_how_long_ago(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["", "yesterday", "7", "d", "-7d", "2025-13-01", "9999999d", "999999w"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no date: give"):
        moment(text)
