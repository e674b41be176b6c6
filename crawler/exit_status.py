"""How a crawl ended, as a process status that cron and scripts can act on. Pure."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from crawler.polite.conduct import TROUBLE
from crawler.stats import counts


class ExitStatus(IntEnum):
    """What ``scrapy crawl`` exits with; documented in README.md."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    UNREACHABLE = 4
    NOT_WORDPRESS = 5
    NOTHING_FOUND = 6
    STORAGE_FAILED = 7
    LOCKED = 8
    INTERRUPTED = 9
    LAYOUT_CHANGED = 10
    NO_QUEUE = 11


MEANINGS = {
    ExitStatus.OK: "done",
    ExitStatus.FAILED: "failed: see the log",
    ExitStatus.USAGE: "wrong arguments",
    ExitStatus.PARTIAL: "done, but some pages or sites could not be read",
    ExitStatus.UNREACHABLE: "the site could not be reached, or keeps crawlers out",
    ExitStatus.NOT_WORDPRESS: "not a WordPress site",
    ExitStatus.NOTHING_FOUND: "no article found",
    ExitStatus.STORAGE_FAILED: "some articles could not be stored",
    ExitStatus.LOCKED: "another run is crawling this site",
    ExitStatus.INTERRUPTED: "interrupted",
    ExitStatus.LAYOUT_CHANGED: "done, but a site shows less of its posts than it did: see scrapy sites show",
    ExitStatus.NO_QUEUE: "the queue of the workers (NATS) could not be used",
}

_WHOLE = {
    "locked": ExitStatus.LOCKED,
    "not_wordpress": ExitStatus.NOT_WORDPRESS,
    "unreachable": ExitStatus.UNREACHABLE,
    "blocked": ExitStatus.UNREACHABLE,
    "left": ExitStatus.PARTIAL,
}


def exit_status(stats: Mapping[str, Any], finish_reason: str) -> ExitStatus:
    """The status of a finished crawl, the gravest first.

    One that listens goes on until it is stopped: that is no interruption, and what went wrong meanwhile was counted.
    But a database that was given up, or what it has kept on disk, says that the database is away now.
    """
    storage = counts(stats, "storage")
    is_away = storage.get("spilled") or counts(stats, "database").get("given_up")
    if finish_reason == "shutdown" and counts(stats, "push").get("listening") and not is_away:
        return ExitStatus.OK
    if storage or finish_reason == "storage_failed":
        return ExitStatus.STORAGE_FAILED
    if finish_reason == "shutdown":
        return ExitStatus.INTERRUPTED
    if finish_reason != "finished":
        return ExitStatus.FAILED
    sites = site_outcomes(stats)
    ended = counts(stats, "ended")
    told = counts(stats, "sites")
    if (told.get("none_due") or told.get("quiet")) and not any(sites.values()) and not _crashed(stats):
        return ExitStatus.OK
    for outcome, status in _WHOLE.items():
        if sites[outcome] and sites[outcome] == sum(sites.values()):
            return status
    if (
        any(sites[outcome] for outcome in _WHOLE)
        or counts(stats, "errors")
        or counts(stats, "archive").get("failed")
        or _crashed(stats)
        or TROUBLE & ended.keys()
    ):
        return ExitStatus.PARTIAL
    if counts(stats, "sites").get("layout_changed"):
        return ExitStatus.LAYOUT_CHANGED
    articles = counts(stats, "articles")
    posts = articles.get("found", 0) + articles.get("unchanged", 0) + counts(stats, "skipped").get("outside_period", 0)
    return ExitStatus.OK if posts or ended or told.get("unchanged") else ExitStatus.NOTHING_FOUND


def site_outcomes(stats: Mapping[str, Any]) -> dict[str, int]:
    """How many sites were crawled, locked, not WordPress, blocked, left; the rest of those given were unreachable."""
    sites = counts(stats, "sites")
    known = {name: sites.get(name, 0) for name in ("crawled", "locked", "not_wordpress", "blocked", "left")}
    return known | {"unreachable": max(0, sites.get("given", 0) - sum(known.values()))}


def _crashed(stats: Mapping[str, Any]) -> bool:
    return any(str(key).startswith("spider_exceptions/") and value for key, value in stats.items())
