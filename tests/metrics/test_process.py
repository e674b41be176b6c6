"""What one process tells of all its crawls."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.exit_status import ExitStatus
from crawler.metrics import catalogue, process
from crawler.metrics.catalogue import Metric
from crawler.metrics.exposition import parsed
from crawler.metrics.failure import tell_failure
from crawler.metrics.figures import Figures, SinkFigures
from crawler.metrics.options import MetricsOptions
from crawler.metrics.process import Feed, ProcessMetrics, of_process

BEGAN = datetime(2025, 12, 3, 18, tzinfo=UTC)


@pytest.fixture
def options(tmp_path: Path) -> MetricsOptions:
    return MetricsOptions(task="cron", file=tmp_path / "a.prom")


def stored(options: MetricsOptions) -> Callable[..., float | None]:
    """What the file says now."""
    assert options.file is not None
    samples = parsed(options.file.read_text())
    return lambda metric, *labels: samples.get(metric.of("cron", *labels))


def a_feed(**stats: Any) -> Feed:
    counted = {f"presswalk/articles/{name}": value for name, value in stats.items()}
    return Feed(lambda: counted, BEGAN)


async def test_crawls_feed_what_their_process_tells(options: MetricsOptions, tmp_path: Path) -> None:
    def value(metric: Metric, *labels: str) -> float | None:
        return told.samples().get(metric.of("cron", *labels))

    first, second = a_feed(added=3), a_feed(added=4)
    async with of_process(options, tmp_path) as told, of_process(options, tmp_path) as same:
        assert same is told
        told.begin(first)
        told.begin(second)
        assert (value(catalogue.ARTICLES, "added"), value(catalogue.RUNNING)) == (7, 2)
        told.end(first, ExitStatus.OK)
        told.end(second, ExitStatus.STORAGE_FAILED)
        assert (value(catalogue.ARTICLES, "added"), value(catalogue.RUNNING)) == (7, 0)
        assert (value(catalogue.RUNS, "ok"), value(catalogue.RUNS, "storage_failed")) == (1, 1)
        assert value(catalogue.LAST_START) == BEGAN.timestamp()
        assert (value(catalogue.LAST_STATUS), value(catalogue.DATABASE_UP)) == (7, None)
        ended, success = value(catalogue.LAST_END), value(catalogue.LAST_SUCCESS)
        assert ended and success and BEGAN.timestamp() < success <= ended
    assert of_process(options, tmp_path) is not told
    assert stored(options)(catalogue.ARTICLES, "added") == 7
    process._OF_PROCESS.clear()


async def test_what_is_known_of_the_database_grows_old(
    options: MetricsOptions, tmp_path: Path, monkeypatch: Any
) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    (tmp_path / "a.bson").write_bytes(b"12345")
    told = ProcessMetrics(options, tmp_path)
    assert told._is_to_look()
    assert not told._is_to_look(), "somebody does"
    sink = SinkFigures(lag_events=5, lag_seconds=9.0, failures=0, is_parked=True)
    told.looked(Figures(at=BEGAN, due=2, leases={("host", "stuck"): 1}, sinks={"alerts": sink}))
    samples = told.samples()
    assert samples[catalogue.DUE.of("cron")] == 2
    assert samples[catalogue.LEASES.of("cron", "host", "stuck")] == 1
    assert samples[catalogue.LAG_EVENTS.of("cron", "alerts")] == 5
    assert samples[catalogue.SINK_PARKED.of("cron", "alerts")] == 1
    assert samples[catalogue.SPILL_BYTES.of("cron")] == 5
    now += 8
    assert told._is_to_look()
    told.looked(None)
    samples = told.samples()
    assert samples[catalogue.DATABASE_UP.of("cron")] == 0
    assert catalogue.DUE.of("cron") not in samples
    now += 61
    assert catalogue.DATABASE_UP.of("cron") not in told.samples()


async def test_a_crawl_that_could_not_begin_is_told_of(options: MetricsOptions, tmp_path: Path) -> None:
    async with ProcessMetrics(options, tmp_path) as told:
        feed = a_feed(added=1)
        told.begin(feed)
        told.end(feed, ExitStatus.OK)
    success = stored(options)(catalogue.LAST_SUCCESS)
    await tell_failure(options, ExitStatus.STORAGE_FAILED, datetime.now(UTC))
    value = stored(options)
    assert (value(catalogue.RUNS, "ok"), value(catalogue.RUNS, "storage_failed")) == (1, 1)
    assert (value(catalogue.LAST_STATUS), value(catalogue.DATABASE_UP)) == (7, 0)
    assert value(catalogue.LAST_SUCCESS) == success
    assert value(catalogue.ARTICLES, "added") == 1


@pytest.mark.parametrize("status", ExitStatus)
def test_what_is_a_success(status: ExitStatus, options: MetricsOptions, tmp_path: Path) -> None:
    told, feed = ProcessMetrics(options, tmp_path), a_feed()
    told.begin(feed)
    told.end(feed, status)
    assert (catalogue.LAST_SUCCESS.of("cron") in told.samples()) == (status in (0, 3, 10))
