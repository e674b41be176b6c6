"""Columns that fit."""

from collections.abc import Iterator
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from crawler.asking.table import Heading, lines, room_for

HEADINGS = (Heading("WHEN"), Heading("TITLE", 3), Heading("NAMES", 1), Heading("N", right=True))


def test_without_a_width_nothing_is_cut() -> None:
    rows = [("today", "A title", "Jane Doe", "7"), ("-", "Another title that is long", "", "1,024")]
    assert list(lines(rows, HEADINGS)) == [
        "WHEN   TITLE                       NAMES         N",
        "today  A title                     Jane Doe      7",
        "-      Another title that is long            1,024",
    ]


def test_a_narrow_terminal_cuts_what_may_be_cut() -> None:
    rows = [("today", "A title that is rather long", "Jane Doe, John Roe", "7")]
    assert list(lines(rows, HEADINGS, 40)) == [
        "WHEN   TITLE                  NAMES    N",
        "today  A title that is rath…  Jane D…  7",
    ]


def test_wide_characters_take_two_cells() -> None:
    shown = list(
        lines([("x", "日本語の見出しはとても長い", "é", "1"), ("y", "e\u0301te\u0301", "", "2")], HEADINGS, 30)
    )
    assert [cell_len(line) for line in shown] == [30, 30, 30]
    assert shown[1].startswith("x     日本語の")
    assert "…" in shown[1]


def test_right_to_left_text_is_kept_apart_from_the_other_columns() -> None:
    [_, line] = lines([("12", "שלום עולם", "Jane", "7")], HEADINGS)
    assert line == "12    \u2068שלום עולם\u2069  Jane   7"


def test_what_a_cell_holds_stays_on_its_line() -> None:
    [_, line] = lines([("\x1b[2J", "a\nb", "", "")], HEADINGS)
    assert line == "�[2J  a b"


def test_of_nothing_there_is_no_title_either() -> None:
    assert list(lines([], HEADINGS)) == []


def test_rows_are_not_held() -> None:
    def endless() -> Iterator[tuple[str, ...]]:
        while True:
            yield ("a", "b", "c", "d")

    assert len(list(islice(lines(endless(), HEADINGS, 80), 1000))) == 1000


@given(
    st.lists(st.tuples(*[st.text(max_size=30)] * 3, st.text(max_size=3)), min_size=1, max_size=5), st.integers(50, 200)
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, ...]], width: int) -> None:
    rows = [(when[:9], *rest) for when, *rest in rows]
    assert all(cell_len(line) <= width for line in lines(rows, HEADINGS, width))


def test_columns_that_may_be_left_out_are_while_there_is_no_room() -> None:
    headings = {"site": Heading("site", weight=1), "posts": Heading("posts"), "read": Heading("read")}
    rows = [{"site": "a" * 40, "posts": "1,234,567", "read": "新聞"}]
    assert room_for(rows, headings, ("posts", "read"), 99) == ["site", "posts", "read"]
    assert room_for(rows, headings, ("posts", "read"), 14 + 2 + 9 + 2 + 4) == ["site", "posts", "read"]
    assert room_for(rows, headings, ("posts", "read"), 14 + 2 + 9 + 2 + 3) == ["site", "read"]
    assert room_for(rows, headings, ("posts", "read"), 5) == ["site"]
