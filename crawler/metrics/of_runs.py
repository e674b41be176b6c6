"""How crawls of a process began and ended, as samples. Pure."""

from datetime import datetime

from crawler.exit_status import ExitStatus
from crawler.metrics import catalogue
from crawler.metrics.catalogue import Samples

SUCCESSES = frozenset({ExitStatus.OK, ExitStatus.PARTIAL, ExitStatus.LAYOUT_CHANGED})
"""The crawl did what it should, as far as sites let it: of a long list some never answer."""


def begun(task: str, latest_at: datetime | None, running: int) -> Samples:
    """While ``running`` crawls go on, the latest of which began at ``latest_at``."""
    outcomes = {
        catalogue.RUNS.of(task, status.name.lower()): 0.0 for status in ExitStatus if status != ExitStatus.USAGE
    }
    start = {catalogue.LAST_START.of(task): latest_at.timestamp()} if latest_at else {}
    return outcomes | start | {catalogue.RUNNING.of(task): float(running)}


def ended(task: str, status: ExitStatus, started_at: datetime, ended_at: datetime) -> Samples:
    """What the end of a crawl adds to that."""
    success = {catalogue.LAST_SUCCESS.of(task): ended_at.timestamp()} if status in SUCCESSES else {}
    return success | {
        catalogue.RUNS.of(task, status.name.lower()): 1.0,
        catalogue.LAST_END.of(task): ended_at.timestamp(),
        catalogue.LAST_STATUS.of(task): float(status),
        catalogue.LAST_SECONDS.of(task): (ended_at - started_at).total_seconds(),
    }
