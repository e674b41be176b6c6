"""Texts that were met."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compact import Met


@settings(max_examples=30)
@given(st.sets(st.text()), st.sets(st.text()), st.text())
def test_it_knows_what_it_met_and_nothing_else(first: set[str], more: set[str], one: str) -> None:
    met = Met(first)
    met.update(more)
    assert all(text in met for text in first | more)
    assert len(met) == len(first | more)
    assert (one in met) == (one in first | more)
    met.add(one)
    assert one in met
