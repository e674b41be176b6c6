"""Normalisation of what languages write, and of what nobody does."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalisation import compatible


@given(st.text(max_size=60))
def test_it_is_nfkc(text: str) -> None:
    assert compatible(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("marks", ["\u0f71\u0f72", "\u0301", "\u0323\u0301"])
def test_a_million_marks_take_no_time(marks: str) -> None:
    start = process_time()
    assert len(compatible("a" + marks * 500_000 + "b")) < 40
    assert process_time() - start < 2


def test_every_mark_that_is_one_too_many_is_found() -> None:
    marks = [chr(code) for code in range(0x110000) if unicodedata.combining(chr(code))]
    assert len(marks) > 800
    for mark in marks:
        assert compatible("a" + mark * 31) == compatible("a" + mark * 30)
