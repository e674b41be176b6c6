"""Limits on a clock that is passed in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.push.limits import Buckets, Rate, Recent, Window, debounced


def test_the_first_push_is_served_at_once_and_one_more_at_the_end_of_the_window() -> None:
    window, after = debounced(None, 100.0, 30.0)
    assert (window, after) == (Window(100.0), 0.0)
    window, after = debounced(window, 110.0, 30.0)
    assert (window, after) == (Window(100.0, queued=True), 20.0)
    assert debounced(window, 129.9, 30.0) == (window, None)


def test_a_queued_look_begins_a_window_of_its_own() -> None:
    assert debounced(Window(100.0, queued=True), 135.0, 30.0) == (Window(130.0, queued=True), 25.0)
    assert debounced(Window(100.0, queued=True), 160.0, 30.0) == (Window(160.0), 0.0)
    assert debounced(Window(100.0), 130.0, 30.0) == (Window(130.0), 0.0)


@given(st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_after_every_push_there_is_a_look_and_never_two_within_a_window(gaps: list[float]) -> None:
    now, window, looks = 0.0, None, list[float]()
    for gap in gaps:
        now += gap
        window, after = debounced(window, now, 30.0)
        if after is not None:
            looks.append(now + after)
        assert looks[-1] >= now - 1e-6
    assert all(later - earlier >= 30 - 1e-6 for earlier, later in pairwise(looks))


def test_a_thousand_pushes_a_second_lead_to_one_look_in_a_window() -> None:
    window, looks = None, 0
    for number in range(30_000):
        window, after = debounced(window, number / 1000, 10.0)
        looks += after is not None
    assert looks == 4  # at 0, 10, 20 and 30 seconds


def test_an_address_has_a_burst_and_then_its_rate() -> None:
    buckets = Buckets(Rate(per_second=0.5, burst=3), most=10)
    for _ in range(3):
        assert buckets.has_token("a", 0.0)
        buckets.charge("a", 0.0)
    assert not buckets.has_token("a", 1.9)
    assert buckets.wait("a", 1.0) == 1.0
    assert buckets.has_token("a", 2.0)
    assert buckets.has_token("b", 0.0)
    buckets.charge("a", 2.0)
    assert not buckets.has_token("a", 3.0)
    assert buckets.has_token("a", 1000.0)


def test_a_clock_that_goes_back_gives_nothing() -> None:
    buckets = Buckets(Rate(per_second=1, burst=1), most=10)
    buckets.charge("a", 100.0)
    assert not buckets.has_token("a", 50.0)


def test_memory_is_bounded_and_the_oldest_is_forgotten() -> None:
    recent: Recent[int, str] = Recent(2)
    for key in (1, 2, 1, 3):
        recent.put(key, str(key))
    assert (len(recent), recent.get(1), recent.get(2), recent.get(3)) == (2, "1", None, "3")
    recent.forget(1)
    recent.forget(9)
    assert len(recent) == 1
