"""What pages may do to a browser: each ends with a counted reason, nothing leads inside, and nothing keeps running."""

import os
import signal
import subprocess
import sys
import time

from tests.browser.front import Front, serve_front
from tests.browser.hostile import SCRIPTS, TALES, pages
from tests.chromium import needs_chromium, processes_with, running_with
from tests.hostile.server import Page, serve_answers, serve_pages
from tests.spiders.running import REPOSITORY, Scrapy

_STRICT = (
    "-s", "BROWSER_SECONDS=6", "-s", "BROWSER_SETTLE_SECONDS=3", "-s", "BROWSER_REQUESTS=20",
    "-s", "BROWSER_MEMORY_MB=700", "-s", "BROWSER_QUIET_SECONDS=0.3",
)  # fmt: skip
_ENDLESS = Page(
    b'<html><head><meta name="generator" content="WordPress 7.1"></head><body><script>for (;;) {}</script></body></html>'
)


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
    assert not running_with(f"MONGODB_DATABASE={scrapy.database_name}")


def _crawl(scrapy: Scrapy, site: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={site}"]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=scrapy.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _wait(scrapy: Scrapy, *, running: bool, seconds: float = 60) -> list[str]:
    """What runs of Chromium, once something, or nothing, does."""
    until = time.monotonic() + seconds
    while True:
        found = running_with(f"MONGODB_DATABASE={scrapy.database_name}")
        if any("--type=renderer" in one for one in found) if running else not found:
            return found
        if time.monotonic() > until:
            return [] if running else found
        time.sleep(0.2)


@needs_chromium
def test_nothing_runs_on_when_the_crawl_is_killed(scrapy: Scrapy) -> None:
    with serve_pages({"/": _ENDLESS}) as site:
        process = _crawl(scrapy, site)
        assert _wait(scrapy, running=True)
        process.kill()
        process.communicate(timeout=30)
        assert _wait(scrapy, running=False, seconds=20) == []


@needs_chromium
def test_nothing_runs_on_when_the_crawl_is_stopped_and_what_is_under_way_is_finished(scrapy: Scrapy) -> None:
    with serve_front(Front(posts=30)) as front:
        process = _crawl(scrapy, front.url)
        assert _wait(scrapy, running=True)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=90)
    assert process.returncode == 9, out
    assert running_with(f"MONGODB_DATABASE={scrapy.database_name}") == []


@needs_chromium
def test_a_browser_that_is_killed_is_started_again(scrapy: Scrapy) -> None:
    with serve_front(Front(posts=8)) as front:
        process = _crawl(scrapy, front.url)
        assert _wait(scrapy, running=True)
        until = time.monotonic() + 60
        while not any(path.startswith("/2025/") for path in front.asked) and time.monotonic() < until:
            time.sleep(0.1)
        _kill_browser(scrapy)
        out, _ = process.communicate(timeout=180)
    lost = scrapy.last_run()["counts"]["errors"]
    assert set(lost) <= {"browser_failed", "browser_crashed"}, out
    assert 1 <= sum(lost.values()) <= 3
    assert process.returncode == 3
    assert len(scrapy.find()) >= 8 - 3
    assert running_with(f"MONGODB_DATABASE={scrapy.database_name}") == []


def _kill_browser(scrapy: Scrapy) -> None:
    """The process that started the others: it has the mark, and no type."""
    for pid, command in processes_with(f"MONGODB_DATABASE={scrapy.database_name}").items():
        if "--presswalk-" in command and "--type=" not in command:
            os.kill(pid, signal.SIGKILL)
