"""What the report says of sites and of crawls. Pure functions."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from crawler.asking import run_table
from crawler.exit_status import ExitStatus
from crawler.redaction import redact
from crawler.report.articles import steps
from crawler.report.model import Costs, Fact, Health, SiteHealth
from crawler.report.periods import Axis, begin
from crawler.site_record import SiteRecord, from_document
from crawler.site_report import rows

Document = Mapping[str, Any]

SITES = 100
"""That are shown; those in trouble come first."""

RUNS = 15
"""The latest runs, that are shown each."""

_SUMS = ("runs", "requests", "bytes", "articles", "timed", "seconds")


def health(documents: Iterable[Document], now: datetime) -> Health:
    """How the sites are."""
    counted: Counter[bool] = Counter()

    def ranked() -> Iterator[tuple[bool, str, Sequence[str]]]:
        for record in map(from_document, documents):
            counted[is_in_trouble(record)] += 1
            [cells] = rows([record], now)
            yield not is_in_trouble(record), record.id, [redact(cell) for cell in cells]

    shown = heapq.nsmallest(SITES, ranked())
    return Health([SiteHealth(cells, not is_well) for is_well, _, cells in shown], counted.total(), counted[True])


def is_in_trouble(record: SiteRecord) -> bool:
    """Whether somebody should look: it failed, keeps crawlers out, shows less than before, or posts are missing."""
    health = record.health
    is_ill = health is not None and bool(health.failures or health.blocked_since)
    is_broken = any(shown.broken_since for known in record.layout.values() for shown in known.values())
    return is_ill or is_broken or (record.complete is not None and not record.complete.value)


def costs(by_time: Iterable[Document], by_spider: Sequence[Document], latest: Iterable[Document], along: Axis) -> Costs:
    """What the crawls took."""
    requests: Counter[datetime] = Counter()
    for group in by_time:
        requests[begin(along.wall(group["_id"]), along.unit)] += int(group["requests"])
    return Costs(
        _facts(_sum(by_spider)), steps(along, requests), list(_spiders(by_spider)),
        [run_table.row(run) for run in latest],
    )  # fmt: skip


def _facts(total: Mapping[str, float]) -> list[Fact]:
    each = total["requests"] / total["articles"] if total["articles"] else None
    return [
        Fact("runs", f"{total['runs']:,.0f}"),
        Fact("requests", f"{total['requests']:,.0f}"),
        Fact("received", size(total["bytes"])),
        Fact("time of a run", _mean(total)),
        Fact("requests for each new article", f"{each:,.1f}" if each is not None else "-"),
    ]


def _spiders(groups: Sequence[Document]) -> Iterator[list[str]]:
    by_spider: dict[str, list[Document]] = defaultdict(list)
    for group in groups:
        by_spider[str(group["_id"].get("spider", "-"))].append(group)
    for spider, those in sorted(by_spider.items()):
        total = _sum(those)
        failed = sum(group["runs"] for group in those if group["_id"].get("exit_status") not in (ExitStatus.OK, None))
        numbers = [f"{number:,.0f}" for number in (total["runs"], failed, total["requests"])]
        longest = max(group["longest"] for group in those)
        yield [spider, *numbers, size(total["bytes"]), _mean(total), seconds(longest) if total["timed"] else "-"]


def _sum(groups: Iterable[Document]) -> dict[str, float]:
    total = dict.fromkeys(_SUMS, 0.0)
    for group in groups:
        for name in _SUMS:
            total[name] += group[name] or 0
    return total


def _mean(total: Mapping[str, float]) -> str:
    return seconds(total["seconds"] / total["timed"]) if total["timed"] else "-"


def seconds(number: float) -> str:
    """A time that passed, as short as it can be said: ``4.2 s``, ``3 min``, ``1.5 h``."""
    if number < 10:
        return f"{number:.1f} s"
    if number < 120:
        return f"{number:.0f} s"
    return f"{number / 60:.0f} min" if number < 7200 else f"{number / 3600:,.1f} h"


def size(number: float) -> str:
    """Bytes, in the fitting unit of 1,000."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 999.5:
            return f"{number:.0f} {unit}" if number >= 10 or unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:,.1f} TB"
