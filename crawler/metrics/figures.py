"""What the database says of sites, leases and sinks at a moment, and as samples. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.metrics import catalogue
from crawler.metrics.catalogue import Samples


@dataclass(frozen=True, slots=True)
class SinkFigures:
    """How far a webhook is."""

    lag_events: int
    lag_seconds: float
    """Age of the oldest event that it does not have."""
    failures: int
    """In a row."""
    is_parked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Numbers of listed sites, if nothing else is said."""

    at: datetime
    listed: int = 0
    not_crawled: int = 0
    due: int = 0
    overdue: int = 0
    longest_due_seconds: float = 0.0
    failing: int = 0
    blocked: int = 0
    pushed: int = 0
    debounced: int = 0
    articles: int = 0
    leases: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By kind and state, as in ``leases.Holding``; of sites that are not listed, too."""
    sinks: Mapping[str, SinkFigures] = field(default_factory=dict)


def samples(figures: Figures | None, task: str) -> Samples:
    """Of the latest figures; None: the database did not answer, and nothing is known of it."""
    if figures is None:
        return {catalogue.DATABASE_UP.of(task): 0}
    return {
        catalogue.DATABASE_UP.of(task): 1,
        catalogue.FIGURES_AT.of(task): figures.at.timestamp(),
        catalogue.LISTED.of(task): figures.listed,
        catalogue.NOT_CRAWLED.of(task): figures.not_crawled,
        catalogue.DUE.of(task): figures.due,
        catalogue.OVERDUE.of(task): figures.overdue,
        catalogue.LONGEST_DUE.of(task): figures.longest_due_seconds,
        catalogue.FAILING.of(task): figures.failing,
        catalogue.BLOCKED.of(task): figures.blocked,
        catalogue.PUSHED.of(task): figures.pushed,
        catalogue.DEBOUNCED.of(task): figures.debounced,
        catalogue.STORED.of(task): figures.articles,
        **{catalogue.LEASES.of(task, *labels): number for labels, number in figures.leases.items()},
        **_of_sinks(figures, task),
    }


def _of_sinks(figures: Figures, task: str) -> Samples:
    found: dict[catalogue.Key, float] = {}
    for name, sink in figures.sinks.items():
        found[catalogue.LAG_EVENTS.of(task, name)] = sink.lag_events
        found[catalogue.LAG_SECONDS.of(task, name)] = sink.lag_seconds
        found[catalogue.SINK_FAILURES.of(task, name)] = sink.failures
        found[catalogue.SINK_PARKED.of(task, name)] = sink.is_parked
    return found
