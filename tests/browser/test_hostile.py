"""What pages may do to a browser: each ends with a counted reason, nothing leads inside, and nothing keeps running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.front import Front, serve_front
from tests.browser.hostile import SCRIPTS, TALES, pages
from tests.chromium import needs_chromium, processes_of
from tests.hostile.server import Page, serve_answers, serve_pages
from tests.spiders.running import REPOSITORY, Scrapy

_STRICT = (
    "-s", "BROWSER_SECONDS=20", "-s", "BROWSER_SETTLE_SECONDS=6", "-s", "BROWSER_REQUESTS=20",
    "-s", "BROWSER_MEMORY_MB=700", "-s", "BROWSER_QUIET_SECONDS=0.3",
)  # fmt: skip
_HEAD = b'<html><head><meta name="generator" content="WordPress 7.1"></head>'
_ENDLESS = Page(_HEAD + b"<body><script>for (;;) {}</script></body></html>")


@needs_chromium
def test_hostile_pages_end_counted_and_reach_nothing(scrapy: Scrapy) -> None:
    reached: list[str] = []

    def canary(path: str) -> Page:
        reached.append(path)
        return Page(b"x")

    with serve_answers(canary) as inside, serve_pages(pages(inside)) as site:
        outcome = scrapy.crawl("wordpress", *_STRICT, site=site)
    counts = scrapy.last_run()["counts"]
    assert reached == []
    assert outcome.status == 3, outcome.err
    assert {article["title"] for article in scrapy.find()} == set(TALES), outcome.err
    assert counts["errors"]["browser_timeout"] >= 1
    assert counts["errors"]["browser_memory"] == 1
    assert sum(counts["errors"].values()) + counts["skipped"].get("unknown", 0) == len(SCRIPTS)
    assert counts["rejected"]["address"] == 7
    assert not processes_of(scrapy.database_name)


@contextmanager
def _crawling(scrapy: Scrapy, site: str) -> "Iterator[subprocess.Popen[str]]":
    """A crawl that has opened its first page in a browser."""
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={site}", "-s", "BROWSER_SECONDS=60"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=scrapy.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            _until(lambda: any("--type=renderer" in one for one in processes_of(scrapy.database_name).values()))
            yield process
        finally:
            process.kill()


def _until(holds: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


@needs_chromium
def test_nothing_runs_on_when_the_crawl_is_killed(scrapy: Scrapy) -> None:
    with serve_pages({"/": _ENDLESS}) as site, _crawling(scrapy, site) as process:
        had = processes_of(scrapy.database_name)
        process.kill()
        process.communicate(timeout=30)
        _until(lambda: not any(_is_alive(pid, command) for pid, command in had.items()), 30)
        assert not processes_of(scrapy.database_name)


def _is_alive(pid: int, command: str) -> bool:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().decode().replace("\0", " ") == command
    except OSError:
        return False


@needs_chromium
def test_nothing_runs_on_when_the_crawl_is_stopped(scrapy: Scrapy) -> None:
    with serve_front(Front(posts=30)) as front, _crawling(scrapy, front.url) as process:
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=120)
    assert process.returncode == 9, out
    assert not processes_of(scrapy.database_name)


@needs_chromium
def test_a_browser_that_is_killed_is_started_again(scrapy: Scrapy) -> None:
    with serve_front(Front(posts=8)) as front, _crawling(scrapy, front.url) as process:
        _until(lambda: any(path.startswith("/2025/") for path in front.asked))
        _kill_browser(scrapy)
        out, _ = process.communicate(timeout=180)
    lost = scrapy.last_run()["counts"]["errors"]
    assert set(lost) <= {"browser_failed", "browser_crashed"}, out
    assert 1 <= sum(lost.values()) <= 3
    assert process.returncode == 3
    assert len(scrapy.find()) >= 8 - 3
    assert not processes_of(scrapy.database_name)


def _kill_browser(scrapy: Scrapy) -> None:
    """The process that started the others: it has the mark, and no type."""
    for pid, command in processes_of(scrapy.database_name).items():
        if "--presswalk-" in command and "--type=" not in command:
            os.kill(pid, signal.SIGKILL)
