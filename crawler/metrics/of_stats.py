"""Scrapy's stats of one crawl, which are counted there alone, as samples. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from crawler.metrics import catalogue
from crawler.metrics.catalogue import Key, Metric, Samples
from crawler.stats import CHANGES

_STATUSES = frozenset(str(status.value) for status in HTTPStatus)


def _word(rest: str) -> tuple[str]:
    """A reason; of those with a status that no standard has, which a site may make up at will, one for all."""
    before, is_status, status = rest.rpartition("http_")
    return (rest if not is_status or status in _STATUSES else f"{before}http_other",)


def _two_words(rest: str) -> tuple[str, str]:
    first, _, second = rest.partition("/")
    return first, second


def _status_class(rest: str) -> tuple[str]:
    return (f"{rest[0]}xx" if len(rest) == 3 and rest[0] in "12345" else "other",)


def _level(rest: str) -> tuple[str]:
    return (rest.lower(),)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which counters a metric is made of, and the values of its labels."""

    stat: str
    """The name of a counter, or where it ends in ``/`` the beginning of the names of several."""
    metric: Metric
    labels: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Of the rest of the name."""

    def fits(self, stat: str) -> bool:
        """Whether a counter is one of these."""
        return stat.startswith(self.stat) if self.stat.endswith("/") else stat == self.stat


RULES = (
    Rule("presswalk/articles/", catalogue.ARTICLES, _word),
    Rule("presswalk/sites/", catalogue.SITE_CRAWLS, _word),
    Rule("presswalk/skipped/", catalogue.SKIPPED, _word),
    Rule("presswalk/rejected/", catalogue.REJECTED, _word),
    Rule("presswalk/errors/", catalogue.ERRORS, _word),
    Rule("presswalk/ended/", catalogue.SITES_LEFT, _word),
    Rule("presswalk/left/", catalogue.PAGES_LEFT, _word),
    Rule("presswalk/pauses/seconds", catalogue.PAUSE_SECONDS),
    Rule("presswalk/pauses/", catalogue.PAUSES, _word),
    Rule("presswalk/events/delivered", catalogue.EVENTS_DELIVERED),
    Rule("presswalk/events/failed", catalogue.DELIVERIES_FAILED),
    Rule("presswalk/events/parked", catalogue.SINKS_PARKED),
    Rule("presswalk/push/", catalogue.PUSHES, _two_words),
    Rule("work/", catalogue.JOBS, _word),
    Rule("presswalk/archive/", catalogue.ARCHIVED, _word),
    Rule("presswalk/browser/", catalogue.BROWSER, _two_words),
    Rule("presswalk/storage/", catalogue.NOT_STORED, _word),
    Rule("presswalk/spill/", catalogue.SPILLED, _word),
    Rule("presswalk/database/outages", catalogue.OUTAGES),
    Rule("presswalk/database/given_up", catalogue.GIVEN_UP),
    Rule("presswalk/database/away_seconds", catalogue.AWAY_SECONDS),
    Rule("downloader/request_count", catalogue.REQUESTS),
    Rule("downloader/response_status_count/", catalogue.RESPONSES, _status_class),
    Rule("downloader/request_bytes", catalogue.REQUEST_BYTES),
    Rule("downloader/response_bytes", catalogue.RESPONSE_BYTES),
    Rule("downloader/exception_count", catalogue.FETCH_FAILURES),
    Rule("retry/count", catalogue.RETRIES),
    Rule("spider_exceptions/count", catalogue.EXCEPTIONS),
    Rule("log_count/", catalogue.LOGGED, _level),
)
"""The first that fits counts."""

NO_METRIC = {
    "presswalk/push/listening": "a state and no counter: presswalk_crawls_running tells it",
    "presswalk/reread/": "a command that a person waits for, and that loads no metrics",
}
"""Counters of ours that are deliberately no metric, and why; several by the beginning of their names."""

_ALWAYS: tuple[tuple[Metric, tuple[str, ...]], ...] = (
    *((catalogue.ARTICLES, (change,)) for change in ("found", *CHANGES)),
    *((catalogue.NOT_STORED, (outcome,)) for outcome in ("failed", "spilled")),
    *((catalogue.LOGGED, (level,)) for level in ("warning", "error")),
    *((rule.metric, ()) for rule in RULES if not rule.metric.labels),
)
"""Told as 0 before there is any: Prometheus sees no increase from nothing to one."""


def rule_of(stat: str) -> Rule | None:
    """The rule for a counter, if it has a metric."""
    return None if stat in NO_METRIC else next((rule for rule in RULES if rule.fits(stat)), None)


def counted(stats: Mapping[str, Any], task: str) -> Samples:
    """What a crawl has counted so far."""
    samples: dict[Key, float] = {metric.of(task, *labels): 0 for metric, labels in _ALWAYS}
    for stat, value in stats.items():
        if key := _key(stat, task):
            samples[key] = samples.get(key, 0) + value
    return samples


@lru_cache(maxsize=4096)  # a process with many crawls asks for the same counters of each
def _key(stat: str, task: str) -> Key | None:
    rule = rule_of(stat)
    return rule.metric.of(task, *rule.labels(stat.removeprefix(rule.stat))) if rule else None
