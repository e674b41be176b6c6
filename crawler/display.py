"""What the display of a crawl under way shows: lines that fit a terminal. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from crawler.asking.table import Heading, fitted, room_for
from crawler.closing import duration, run_counts
from crawler.stats import CHANGES

_GAP = "  "
_MOST_SITES = 20
_BESIDE = 5
"""Lines of a terminal that are not sites: title, total, status, and two of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row: one site, or all of them."""

    site: str
    posts: int | None = None
    """That the site says that it has, or that were found so far."""
    left: int | None = None
    """Of those, not accounted for yet; None where it is not known how many there will be."""
    read: int = 0
    stored: int = 0
    requests: int = 0
    errors: int = 0
    per_second: float | None = None
    """Articles stored."""

    @property
    def ends_in(self) -> float | None:
        """Seconds, where the total and the pace are known."""
        return self.left / self.per_second if self.left and self.per_second and self.per_second > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All sites together."""

    spider: str
    seconds: float
    given: int = 0
    """Sites that are to be crawled, or were."""
    under_way: int = 0
    """Of them, those that are not done."""
    is_closing: bool = False


_COUNTS = ("posts", "read", "stored", "rate", "requests", "errors", "ends in")
_HEADINGS = {"site": Heading("site", weight=1)} | {name: Heading(name, right=True) for name in _COUNTS}
_DROPPED = ("requests", "rate", "posts", "ends in", "stored")
"""Where a terminal is narrow, the first of them first."""


def sites_that_fit(height: int) -> int:
    """How many sites are shown in a terminal of so many lines: the log has at least half of it."""
    return max(0, min(_MOST_SITES, height // 2 - 1, height - _BESIDE))


def total(stats: Mapping[str, Any], sites: Sequence[Counted], run: Run) -> Counted:
    """The row of the whole run. It ends when its sites do, where all that are left are among ``sites``."""
    counted = run_counts(stats)
    left = [one.left for one in sites]
    return Counted(
        site="all sites",
        read=counted["articles"]["found"],
        stored=sum(counted["articles"][kind] for kind in CHANGES),
        requests=counted["requests"],
        errors=sum(counted["errors"].values()),
        left=sum(filter(None, left)) if run.under_way == len(sites) and None not in left else None,
    )


def lines(sites: Sequence[Counted], whole: Counted, run: Run, width: int) -> list[Text]:
    """The table with a line of status below. One site needs no total; none, as on a low terminal, is the total."""
    rows = [*sites, whole] if len(sites) != 1 or run.given > 1 else list(sites)
    return [*_table(rows, width), Text(_cut(_status(run, len(sites)), width), "dim")]


def _table(rows: Sequence[Counted], width: int) -> list[Text]:
    shown = [_cells(row) for row in rows]
    names = room_for(shown, _HEADINGS, _DROPPED, width)
    cells = [[row[name] for name in names] for row in shown]
    found = fitted(cells, [_HEADINGS[name] for name in names], width)
    return [_line(line, names, is_title=number == 0) for number, line in enumerate(found)]


def _cells(row: Counted) -> dict[str, str]:
    return {
        "site": row.site,
        "posts": "" if row.posts is None else f"{row.posts:,}",
        "read": f"{row.read:,}",
        "stored": f"{row.stored:,}",
        "rate": rate(row.per_second),
        "requests": f"{row.requests:,}",
        "errors": f"{row.errors:,}",
        "ends in": "" if row.ends_in is None else about(row.ends_in),
    }


def _line(cells: Sequence[str], names: Sequence[str], *, is_title: bool) -> Text:
    line = Text(_GAP.join(cells).rstrip(), "bold" if is_title else "", no_wrap=True)
    errors = cells[names.index("errors")]
    if not is_title and errors.strip() != "0":
        start = len(_GAP.join(cells[: names.index("errors") + 1])) - len(errors)
        line.stylize("red", start, start + len(errors))
    return line


def _status(run: Run, shown: int) -> str:
    parts = [f"{run.spider}, {duration(run.seconds)}"]
    if run.is_closing:
        parts.insert(0, "ending with what is under way (Ctrl-C again: at once)")
    if run.given > 1:
        parts.append(f"{run.given - run.under_way:,} of {run.given:,} sites are done")
    if run.under_way > shown:
        parts.append(f"{run.under_way - shown:,} more to do")
    return "; ".join(parts)


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else f"{set_cell_size(text, max(0, width - 1))}…"


def rate(per_second: float | None) -> str:
    """In the unit in which it is a number of one or two digits, if there is one."""
    if not per_second or per_second < 0:
        return ""
    for unit, seconds in (("s", 1), ("min", 60)):
        if per_second * seconds >= 1:
            return f"{per_second * seconds:,.0f}/{unit}"
    return f"{per_second * 3600:,.0f}/h"


def about(seconds: float) -> str:
    """A duration that is not known better than this."""
    for unit, size, most in (("s", 1, 99), ("min", 60, 99), ("h", 3600, 48)):
        if seconds / size < most:
            return f"{max(1, round(seconds / size))} {unit}"
    return f"{seconds / 86_400:,.0f} d"
