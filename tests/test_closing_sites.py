"""The sites of the closing table."""

from collections import Counter

from rich.cells import cell_len

from crawler.closing_sites import MOST_SITES, site_lines
from crawler.ledger import Account

GOOD = Account(requests=38, found=1042, changes=Counter(added=1000, changed=2, unchanged=40), outcome="done")
OLD = Account(requests=2, outcome="nothing new")
CUT = Account(requests=9, found=7, changes=Counter(added=7))
WAITS = Account()
FAULTY = Account(requests=40, found=30, errors=3, changes=Counter(unchanged=29, gone=1), outcome="incomplete")
LOST = Account(requests=3, outcome="dns")
SITES = {
    "good.example": GOOD, "old.example": OLD, "cut.example": CUT, "waits.example": WAITS, "faulty.example": FAULTY,
    "lost.example": LOST,
}  # fmt: skip


def test_what_went_worst_comes_first() -> None:
    assert site_lines(SITES) == [
        "site            found    new  changed  unchanged  gone  requests  errors  result",
        "lost.example        0      0        0          0     0         3       0  dns",
        "faulty.example     30      0        0         29     1        40       3  incomplete",
        "cut.example         7      7        0          0     0         9       0  interrupted",
        "waits.example       0      0        0          0     0         0       0  not begun",
        "good.example    1,042  1,000        2         40     0        38       0  done",
        "old.example         0      0        0          0     0         2       0  nothing new",
    ]


def test_one_site_needs_no_row_of_its_own() -> None:
    assert site_lines({}) == site_lines({"good.example": GOOD}) == []


def test_thousands_of_sites_take_a_screen() -> None:
    many = {f"{number}.example": Account(requests=1, found=1, outcome="done") for number in range(3000)}
    rows = site_lines(many | SITES, forgotten=10)
    assert len(rows) == 1 + MOST_SITES + 1
    assert rows[1].startswith("lost.example")
    assert rows[-1] == f"and 2,996 more, with {3000 + 1079 - 37 - 1042 - 15:,} found"


def test_a_narrow_terminal_has_the_columns_that_fit() -> None:
    rows = site_lines(SITES, width=50)
    assert rows[:2] == [
        "site            found    new  errors  result",
        "lost.example        0      0       0  dns",
    ]
    assert max(map(cell_len, site_lines(SITES | {"新聞" * 20: GOOD}, width=50))) <= 50


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert site_lines({"a\x1b[2J": LOST, "b": GOOD})[1].startswith("a�[2J ")
