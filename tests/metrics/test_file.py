"""The file that node_exporter reads."""

import asyncio
import fcntl
import logging
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.metrics import file as module
from crawler.metrics.catalogue import ARTICLES, BUILD, DUE, ERRORS, METRICS, Key
from crawler.metrics.exposition import answer, parsed, text
from crawler.metrics.file import MetricsFile

ADDED = ARTICLES.of("cron", "added")


async def test_it_goes_on_from_process_to_process(tmp_path: Path) -> None:
    path = tmp_path / "a.prom"
    first = MetricsFile(path)
    for now in (1, 3):
        await first.write({ADDED: now, DUE.of("cron"): 5})
    await MetricsFile(path).write({ADDED: 4})
    assert path.read_text() == (
        "# HELP presswalk_articles_total Articles, by what became of them.\n"
        "# TYPE presswalk_articles_total counter\n"
        'presswalk_articles_total{outcome="added",task="cron"} 7.0\n'
    )
    assert path.stat().st_mode & 0o777 == 0o644
    assert sorted(os.listdir(tmp_path)) == [".a.prom.lock", "a.prom"]  # noqa: PTH208 # nothing else runs in this loop


async def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.prom"

    async def run() -> None:
        file = MetricsFile(path)
        for now in range(1, 11):
            await file.write({ADDED: now})
            await asyncio.sleep(0)

    await asyncio.gather(*(run() for _ in range(5)))
    assert parsed(path.read_text()) == {ADDED: 50}


async def test_one_that_is_locked_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.2)
    file = MetricsFile(tmp_path / "a.prom")
    descriptor = os.open(tmp_path / ".a.prom.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    await file.write({ADDED: 1})
    assert "cannot be written (locked)" in caplog.text
    os.close(descriptor)
    await file.write({ADDED: 2})
    assert parsed((tmp_path / "a.prom").read_text()) == {ADDED: 2}


async def test_one_that_cannot_be_written_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = MetricsFile(tmp_path / "nowhere/a.prom")
    for _ in range(3):
        await file.write({ADDED: 1})
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "No such file or directory" in record.getMessage()


@pytest.mark.parametrize(
    "damage", [b"presswalk_articles_total{outcome=", b"\xff\xfe", b'presswalk_errors_total{a="b"} x\n']
)
async def test_a_damaged_one_begins_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes) -> None:
    path = tmp_path / "a.prom"
    path.write_bytes(damage)
    await MetricsFile(path).write({ADDED: 1})
    assert "is damaged" in caplog.text
    assert parsed(path.read_text()) == {ADDED: 1}


def test_other_metrics_and_labels_are_left_out() -> None:
    assert parsed('up 1\npresswalk_articles_total{outcome="added"} 3\n') == {}


VALUES = st.floats(allow_nan=False)
LABELS = st.text(max_size=20)


@given(LABELS, LABELS, VALUES)
def test_what_is_written_is_read_again(task: str, reason: str, value: float) -> None:
    samples: dict[Key, float] = {ERRORS.of(task, reason): value, DUE.of(task): 1.0}
    assert parsed(text(samples).decode()) == samples


def test_a_scrape_is_answered_in_the_format_that_it_accepts() -> None:
    samples: dict[Key, float] = {BUILD.of("a", "0.1", "2.19.0", "3.11"): 1.0, ADDED: 2.0}
    body, media_type = answer(samples, "")
    assert media_type == "text/plain; version=0.0.4; charset=utf-8"
    assert b'presswalk_articles_total{outcome="added",task="cron"} 2.0\n' in body
    assert b"\nprocess_cpu_seconds_total " in body
    body, media_type = answer(samples, "application/openmetrics-text; version=1.0.0,text/plain;q=0.5")
    assert media_type.startswith("application/openmetrics-text; version=1.0.0")
    assert body.endswith(b"# EOF\n")


def test_names_follow_prometheus() -> None:
    for name, metric in METRICS.items():
        assert name.startswith("presswalk_")
        assert metric.help.endswith(".") or metric is BUILD
        assert not any(name.endswith(unit) for unit in ("_ms", "_minutes", "_hours", "_megabytes", "_percent"))
        assert "task" not in metric.labels and "job" not in metric.labels


@given(st.text(alphabet='presswalk_du{}",=\\ \n#1.e+'))
def test_what_is_damaged_is_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parsed(text), dict)
