"""What reading an archive again amounted to: the lines at its end, and its exit status. Pure."""

from collections.abc import Mapping
from typing import Any

from crawler.closing import duration, with_reasons
from crawler.exit_status import MEANINGS, ExitStatus
from crawler.rereading import Verdict
from crawler.stats import counts

_CHANGES = (("new", "added"), ("read otherwise", "reread"), ("changed by the site", "changed"))


def closing_lines(
    stats: Mapping[str, Any], records: Mapping[str, int], seconds: float, status: ExitStatus
) -> list[str]:
    """``records``: those that could not be used, by reason."""
    articles, met = counts(stats, "articles"), counts(stats, "reread")
    left = met.get(Verdict.OUTDATED, 0), met.get(Verdict.OTHER_ROUTE, 0)
    unchanged = max(0, articles.get("unchanged", 0) - sum(left))
    rows = [("answers", f"{met.get('answers', 0):,}"), ("articles", f"{articles.get('found', 0):,}")]
    rows += [(label, f"{articles.get(kind, 0):,}") for label, kind in _CHANGES]
    rows += [("the same", f"{unchanged:,}"), ("known better", _better(*left))]
    rows += [("no article", with_reasons(counts(stats, "skipped"))), ("not used", with_reasons(dict(records)))]
    rows += [("errors", with_reasons(counts(stats, "errors"))), ("time", duration(seconds))]
    rows.append(("result", f"{MEANINGS[status]} (exit status {status})"))
    width = max(len(label) for label, _ in rows)
    return [f"  {label:<{width}}  {value}" for label, value in rows]


def _better(outdated: int, other: int) -> str:
    return with_reasons({name: count for name, count in (("later", outdated), ("other route", other)) if count})


def reread_status(stats: Mapping[str, Any], reason: str, records: Mapping[str, int]) -> ExitStatus:
    """The gravest that applies, as for a crawl."""
    if counts(stats, "storage") or reason == "storage_failed":
        return ExitStatus.STORAGE_FAILED
    if reason == "shutdown":
        return ExitStatus.INTERRUPTED
    if reason != "finished" or any(key.startswith("spider_exceptions/") for key in map(str, stats)):
        return ExitStatus.FAILED
    sites = counts(stats, "sites")
    if sites.get("locked"):
        return ExitStatus.PARTIAL if sites.get("crawled") else ExitStatus.LOCKED
    if counts(stats, "errors") or DAMAGES & records.keys():
        return ExitStatus.PARTIAL
    return ExitStatus.OK if counts(stats, "articles").get("found") else ExitStatus.NOTHING_FOUND


DAMAGES = frozenset(
    {"torn", "damaged", "wrong_digest", "no_record", "too_large", "not_packed_by_record", "unreadable_file",
     "unreadable_record"}
)  # fmt: skip
"""Reasons that tell of something lost; others tell of records that are no pages."""
