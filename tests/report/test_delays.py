"""How fast articles were seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.report.delays import Delays, SiteDelay, quantile


def test_half_and_nine_of_ten_of_each_site_and_of_all() -> None:
    delays = Delays()
    delays.add("a.example", [(0, 5), (4, 3), (90, 2)])
    delays.add("b.example", [(3000, 1), (-7, 1)])
    delays.add("c.example", [])
    assert delays.articles == 12
    assert delays.sites(5) == [
        SiteDelay("a.example", 10, "< 1 min", "1 h 30 min"),
        SiteDelay("b.example", 2, "< 1 min", "2 d 2 h"),
    ]
    assert delays.sites(1) == delays.sites(5)[:1]
    assert delays.total() == SiteDelay("", 12, "< 1 min", "1 h 30 min")
    assert dict(delays.buckets()) == {
        "under 1 min": 6, "1 to 5 min": 3, "5 to 15 min": 0, "15 to 60 min": 0, "1 to 3 h": 2, "3 to 12 h": 0,
        "12 to 24 h": 0, "longer": 1,
    }  # fmt: skip


def test_nothing_is_said_of_nothing() -> None:
    assert Delays().total() is None
    with pytest.raises(ValueError, match="no value"):
        quantile([], 0.5)


@given(st.lists(st.integers(0, 5000), min_size=1), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_one_of_the_values_and_as_many_are_not_above(values: list[int], part: float) -> None:
    found = quantile([(value, 1) for value in sorted(values)], part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values)
    assert sum(value < found for value in values) < part * len(values)
