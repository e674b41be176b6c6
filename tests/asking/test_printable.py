"""Nothing that a terminal obeys reaches it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.asking.printable import on_one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, über, 日本, مرحبا, 👩‍👩‍👧\n\tnext", "plain, über, 日本, مرحبا, 👩‍👩‍👧\n\tnext"),
        ("\x1b[31mred", "�[31mred"),
        ("\x9b31m", "�31m"),
        ("over\rwritten", "over�written"),
        ("back\x08space\x7f\x00", "back�space��"),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("evil\u202etxt.exe", "evil�txt.exe"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_cell_is_one_line() -> None:
    assert on_one_line(" a\n b\tc\u2028d\x1b ") == "a b c d�"


@given(st.text())
def test_whatever_it_is(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in shown)
    assert printable(shown) == shown
    assert "\n" not in on_one_line(text)
