"""docs/metrics.md, the rules of deploy/prometheus and the dashboard of deploy/grafana against the code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.exit_status import ExitStatus
from crawler.extensions.metrics import Metrics
from crawler.metrics.catalogue import METRICS, TASK
from crawler.settings import EXTENSIONS

_ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (_ROOT / "docs/metrics.md").read_text("utf-8")
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((_ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD: dict[str, Any] = json.loads((_ROOT / "deploy/grafana/presswalk.json").read_text("utf-8"))
SHOWN = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
_OF_THE_SCRAPE = {"instance", "job"}
_ROW = re.compile(r"^\| `(presswalk_\w+)` \| (\w+) \| (.*?) ?\| (.+) \|$", re.MULTILINE)


def test_every_metric_is_listed_as_it_is() -> None:
    listed = {
        name: (kind, tuple(re.findall(r"`(\w+)`", labels)), what) for name, kind, labels, what in _ROW.findall(DOCUMENT)
    }
    assert listed == {name: (one.kind, one.labels, one.help.rstrip(".")) for name, one in METRICS.items()}


def test_every_setting_is_listed_and_no_other() -> None:
    source = (_ROOT / "crawler/metrics/options.py").read_text("utf-8")
    assert set(re.findall(r"METRICS_[A-Z]+", DOCUMENT)) == set(re.findall(r'"(METRICS_[A-Z]+)"', source))
    assert f"{Metrics.__module__}.{Metrics.__qualname__}" in EXTENSIONS


def test_the_outcomes_of_runs_are_listed() -> None:
    told = DOCUMENT.partition("that\nof the exit status:")[2].partition(".")[0]
    assert re.findall(r"`(\w+)`", told) == [status.name.lower() for status in ExitStatus if status != ExitStatus.USAGE]


@pytest.mark.parametrize("expression", [rule["expr"] for rule in RULES] + SHOWN)
def test_an_expression_has_metrics_and_labels_that_there_are(expression: str) -> None:
    names = set(re.findall(r"\b(?:presswalk|process)_\w+", expression))
    assert names <= METRICS.keys()
    labels = {label for name in names for label in METRICS[name].labels} | {TASK} | _OF_THE_SCRAPE
    by = [word for words in re.findall(r"(?:by|on) \(([^)]*)\)", expression) for word in words.split(", ")]
    chosen = re.findall(r"(\w+)=~?\"", expression)
    if names:
        assert {*by, *chosen} <= labels
    assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_says_what_is_the_matter(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"]
    told = set(re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"])))
    assert told <= {label for one in METRICS.values() for label in one.labels} | {TASK, "instance", "file"}


def test_counters_are_asked_for_their_increase() -> None:
    for expression in [rule["expr"] for rule in RULES] + SHOWN:
        for counter in re.findall(r"(\S*?)(presswalk_\w+_total)", expression):
            assert counter[0].endswith(("increase(", "rate(")), expression


def test_prometheus_is_told_of_the_rules_and_the_port() -> None:
    config = yaml.safe_load((_ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))
    assert config["rule_files"] == ["alerts.yml"]
    [ours] = [one for one in config["scrape_configs"] if one["job_name"] == "presswalk"]
    [target] = ours["static_configs"][0]["targets"]
    assert f"METRICS_PORT={target.rpartition(':')[2]} scrapy crawl listen" in DOCUMENT
