"""``scrapy runs``: which crawls, and how they ended."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId

from tests.spiders.running import Document, Scrapy

from .asking import Ask
from .test_sites import put

PARTIAL = "3 done, but some pages or sites could not be read"
NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)


def crawl(number: int, **fields: object) -> Document:
    """A crawl that ended well, so many days before the third of December."""
    began = NOON - timedelta(days=number)
    counts = {"articles": {"added": number, "changed": 1, "gone": 0}, "errors": {}, "requests": 1200, "bytes": 9}
    return {
        "_id": ObjectId(f"{number:024x}"), "spider": "wordpress", "started_at": began,
        "finished_at": began + timedelta(seconds=90), "finish_reason": "finished", "exit_status": 0, "counts": counts,
        "hosts": ["news.example"], "sites": [{"site": "news.example"}],
    } | fields  # fmt: skip


@pytest.fixture(autouse=True)
def stored(scrapy: Scrapy) -> None:
    killed = crawl(3, hosts=["blogs.example"], finish_reason="killed")
    running = crawl(0, hosts=["news.example"])
    for name in ("sites", "exit_status", "counts"):
        del killed[name], running[name]
    del running["finished_at"]
    failed = crawl(
        2, exit_status=3, sites=[{"site": "blogs.example/a"}], hosts=["blogs.example"],
        counts={"articles": {}, "errors": {"http_500": 2, "timeout": 1}},
    )  # fmt: skip
    put(scrapy, "runs", running, crawl(1), failed, killed)
    put(scrapy, "sites", {"_id": "news.example"}, {"_id": "blogs.example/a"}, {"_id": "blogs.example/b"})


def test_crawls_and_how_they_ended(ask: Ask) -> None:
    title, *lines = ask("runs").out.splitlines()
    assert title.split() == [
        "STARTED",
        "SPIDER",
        "NEW",
        "CHANGED",
        "GONE",
        "ERRORS",
        "REQUESTS",
        "TIME",
        "RESULT",
        "SITES",
    ]
    assert [re.split(" {2,}", line) for line in lines] == [
        ["2025-12-03 12:00", "wordpress", "-", "-", "-", "-", "-", "-", "killed", "news.example"],
        ["2025-12-02 12:00", "wordpress", "1", "1", "0", "0", "1,200", "1 min", "0 done", "news.example"],
        ["2025-12-01 12:00", "wordpress", "-", "-", "-", "3", "-", "1 min", PARTIAL, "blogs.example/a"],
        ["2025-11-30 12:00", "wordpress", "-", "-", "-", "-", "-", "-", "killed", "blogs.example"],
    ]


def test_a_run_that_has_not_ended_is_under_way_while_its_lock_is_alive(ask: Ask, scrapy: Scrapy) -> None:
    now = datetime.now(UTC)
    begun = {"spider": "wordpress", "started_at": now, "hosts": ["news.example"]}
    lock = {"_id": "news.example", "machine": "elsewhere", "pid": 1}
    put(scrapy, "runs", begun | {"_id": ObjectId(f"{99:024x}")})
    put(scrapy, "locks", lock | {"run_id": ObjectId(f"{99:024x}"), "expires_at": now + timedelta(minutes=1)})
    put(scrapy, "runs", begun | {"alive_at": now - timedelta(hours=1)}, begun | {"alive_at": now}, begun)
    put(scrapy, "runs", begun | {"_id": ObjectId(f"{98:024x}"), "alive_at": now - timedelta(minutes=2)})
    ended = {"_id": "b.example", "run_id": ObjectId(f"{98:024x}"), "expires_at": now - timedelta(seconds=30)}
    put(scrapy, "locks", lock | ended)
    results = [re.split(" {2,}", line)[-2] for line in ask("runs", "--since", "1h").out.splitlines()[1:]]
    assert sorted(results) == ["killed", "killed", "under way", "under way", "under way"]
    told = [json.loads(line) for line in ask("runs", "--since", "1h", "--format", "jsonl").out.splitlines()]
    assert sorted(run.get("finish_reason", "") for run in told) == ["", "", "", "killed", "killed"]


def test_a_crawl_that_was_left_for_now_says_so(ask: Ask, scrapy: Scrapy) -> None:
    counts = {"articles": {"added": 5}, "errors": {}, "requests": 1000, "ended": {"slice": 1}}
    several = crawl(
        5, counts=counts | {"ended": {"request_limit": 2}}, sites=[{"site": "a.example"}, {"site": "b.example"}]
    )
    put(scrapy, "runs", crawl(4, counts=counts), several)
    lines = ask("runs", "--until", "2025-11-29").out.splitlines()[1:]
    results = [re.split(" {2,}", line)[-2] for line in lines]
    assert results == ["0 left for now (slice)", "0 done, 2 left for now (request_limit)"]


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        (["--site", "news.example"], [0, 1]),
        (["--site", "blogs.example/a"], [2, 3]),
        (["--site", "blogs.example/b"], [3]),
        (["--since", "2025-12-02"], [0, 1]),
        (["--until", "2025-12-01"], [2, 3]),
        (["--limit", "1"], [0]),
    ],
)
def test_which_crawls_are_meant(ask: Ask, options: list[str], meant: list[int]) -> None:
    lines = ask("runs", "--format", "jsonl", *options).out.splitlines()
    assert [int(json.loads(line)["_id"]["$oid"], 16) for line in lines] == meant


def test_their_counts_are_columns(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("runs", "--format", "csv").out)))
    assert [(row["exit_status"], row["added"], row["errors"], row["requests"]) for row in rows] == [
        ("", "", "", ""), ("0", "1", "0", "1200"), ("3", "", "3", ""), ("", "", "", ""),
    ]  # fmt: skip
    assert ask("runs", "--format", "markdown").out.startswith("| STARTED | SPIDER |")


def test_nothing_and_nonsense(ask: Ask) -> None:
    none = ask("runs", "--until", "2020-01-01")
    assert (none.status, none.out, none.err) == (0, "", "no crawl is like that\n")
    assert ask("runs", "--since", "2025-12-02", "--until", "2025-12-01").status == 2
