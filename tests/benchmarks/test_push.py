"""What the benchmark of pushes makes of its figures."""

from dataclasses import replace

from benchmarks.push.__main__ import missed_by
from benchmarks.push.flood import Flood, lines
from benchmarks.push.latency import table
from tests.wordpress.pushing import Timeline

FAST = Timeline(told=0.1, asked=0.1, feed=0.1, waited=1.0, rest=0.2, stored=0.5)
SLOW = replace(FAST, waited=3.0)
CALM = Flood(answered=30_000, seconds=30.0, median=0.002, p99=0.02, before=110, most=120, after=118, cpu=15.0,
             looks=[4, 5], closest=9.9, polled=14, polls_due=15)  # fmt: skip


def test_the_table_tells_each_step_and_the_whole() -> None:
    head, _, *steps, whole = table([FAST, SLOW, FAST])
    assert head == "| step, median of 3 | s | share | from | to |"
    assert len(steps) == 6
    assert steps[3].endswith("| 1.000 | 50% | 1.000 | 3.000 |")
    assert whole == "| **from the ping to the article** | 2.000 | 100% | 2.000 | 4.000 |"


def test_a_calm_flood_misses_nothing() -> None:
    assert missed_by(CALM, window=10) == []
    assert lines(CALM)[0] == "pings answered      30,000 in 30.0 s: 1,000 a second"
    assert "500 µs a ping" in lines(CALM)[3]


def test_what_a_flood_did_wrong_is_named() -> None:
    wild = replace(CALM, most=300, looks=[1, 40], polled=1)
    assert missed_by(wild, window=10) == [
        "memory grew by 190 MB",
        "a site was looked at 40 times",
        "a site was looked at 1 times",
        "polling: 1 looks of 15",
    ]
