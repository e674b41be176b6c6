"""What the report says of articles, from figures of the database. Pure functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawler.asking.printable import on_one_line
from crawler.report.model import Bar, Fact, Hours, Ranking, SiteRow, Steps
from crawler.report.periods import Axis, axis, begin

Figures = Mapping[str, Any]

SITES = 20
"""Sites that have a row of their own."""

VERBS = {"published": "published", "new": "found", "changed": "changed", "gone": "taken away"}
"""By ``filters.Dated``."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_LONGEST = 120
"""Characters of a name or a title."""

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=366)
"""Dates beyond are mistakes, and would leave no room for the others."""


def facts(by_site: Sequence[Figures]) -> list[Fact]:
    """What to know first."""
    labels = {"articles": "articles", "changed": "changed since", "gone": "taken away", "copies": "copies of others"}
    told = [Fact(label, f"{sum(site[name] for site in by_site):,}") for name, label in labels.items()]
    return [told[0], Fact("sites", f"{len(by_site):,}"), *told[1:]]


def stored(by_site: Sequence[Figures], zone: ZoneInfo, *, of_some: bool) -> str:
    """Of when the articles of all sites, or ``of_some``, are; nothing if none has a date."""
    dated = [site for site in by_site if site["dated"]]
    if not dated:
        return ""
    first, last = min(site["first"] for site in dated), max(site["last"] for site in dated)
    total, which = sum(site["articles"] for site in by_site), " of these sites" if of_some else ""
    days = f"{first.astimezone(zone):%Y-%m-%d} to {last.astimezone(zone):%Y-%m-%d}"
    return f"the {total:,} that are stored{which} were published from {days}"


def axis_of(
    by_site: Iterable[Figures], since: datetime | None, until: datetime | None, now: datetime, zone: ZoneInfo
) -> Axis | None:
    """The time that the articles span, or that was asked for; None where no date is known."""
    dated = [site for site in by_site if site["dated"]]
    if not dated:
        return None
    first = since or min(site["first"] for site in dated)
    last = until or max([site["last"] for site in dated] + ([now] if since else []))
    first, last = (min(max(at, _EARLIEST), now + _AHEAD) for at in (first, last))
    return axis(first, last, zone)


def steps_by_site(along: Axis, counted: Iterable[Figures], named: Sequence[str]) -> tuple[Steps, dict[str, Steps]]:
    """Articles along an axis, of all sites and of each that is named."""
    whole: Counter[datetime] = Counter()
    by_site: dict[str, Counter[datetime]] = defaultdict(Counter)
    wanted = set(named)
    for group in counted:
        at, site = begin(along.wall(group["_id"]["at"]), along.unit), group["_id"]["site"]
        whole[at] += group["articles"]
        if site in wanted:
            by_site[site][at] += group["articles"]
    return steps(along, whole), {site: steps(along, by_site[site]) for site in named}


def steps(along: Axis, counted: Mapping[datetime, int]) -> Steps:
    """Numbers by the begin of their step, along an axis."""
    values = [(at, counted.get(at, 0)) for at in along]
    return Steps(along.unit, values, sum(counted.values()) - sum(value for _, value in values))


def site_rows(by_site: Sequence[Figures], steps_of: Mapping[str, Steps], along: Axis | None) -> list[SiteRow]:
    """A row for each site that has steps, or without an axis for the first."""
    nothing = Steps("day")
    return [
        SiteRow(
            site["_id"], site["articles"], f"{site['words'] / site['articles']:,.0f}", site["changed"], site["gone"],
            site["copies"], f"{along.wall(site['last']):%Y-%m-%d}" if along and site["dated"] else "-",
            steps_of.get(site["_id"], nothing),
        )
        for site in by_site[:SITES]
    ]  # fmt: skip


def hours(counted: Iterable[Figures]) -> Hours | None:
    """The week as a grid; None if no time of day is known."""
    grid = [[0] * 24 for _ in WEEKDAYS]
    for group in counted:
        grid[group["_id"]["weekday"] - 1][group["_id"]["hour"]] += group["articles"]
    return Hours(grid, _busiest(grid)) if any(map(any, grid)) else None


def _busiest(grid: Sequence[Sequence[int]]) -> str:
    total = sum(map(sum, grid))
    by_hour = [sum(day[hour] for day in grid) for hour in range(24)]
    day, hour = max(range(7), key=lambda d: sum(grid[d])), max(range(24), key=lambda h: by_hour[h])
    return (
        f"{total:,} articles with a known time of day: most on {WEEKDAYS[day]} ({sum(grid[day]) / total:.0%}), "
        f"and between {hour:02}:00 and {hour:02}:59 ({by_hour[hour] / total:.0%})."
    )


def ranking(counted: Iterable[Figures], without: int) -> Ranking:
    """The names of a list."""
    return Ranking(bars([(name_of(group["_id"]), group["articles"]) for group in counted]), without)


def name_of(told: object) -> str:
    """A name as it is shown: on one line, and of one without end the beginning."""
    name = on_one_line(str(told))
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def bars(pairs: Sequence[tuple[str, int]]) -> list[Bar]:
    """Numbers to compare."""
    largest = max((number for _, number in pairs), default=0)
    return [Bar(name, number, number / largest) for name, number in pairs]
