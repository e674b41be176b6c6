"""The METRICS_… settings."""

from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.metrics.options import MetricsOptions


def options(**told: Any) -> MetricsOptions:
    return MetricsOptions.of(Settings(told), "wordpress")


def test_nobody_is_told_of_itself() -> None:
    assert options() == MetricsOptions(task="wordpress")
    assert not options().is_wanted
    project = Settings()
    project.setmodule("crawler.settings")
    assert MetricsOptions.of(project, "wordpress") == options()


def test_what_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "a.prom"
    told = options(
        METRICS_FILE=str(file), METRICS_PORT="9464", METRICS_HOST="::1", METRICS_TASK="hourly", METRICS_SECONDS="5"
    )
    assert told == MetricsOptions(task="hourly", file=file, host="::1", port=9464, seconds=5.0)
    assert told.is_wanted
    assert options(METRICS_FILE=str(file)).task == "a"
    assert options(METRICS_PORT=0).port == 0
    assert options(METRICS_PORT="").port is None


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("METRICS_FILE", "data/metrics.txt", "ends in .prom"),
        ("METRICS_FILE", "/nowhere/at/all/a.prom", "there is no folder '/nowhere/at/all'; make it first"),
        ("METRICS_PORT", "http", "it is a whole number"),
        ("METRICS_PORT", "70000", "a port is a number up to 65535"),
        ("METRICS_TASK", "two words", "write up to 100 letters"),
        ("METRICS_SECONDS", "0", "write 0.1 to 3600"),
        ("METRICS_SECONDS", "often", "write 0.1 to 3600"),
    ],
)
def test_what_cannot_be_meant(setting: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{setting} is .*{said}"):
        options(**{setting: value})
