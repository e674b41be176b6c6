"""``scrapy events``."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bson import ObjectId

from crawler.events import RunFinished, SiteEvent
from crawler.storage.events import Events
from crawler.storage.indexes import Database
from tests.sinks.events import ARTICLES, history
from tests.spiders.running import REPOSITORY, Scrapy
from tests.waiting import soon

from ..examples import HOME, LATER, NOW, SITE

RUN = ObjectId(f"{9:024x}")


@pytest.fixture(autouse=True)
async def filled(database: Database) -> Database:
    """An outbox with three articles, a site and a run."""
    events = Events(database)
    await events.append(history(1))
    await events.append([SiteEvent(id="s", type="site.blocked", at=LATER, site="other.example", reason="http_403")])
    counts = {"found": 3}
    await events.append(
        [RunFinished(id="r", at=LATER, run_id=RUN, spider="wordpress", sites=(SITE,), exit_status=0, counts=counts)]
    )
    return database


def lines(out: str) -> list[dict[str, Any]]:
    """What was printed."""
    return [json.loads(line) for line in out.splitlines()]


def test_events_are_printed_from_a_cursor_on(scrapy: Scrapy) -> None:
    printed = lines(scrapy.run("events").out)
    assert [event["cursor"] for event in printed] == [1, 2, 3, 4, 5]
    assert {name: value for name, value in printed[0].items() if name != "recorded_at"} == {
        "cursor": 1,
        "id": f"{ARTICLES[0]}:0:changed",
        "type": "article.changed",
        "at": NOW.isoformat().replace("+00:00", "Z"),
        "article_id": str(ARTICLES[0]),
        "site": SITE,
        "url": f"{HOME}/{ARTICLES[0]}/",
        "revision": 0,
        "title": "Brücke",
        "fields": ["title", "text"],
    }
    assert lines(scrapy.run("events", "--after", "3").out) == printed[3:]


def test_for_people_and_only_what_is_wanted(scrapy: Scrapy) -> None:
    options = ("--format", "table", "--type", "site,run.finished", "--since", f"{LATER:%Y-%m-%dT%H:%MZ}")
    outcome = scrapy.run("events", *options)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"       4  {LATER:%Y-%m-%d %H:%M:%S}  site.blocked         other.example  http_403",
        f"       5  {LATER:%Y-%m-%d %H:%M:%S}  run.finished         {SITE}",
    ]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--after", "x"), "'x' is no cursor"),
        (("--deliver", "--sinks"), "only one of --deliver, --sinks and --resume"),
        (("--most", "2"), "not understood: --most 2"),
        (("--type", "article.aded"), "'article.aded' is no type of event; there are: article.added"),
        (("--deliver", "-s", "EVENTS_WEBHOOK_URLS=x"), "no http(s) URL"),
        (("--resume", "alerts"), "there is no sink 'alerts'; there are: none"),
    ],
)
def test_what_is_not_understood(scrapy: Scrapy, options: tuple[str, ...], why: str) -> None:
    outcome = scrapy.run("events", *options)
    assert outcome.status == 2
    assert why in outcome.err + outcome.out


async def test_sinks_are_shown_and_resumed(filled: Database, scrapy: Scrapy) -> None:
    parked = {"state": "parked", "after": 2, "failures": 100, "last_error": "http_410", "delivered": 1200}
    await filled["sinks"].insert_one({"_id": "alerts", **parked})
    assert scrapy.run("events", "--sinks").out.splitlines() == [
        "alerts: parked, 1,200 delivered, cursor 2, 3 to go",
        "    100 failures in a row, the last one http_410; scrapy events --resume alerts",
    ]
    assert scrapy.run("events", "--resume", "alerts", "--after", "1").out == "alerts is served again\n"
    assert await filled["sinks"].find_one() == {
        "_id": "alerts", "state": "active", "after": 1, "failures": 0, "delivered": 1200,
    }  # fmt: skip


@contextmanager
def following(scrapy: Scrapy, *options: str) -> Iterator[subprocess.Popen[str]]:
    """``scrapy events --follow``."""
    told = {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name}
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "events", "--follow", *options],
        cwd=REPOSITORY, env=os.environ | told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def test_following_goes_on_until_it_is_stopped(filled: Database, scrapy: Scrapy) -> None:
    with following(scrapy, "--after", "4") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["cursor"] == 5
        await Events(filled).append(history(1, first=1))
        assert [json.loads(process.stdout.readline())["cursor"] for _ in range(3)] == [6, 7, 8]
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
        assert process.stderr.read() == ""


def test_following_ends_when_nobody_reads_any_more(scrapy: Scrapy) -> None:
    with following(scrapy, "--after", "4") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert soon(lambda: process.poll() is not None), "without an event to write"
        assert process.returncode == 0
        assert process.stderr.read() == ""
        process.stdout = None


def test_a_limit_ends_it(scrapy: Scrapy) -> None:
    assert [event["cursor"] for event in lines(scrapy.run("events", "--after", "1", "--limit", "2").out)] == [2, 3]


def test_a_site_that_is_not_known_is_said(scrapy: Scrapy) -> None:
    outcome = scrapy.run("events", "--site", "unheard.example")
    assert (outcome.status, outcome.out) == (2, "")
    assert "unheard.example is not known" in outcome.err
