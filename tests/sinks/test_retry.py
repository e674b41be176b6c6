"""What a sink's answer means."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sink_state import SinkState
from crawler.sinks.options import SinkOptions
from crawler.sinks.retry import Answer, after_failure

from ..examples import NOW

SINK = SinkState("webhook", after=7)
DOWN = Answer(status=503)


@pytest.mark.parametrize(("status", "delivered"), [(200, True), (204, True), (302, False), (410, False), (500, False)])
def test_only_2xx_is_delivered(status: int, *, delivered: bool) -> None:
    assert Answer(status=status).is_delivered is delivered
    assert not Answer(error="timeout").is_delivered


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    sink, pauses = SINK, []
    for _ in range(12):
        sink = after_failure(sink, DOWN, NOW, SinkOptions(), chance=1.0)
        pauses.append(sink.waits(NOW).total_seconds())
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
    assert (sink.failures, sink.after, sink.state, sink.last_error) == (12, 7, "active", "http_503")


def test_a_receiver_that_is_down_for_a_day_is_not_given_up_before() -> None:
    sink, now = SINK, NOW
    while sink.state == "active":
        sink = after_failure(sink, DOWN, now, SinkOptions(), chance=1.0)
        now += sink.waits(now)
    assert now - NOW > timedelta(hours=23)
    assert sink.failures == 100


@given(failures=st.integers(0, 10_000), chance=st.floats(0, 1), told=st.none() | st.text(max_size=20))
def test_the_next_attempt_is_neither_at_once_nor_never(failures: int, chance: float, told: str | None) -> None:
    failed = after_failure(SinkState("x", 0, failures=failures), Answer(503, None, told), NOW, SinkOptions(), chance)
    assert timedelta(seconds=3.75) <= failed.waits(NOW) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999", 86_400),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), 0),
        ("Wed, 03 Dec 2025 18:05:00 -0000", 300),
        ("soon", 0),
        ("-5", 0),
        ("²", 0),
        (None, 0),
    ],
)
def test_what_a_receiver_asks_for(header: str | None, seconds: int) -> None:
    failed = after_failure(SINK, Answer(429, None, header), NOW, SinkOptions(), chance=0.0)
    assert failed.waits(NOW).total_seconds() == max(seconds, 3.75)


def test_what_waits_no_more() -> None:
    failed = after_failure(SINK, DOWN, NOW, SinkOptions(), chance=1.0)
    assert failed.waits(NOW + timedelta(seconds=6)) == timedelta(0)
    assert SINK.waits(NOW) == timedelta(0)
