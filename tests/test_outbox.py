"""What a reader of the outbox may pass, however its writers interleave, however their clocks differ."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.outbox import GAP, GRACE, in_order, is_overdue

from .examples import NOW

SECOND = timedelta(seconds=1)

Table = dict[int, dict[str, Any]]


def event(seq: int, kind: str = "article.added", **told: Any) -> dict[str, Any]:
    """An event as it is stored."""
    return {"_id": f"e{seq}", "seq": seq, "type": kind, "recorded_at": NOW} | told


def test_events_are_read_up_to_the_first_gap() -> None:
    reading = in_order([event(4), event(5), event(8), event(9)], 3)
    assert [found["seq"] for found in reading.events] == [4, 5]
    assert (reading.after, reading.missing, reading.beyond) == (5, range(6, 8), NOW)


def test_a_closed_gap_is_passed_and_is_no_event() -> None:
    reading = in_order([event(4, GAP), event(5), event(6, GAP)], 3)
    assert [found["seq"] for found in reading.events] == [5]
    assert (reading.after, reading.is_held_up) == (6, False)


def test_nothing_found_is_nothing_read() -> None:
    assert (in_order([], 3).after, in_order([], 3).is_held_up) == (3, False)


@pytest.mark.parametrize(
    ("age", "waited", "overdue"),
    [
        (GRACE - SECOND, timedelta(0), False),
        (GRACE, timedelta(0), True),
        (-timedelta(hours=1), GRACE - SECOND, False),  # the writer's clock is ahead
        (-timedelta(hours=1), GRACE, True),
    ],
)
def test_a_gap_is_old_by_the_clock_or_by_waiting(age: timedelta, waited: timedelta, *, overdue: bool) -> None:
    assert is_overdue(in_order([event(2)], 0), NOW + age, waited) is overdue


def test_what_is_not_in_the_way_is_never_overdue() -> None:
    assert not is_overdue(in_order([event(1)], 0), NOW + GRACE, GRACE)


def writer(name: int, table: Table, counter: Iterator[int], clock: list[int], skew: int) -> Iterator[None]:
    """Appends events of its articles in batches of two, one write a step; may be stopped (killed) after any step.

    As ``storage.events.Events.append``: what is refused, and all behind it, gets new numbers.
    """
    for revision in count():
        waiting = [f"{name}:{revision}:{article}" for article in "ab"]
        while waiting:
            numbers = [next(counter) for _ in waiting]
            recorded = NOW + SECOND * (clock[0] + skew)
            yield
            for seq, told in zip(numbers, list(waiting), strict=True):
                if seq in table:
                    break
                table[seq] = {"_id": told, "seq": seq, "type": "article.changed", "recorded_at": recorded}
                waiting.remove(told)
                yield


STEPS = st.lists(st.sampled_from(["0", "1", "2", "kill 0", "kill 1", "read", "read", "look back", "wait"]), max_size=80)
SKEWS = st.tuples(*[st.integers(-3600, 3600)] * 4)


@given(steps=STEPS, skews=SKEWS, grace=st.sampled_from([0, 3, 20]))
def test_every_event_is_read_once_and_in_order_whatever_happens(
    steps: list[str], skews: tuple[int, int, int, int], grace: int
) -> None:
    table: Table = {}
    counter, clock, read, cursor, since = count(1), [0], [], 0, 0
    writers = {str(n): writer(n, table, counter, clock, skews[n]) for n in range(3)}
    for step in [*steps, *["read", *["wait"] * 20] * 60]:  # in the end it waits at each gap for as long as it must
        if step in writers:
            next(writers[step])
        elif step.startswith("kill"):
            writers.pop(step[-1], None)
        elif step == "wait":
            clock[0] += 1
        elif step == "read":
            reading = in_order([table[seq] for seq in sorted(table) if seq > cursor], cursor)
            read += [found["_id"] for found in reading.events]
            since = since if reading.after == cursor else clock[0]
            cursor = reading.after
            now, waited = NOW + SECOND * (clock[0] + skews[3]), SECOND * (clock[0] - since)
            if is_overdue(reading, now, waited, SECOND * grace):
                table |= {seq: event(seq, GAP) for seq in reading.missing if seq not in table}
        else:
            assert set(range(1, cursor + 1)) <= table.keys(), "nothing can appear behind the cursor any more"
    written = [table[seq]["_id"] for seq in sorted(table) if table[seq]["type"] != GAP]
    assert read == written
    assert len(set(read)) == len(read)
    for name in range(3):
        for article in "ab":
            revisions = [int(told.split(":")[1]) for told in read if told[0] == str(name) and told[-1] == article]
            assert revisions == sorted(revisions)
