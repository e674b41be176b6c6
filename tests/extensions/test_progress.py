"""The display of a crawl, as a person at a terminal sees it."""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen
from threading import Event
from urllib.parse import urlsplit

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.extensions.progress import Progress
from tests.hostile.server import Page
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import REPOSITORY, SECONDS, Scrapy
from tests.spiders.test_site_end import slow_site
from tests.spiders.test_site_memory import XML
from tests.terminal import Terminal, running, terminal

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TITLE = re.compile(r"^site +posts +read +stored +rate +requests +errors +ends in$")
ENDED = ("found", "result", "articles")
LOG = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+\] [A-Z]+: .")


@contextmanager
def crawling(
    scrapy: Scrapy, seen: Terminal, *sites: RestSite, options: tuple[str, ...] = (), piped: bool = False
) -> Iterator[Popen[bytes]]:
    """``scrapy crawl wordpress`` in a terminal."""
    told = ",".join(site.origin for site in sites)
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={told}", *options]
    with running(seen, command, REPOSITORY, scrapy.environment, piped=piped) as process:
        yield process


def list_posts(site: RestSite) -> None:
    """As WordPress does: its sitemap says which of the files in it has posts."""
    listed = f"<sitemap><loc>{site.origin}post-sitemap.xml</loc></sitemap>"
    index = f'<sitemapindex xmlns="{NAMESPACE}">{listed}</sitemapindex>'
    site.pages["/wp-sitemap.xml"] = Page(index.encode(), headers=XML)


def row(lines: list[str], name: str) -> list[str]:
    """The cells of the last row that begins so."""
    return next((line.removeprefix(name).split() for line in reversed(lines) if line.startswith(name)), [])


def is_drawn(lines: list[str]) -> bool:
    """Whether the display is there."""
    return any(TITLE.match(line) for line in lines)


@pytest.fixture
def fast() -> Iterator[RestSite]:
    """Two posts by REST."""
    with serve(RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"})) as site:
        yield site


def test_it_is_there_while_the_crawl_goes_on_and_ctrl_c_ends_both(scrapy: Scrapy, fast: RestSite) -> None:
    go = Event()
    with slow_site(3, go, 100) as slow, terminal() as seen:
        slow_name, fast_name = (urlsplit(site.origin).netloc for site in (slow, fast))
        list_posts(slow)
        with crawling(scrapy, seen, fast, slow) as process:
            lines = seen.wait(lambda lines: "".join(lines[-1:]).endswith("; 1 of 2 sites are done"))
            assert sum(map(bool, map(TITLE.match, lines))) == 1
            posts, read, stored, requests, errors = row(lines, slow_name)
            assert (posts, read, stored, errors) == ("3", "0", "0", "0")
            assert int(requests) > 3
            assert (row(lines, fast_name), row(lines, "all sites")[:2]) == ([], ["2", "2"])
            assert seen.has_cursor
            seen.resize(40, 60)
            seen.wait(lambda lines: any(re.match("^site +read +stored +errors$", line) for line in lines))
            seen.resize(160, 60)
            seen.wait(is_drawn)
            seen.type(b"\x03")
            seen.wait(lambda lines: any(line.startswith("ending with what is under way") for line in lines))
            assert process.poll() is None
            go.set()
            assert process.wait(SECONDS) == 9
        lines = seen.wait(lambda lines: any("Spider closed (shutdown)" in line for line in lines))
    assert not is_drawn(lines)
    assert [sum(line.startswith(f"  {name} ") for line in lines) for name in ENDED] == [1, 1, 1]
    assert row(lines, f"  {slow_name}") == ["3", "3", "0", "0", "0", requests, "0", "interrupted"]
    assert row(lines, f"  {fast_name}")[-1] == "done"
    assert any(LOG.match(line) and line.endswith("Send again to force") for line in lines)
    assert seen.has_cursor
    assert b"\x1b[?25l" not in seen.written


def test_ctrl_c_twice_stops_at_once_and_leaves_the_terminal_as_it_was(scrapy: Scrapy) -> None:
    go = Event()
    with slow_site(3, go, 100) as slow, terminal() as seen:
        list_posts(slow)
        name = urlsplit(slow.origin).netloc
        try:
            with crawling(scrapy, seen, slow, piped=True) as process:
                seen.wait(lambda lines: is_drawn(lines) and row(lines, name)[:1] == ["3"])
                seen.type(b"\x03")
                seen.wait(lambda lines: any(line.startswith("ending with") for line in lines))
                seen.type(b"\x03")
                out, _ = process.communicate(timeout=SECONDS)
        finally:
            go.set()
        assert (process.returncode, out) == (1, b"")
        lines = seen.wait(lambda lines: "Received SIGINT twice" in lines[-1])
        assert not is_drawn(lines)
        assert all(map(LOG.match, (line.removeprefix("^C") for line in lines)))
        assert seen.has_cursor


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROGRESS", False), ("FEEDS", {"-": {"format": "jsonl"}}), ("TERM", "dumb"), ("standard error", "a pipe")],
)
def test_it_is_not_there_where_it_may_not_be(name: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with terminal() as seen, open(os.dup(seen.end), "w") as stream, open(os.devnull, "w") as pipe:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", stream)
        Progress(get_crawler(settings_dict={"PROGRESS": True}))
        if name == "TERM":
            monkeypatch.setenv(name, "dumb")
        elif name == "standard error":
            monkeypatch.setattr(sys, "stderr", pipe)
        with pytest.raises(NotConfigured):
            Progress(get_crawler(settings_dict={"PROGRESS": True, name: value}))


def test_a_log_of_json_lines_and_a_row_for_each_site(scrapy: Scrapy, fast: RestSite) -> None:
    with serve(RestSite({"post": {}}, None, generator="Ghost")) as other:
        outcome = scrapy.crawl("wordpress", "-s", "LOG_AS=json", site=f"{fast.origin},{other.origin}")
    assert outcome.status == 3
    records = [json.loads(line) for line in outcome.err.splitlines()]
    assert {"time", "level", "logger", "message"} == set(records[0])
    assert [one["level"] for one in records if "is not a WordPress site" in one["message"]] == ["ERROR"]
    rows = [line for line in outcome.out.splitlines() if line.startswith("  127.0.0.1:")]
    assert rows[0].split()[-1] == "not_wordpress"
    assert rows[1].split() == [urlsplit(fast.origin).netloc, "2", "2", "0", "0", "0", rows[1].split()[6], "0", "done"]
    assert "\x1b" not in outcome.err + outcome.out
