"""What a run amounted to: the counts of its record and the rows of the closing table. Pure."""

from collections.abc import Mapping
from typing import Any

from crawler.exit_status import ExitStatus
from crawler.stats import CHANGES, counts

_SHOWN = ("found", "added", "changed", "unchanged", "gone", "returned", "duplicate")
_STORAGE = {"failed": "not_stored", "spilled": "kept_for_the_next_run"}
_LABELS = {"added": "new", "duplicate": "duplicates"}


def run_counts(stats: Mapping[str, Any]) -> dict[str, Any]:
    """The counters of a run, grouped, as they are kept in ``runs``."""
    groups = {
        group: counts(stats, group) for group in ("articles", "skipped", "rejected", "errors", "storage", "spill")
    }
    groups |= {
        group: counted
        for group in ("left", "ended", "pauses", "archive", "reread")
        if (counted := counts(stats, group))
    }
    articles = dict.fromkeys(("found", *CHANGES), 0) | groups.pop("articles")
    fetched = {"requests": int(stats.get("downloader/request_count", 0))}
    fetched["bytes"] = int(stats.get("downloader/response_bytes", 0))
    pushed = {"push": push, "sites": counts(stats, "sites")} if (push := counts(stats, "push")) else {}
    return {"articles": articles, **groups, **fetched, **pushed}


def closing_rows(stats: Mapping[str, Any], seconds: float) -> list[tuple[str, str]]:
    """The rows of the closing table: a label and its value."""
    counted = run_counts(stats)
    articles = counted["articles"]
    rows = [(_LABELS.get(name, name), f"{articles.get(name, 0):,}") for name in _SHOWN]
    rows.append(("skipped", with_reasons(counted["skipped"])))
    rows.append(("not followed", with_reasons(counted["rejected"])))
    rows.append(("requests", f"{counted['requests']:,} ({_size(counted['bytes'])})"))
    rows.append(("errors", with_reasons(counted["errors"] | _storage(counted["storage"]))))
    if "left" in counted:
        rows.append(("left", f"{with_reasons(counted['left'])}, for the next crawl"))
    if "pauses" in counted:
        rows.append(("pauses", _pauses(counted["pauses"])))
    if replayed := counted["spill"].get("replayed"):
        rows.append(
            ("of these", f"{replayed:,} that an earlier run had kept on disk; the site was asked for them, too")
        )
    if "archive" in counted:
        rows.append(("archived", _archived(counted["archive"])))
    rows.append(("time", duration(seconds)))
    return rows


def empty_hint(status: ExitStatus) -> str | None:
    """What may be the matter where a WordPress shows no article."""
    if status is not ExitStatus.NOTHING_FOUND:
        return None
    return (
        "It is a WordPress, and no route led to an article: the log says what each gave. It may be empty, or its news"
        " may be in a folder (give that address) or of another type (-a types=…)"
    )


def browser_hint(stats: Mapping[str, Any], why: str) -> str | None:
    """What is to be done about pages that were not read because there is no browser; ``why`` there is none."""
    pages = sum(counts(stats, group).get("needs_browser", 0) for group in ("errors", "skipped"))
    if not pages:
        return None
    return f"{pages:,} {'page is' if pages == 1 else 'pages are'} empty until scripts run, not read: {why}"


def _archived(counted: Mapping[str, int]) -> str:
    failed = f", {counted['failed']:,} could not be written" if "failed" in counted else ""
    return f"{counted.get('written', 0):,} answers{failed}"


def _pauses(counted: Mapping[str, int]) -> str:
    seconds = counted.get("seconds", 0)
    reasons = {reason: count for reason, count in counted.items() if reason != "seconds"}
    return f"{with_reasons(reasons)}, {duration(seconds)}"


def _storage(failed: Mapping[str, int]) -> dict[str, int]:
    return {_STORAGE[name]: count for name, count in failed.items() if count}


def with_reasons(reasons: Mapping[str, int]) -> str:
    """A number and of what it is made, the most first."""
    if not reasons:
        return "0"
    listed = ", ".join(f"{name} {count:,}" for name, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
    return f"{sum(reasons.values()):,} ({listed})"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} KB"


def duration(seconds: float) -> str:
    """In words, as exactly as people want it."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"
