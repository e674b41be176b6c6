"""Scrapy's stats as samples."""

import re
from pathlib import Path

import pytest

from crawler import stats as stats_module
from crawler.metrics import catalogue
from crawler.metrics.of_stats import NO_METRIC, RULES, counted, rule_of

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(presswalk/[^`]+)` \| (.*) \|$", OPERATING, re.MULTILINE)
DOCUMENTED = [
    name.replace("…", word)
    for name, row in ROWS
    for word in ("", *re.findall(r"`(\w+)`", row))
    if word or "…" not in name
]


def label(stat: str) -> dict[str, str]:
    """The labels of the one sample that a counter becomes, but for its task."""
    rule = rule_of(stat)
    assert rule is not None
    return dict(rule.metric.of("cron", *rule.labels(stat.removeprefix(rule.stat)))[1][1:])


def value(stats: dict[str, int], metric: catalogue.Metric, *labels: str) -> float:
    return counted(stats, "cron")[metric.of("cron", *labels)]


def test_counters_become_samples_under_the_name_of_their_task() -> None:
    stats = {"presswalk/articles/added": 3, "downloader/request_count": 7, "presswalk/push/accepted/ping": 2}
    assert value(stats, catalogue.ARTICLES, "added") == 3
    assert value(stats, catalogue.REQUESTS) == 7
    assert value(stats, catalogue.PUSHES, "accepted", "ping") == 2
    assert {dict(labels)["task"] for _, labels in counted(stats, "cron")} == {"cron"}


def test_what_has_not_happened_yet_is_0() -> None:
    """Prometheus sees an increase only of what was there before."""
    nothing = counted({}, "cron")
    assert set(nothing.values()) == {0}
    for metric in (catalogue.RETRIES, catalogue.OUTAGES, catalogue.EXCEPTIONS):
        assert nothing[metric.of("cron")] == 0
    assert nothing[catalogue.NOT_STORED.of("cron", "failed")] == 0


def test_answers_are_counted_by_class() -> None:
    stats = {f"downloader/response_status_count/{status}": 1 for status in (200, 204, 304, 999)}
    assert value(stats, catalogue.RESPONSES, "2xx") == 2
    assert value(stats, catalogue.RESPONSES, "3xx") == 1
    assert value(stats, catalogue.RESPONSES, "other") == 1


@pytest.mark.parametrize(
    ("stat", "labels"),
    [
        ("presswalk/errors/timeout", {"reason": "timeout"}),
        ("presswalk/errors/http_503", {"reason": "http_503"}),
        ("presswalk/errors/http_999", {"reason": "http_other"}),
        ("presswalk/errors/robots_http_500", {"reason": "robots_http_500"}),
        ("presswalk/errors/robots_http_799", {"reason": "robots_http_other"}),
        ("presswalk/pauses/http_429", {"reason": "http_429"}),
        ("presswalk/pauses/seconds", {}),
        ("presswalk/push/debounced", {"outcome": "debounced", "detail": ""}),
        ("presswalk/push/websub/signature_wrong", {"outcome": "websub", "detail": "signature_wrong"}),
        ("log_count/ERROR", {"level": "error"}),
    ],
)
def test_labels(stat: str, labels: dict[str, str]) -> None:
    assert label(stat) == labels


def test_a_hostile_site_makes_no_time_series_at_will() -> None:
    names = [f"presswalk/errors/http_{status}" for status in range(1000)]
    names += [f"downloader/response_status_count/{status}" for status in range(1000)]
    assert len(counted(dict.fromkeys(names, 1), "cron")) < 110


def test_what_scrapy_counts_besides_is_no_metric() -> None:
    stats = {"item_scraped_count": 3, "finish_reason": "finished", "presswalk/push/listening": 1}
    assert counted(stats, "cron") == counted({}, "cron")


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_counter_has_a_metric(name: str) -> None:
    assert rule_of(name) or name in NO_METRIC


def test_every_counter_of_the_code_has_a_metric() -> None:
    source = Path(stats_module.__file__).read_text("utf-8")
    names = re.findall(r'_count\(f?"([^"]+)"', source)
    assert len(names) > 15
    for name in names:
        stat = "presswalk/" + re.sub(r"\{\w+\}", "anything", name)
        if not stat.startswith("presswalk/events/"):  # each of them has a metric of its own
            assert rule_of(stat) or stat.startswith(tuple(NO_METRIC)), stat
    for outcome in ("delivered", "failed", "parked"):
        assert rule_of(f"presswalk/events/{outcome}")


def test_every_rule_and_every_metric_is_used() -> None:
    used = {rule.metric.name for rule in RULES}
    assert all(rule_of(rule.stat + ("x" if rule.stat.endswith("/") else "")) is rule for rule in RULES)
    counters = {name for name, metric in catalogue.METRICS.items() if metric.kind == "counter"}
    assert counters - used == {catalogue.RUNS.name, catalogue.CPU.name}
