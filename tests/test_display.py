"""What the display of a crawl shows."""

from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from crawler.display import Counted, Run, about, lines, rate, sites_that_fit, total

NEWS = Counted(
    site="news.example", posts=12_340, left=11_540, read=800, stored=780, requests=12, errors=3, per_second=4.0
)
IDN = Counted(site="新聞.example", posts=20, read=20, stored=20, requests=25, per_second=0.5)
WHOLE = Counted(site="all sites", read=820, stored=800, requests=37, errors=3, per_second=4.5)
ONE = Run(spider="wordpress", seconds=83.4, given=1, under_way=1)
MANY = Run(spider="wordpress", seconds=83.4, given=1200, under_way=40)


def shown(*told: Any) -> list[str]:
    """The lines as text."""
    return [line.plain for line in lines(*told)]


def test_one_site_needs_no_total() -> None:
    assert shown([NEWS], WHOLE, ONE, 99) == [
        "site           posts  read  stored  rate  requests  errors  ends in",
        "news.example  12,340   800     780   4/s        12       3   48 min",
        "wordpress, 1 min 23 s",
    ]


def test_several_sites_and_all_of_them() -> None:
    assert shown([NEWS, IDN], WHOLE, MANY, 99) == [
        "site           posts  read  stored    rate  requests  errors  ends in",
        "news.example  12,340   800     780     4/s        12       3   48 min",
        "新聞.example      20    20      20  30/min        25       0",
        "all sites              820     800     4/s        37       3",
        "wordpress, 1 min 23 s; 1,160 of 1,200 sites are done; 38 more to do",
    ]


def test_a_narrow_terminal_has_the_columns_that_fit() -> None:
    assert shown([NEWS, IDN], WHOLE, MANY, 39) == [
        "site          read  stored  errors",
        "news.example   800     780       3",
        "新聞.example    20      20       0",
        "all sites      820     800       3",
        "wordpress, 1 min 23 s; 1,160 of 1,200 …",
    ]


@pytest.mark.parametrize("width", [10, 20, 39, 45, 60, 79, 119])
@pytest.mark.parametrize("name", ["a" * 70 + ".example", "新聞" * 30, "m\u0301" * 50])
def test_no_line_is_wider_than_the_terminal(width: int, name: str) -> None:
    sites = [NEWS, Counted(site=name, posts=123_456_789, read=123_456_789)]
    widest = max(cell_len(line) for line in shown(sites, WHOLE, MANY, width))
    assert widest <= max(width, len("site  read  errors") + len("123,456,789") - len("read") + len("all sites"))


def test_what_a_terminal_would_obey_is_shown() -> None:
    evil = Counted(site="a\x1b]0;evil\x07\n\x9b2J.example")
    assert shown([evil], WHOLE, ONE, 99)[1].startswith("a�]0;evil� �2J.example  ")


def test_errors_are_red_and_none_are_not() -> None:
    found = lines([IDN, NEWS, replace(IDN, errors=7)], WHOLE, MANY, 99)
    red = [line.plain[span.start : span.end] for line in found for span in line.spans if span.style == "red"]
    assert red == ["     3", "     7", "     3"]


def test_a_low_terminal_shows_the_total_alone() -> None:
    assert [sites_that_fit(height) for height in (3, 5, 6, 12, 24, 60, 200)] == [0, 0, 1, 5, 11, 20, 20]
    assert shown([], WHOLE, ONE, 60)[1].startswith("all sites")


def test_an_end_that_was_asked_for_is_told() -> None:
    closing = Run(spider="wordpress", seconds=9.0, given=1, under_way=1, is_closing=True)
    assert shown([NEWS], WHOLE, closing, 99)[-1] == (
        "ending with what is under way (Ctrl-C again: at once); wordpress, 9.0 s"
    )


STATS = {
    "presswalk/articles/found": 30,
    "presswalk/articles/added": 20,
    "presswalk/articles/unchanged": 5,
    "presswalk/articles/duplicate": 3,
    "presswalk/errors/timeout": 2,
    "presswalk/errors/http_500": 1,
    "downloader/request_count": 44,
}


def test_the_whole_run() -> None:
    two = Run(spider="wordpress", seconds=1.0, given=3, under_way=2)
    sites = [Counted(site="a", left=10), Counted(site="b", left=0)]
    whole = Counted(site="all sites", read=30, stored=25, requests=44, errors=3, left=10)
    assert total(STATS, sites, two) == whole
    assert total(STATS, [*sites, Counted(site="c")], two).left is None
    assert total(STATS, sites[:1], two).left is None


def test_an_end_is_told_where_total_and_pace_are_known() -> None:
    assert Counted(site="a", left=50, per_second=2.0).ends_in == 25.0
    for left, per_second in ((50, None), (None, 2.0), (5, 0.0), (0, 2.0)):
        assert Counted(site="a", left=left, per_second=per_second).ends_in is None


@pytest.mark.parametrize(
    ("per_second", "told"),
    [(None, ""), (0.0, ""), (-1.0, ""), (1234.5, "1,234/s"), (1.0, "1/s"), (0.5, "30/min"), (0.001, "4/h")],
)
def test_rates(per_second: float | None, told: str) -> None:
    assert rate(per_second) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (98.0, "98 s"), (120.0, "2 min"), (5939.0, "99 min"), (7200.0, "2 h"), (864_000.0, "10 d")],
)
def test_durations(seconds: float, told: str) -> None:
    assert about(seconds) == told
