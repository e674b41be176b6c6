"""Crawls, a line each. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

from crawler.asking.filters import Query, one_of, period
from crawler.asking.table import Heading, in_two, styled
from crawler.asking.words import UNKNOWN, listed, minute
from crawler.exit_status import MEANINGS, ExitStatus
from crawler.story_report import span

Document = Mapping[str, Any]

_NUMBERS = tuple(Heading(title, right=True) for title in ("NEW", "CHANGED", "GONE", "ERRORS", "REQUESTS", "TIME"))
HEADINGS = (Heading("STARTED"), Heading("SPIDER"), *_NUMBERS, Heading("RESULT"), Heading("SITES"))

FIELDS = ("spider", "started_at", "finished_at", "finish_reason", "exit_status", "hosts", "sites.site", "counts")


def run_query(sites: Sequence[str], since: Any, until: Any) -> Query:
    """The runs that began in a period, and crawled one of these sites.

    A run that was killed knows only their hosts, and so does one of a spider that reports of no site.
    """
    query: Query = {"started_at": within} if (within := period(since, until)) else {}
    if sites:
        hosts = list(dict.fromkeys(site.partition("/")[0] for site in sites))
        by_host = {"sites.site": {"$exists": False}, "hosts": one_of(hosts)}
        query["$or"] = [{"sites.site": one_of(sites)}, by_host]
    return query


def lines(runs: Iterable[Document], width: int | None) -> Iterator[Text]:
    """On a terminal two lines each, the second with the result and the sites; in a pipe one line with everything."""
    if width is None:
        return styled(rows(runs), HEADINGS, None)
    return in_two(runs, HEADINGS[:-2], width, lambda run: row(run)[:-2], lambda run: " · ".join(row(run)[-2:]))


def rows(runs: Iterable[Document]) -> Iterator[list[str]]:
    """The cells of each."""
    return map(row, runs)


def row(run: Document) -> list[str]:
    """The cells of a run."""
    counts = run.get("counts") or {}
    articles = counts.get("articles") or {}
    return [
        minute(run.get("started_at")),
        str(run.get("spider", UNKNOWN)),
        *(_number(articles.get(name)) for name in ("added", "changed", "gone")),
        _number(sum(counts["errors"].values()) if "errors" in counts else None),
        _number(counts.get("requests")),
        _took(run),
        result(run),
        listed(sites_of(run)),
    ]


def sites_of(run: Document) -> list[str]:
    """What it crawled: sites, or the hosts where it does not say more."""
    return [str(site["site"]) for site in run.get("sites") or ()] or list(run.get("hosts") or ())


def _number(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def _took(run: Document) -> str:
    if "finished_at" not in run or "exit_status" not in run:
        return UNKNOWN
    took = run["finished_at"] - run["started_at"]
    return span(took) if took.total_seconds() >= 60 else f"{took.total_seconds():.0f} s"


def is_under_way(run: Document) -> bool:
    """Whether a run goes on, of those that ``storage.run_list.judged`` has looked at."""
    return not {"exit_status", "finish_reason"} & run.keys()


def result(run: Document) -> str:
    """How a run ended, in words."""
    if "exit_status" not in run:
        return "under way" if is_under_way(run) else "killed"
    status = run["exit_status"]
    if status == ExitStatus.OK and (ended := (run.get("counts") or {}).get("ended")):
        done = f"done, {sum(ended.values())} " if len(sites_of(run)) > 1 else ""
        return f"{status} {done}left for now ({', '.join(ended)})"
    return f"{status} {MEANINGS[ExitStatus(status)]}" if status in set(ExitStatus) else str(status)
