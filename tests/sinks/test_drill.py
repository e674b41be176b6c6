"""A receiver that is down and comes back, and a deliverer that is killed meanwhile: with real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.database import Database as BlockingDatabase

from crawler.storage.events import Events
from crawler.storage.indexes import Database
from crawler.storage.keeper import free_port
from demo.content import demo_site
from demo.server import serve
from tests.spiders.running import REPOSITORY, Document, Scrapy
from tests.waiting import soon

from .events import history, is_ordered
from .receiver import receiving

QUICK = {"EVENTS_WEBHOOK_BEGIN": "beginning", "EVENTS_WEBHOOK_BATCH": "3", "EVENTS_WEBHOOK_TIMEOUT": "2"}
QUICK |= {"EVENTS_RETRY_SECONDS": "0.1", "EVENTS_RETRY_MAX_SECONDS": "0.2", "EVENTS_POLL_SECONDS": "0.1"}
SETTINGS = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]


@contextmanager
def delivering(scrapy: Scrapy, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """``scrapy events --deliver --follow``, killed at the end if it has not ended."""
    told = {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name, "EVENTS_WEBHOOK_URLS": url}
    command = [sys.executable, "-m", "scrapy", "events", "--deliver", "--follow", *SETTINGS]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | told, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_nothing_is_lost_over_an_outage_and_a_kill(
    database: Database, blocking_database: BlockingDatabase[Document], scrapy: Scrapy
) -> None:
    """As an hour of outage, in seconds: the pauses between attempts are a ten-thousandth of what they are."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    sinks = blocking_database["sinks"]
    await Events(database).append(history(20))
    with delivering(scrapy, url) as first:
        assert soon(lambda: sinks.count_documents({"failures": {"$gte": 3}}) == 1)
        with receiving(port) as receiver:
            receiver.seconds = 0.05
            assert soon(lambda: len(receiver.taken) >= 9)
            first.send_signal(signal.SIGKILL)
            first.wait()
            await Events(database).append(history(5, first=20))
            assert len(receiver.ids) < 60, "it was killed in the middle"
            with delivering(scrapy, url) as second, delivering(scrapy, url) as third:
                assert soon(lambda: len(receiver.ids) == 75)
                assert soon(lambda: sinks.count_documents({"after": 75}) == 1)
                for process in (second, third):
                    process.send_signal(signal.SIGTERM)
                    assert process.wait(15) == 0
            assert receiver.ids == [event.id for event in history(25)]
            assert is_ordered(receiver.ids)
            assert len(receiver.taken) - 75 in (0, 3), "the message that was under way, at most, comes twice"


def test_a_crawl_delivers_what_it_tells_its_end_included(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served, receiving() as receiver:
        told = {"EVENTS_WEBHOOK_URLS": receiver.url, "EVENTS_WEBHOOK_SECRET": "hush"}
        outcome = scrapy.run("crawl", "wordpress", "-a", f"site={served.url}", "-a", "limit=5", **told)
    assert outcome.status == 0, outcome.err
    events = [event for event in scrapy.find("events") if event["type"] != "gap"]
    assert {event["_id"] for event in events} == set(receiver.ids)
    assert receiver.taken[-1]["type"] == "run.finished"
    assert len(receiver.taken) == len(events)
    assert "hush" not in outcome.err + outcome.out
    assert "token=secret" not in outcome.err + outcome.out


def test_a_crawl_is_not_kept_by_a_receiver_that_is_down(scrapy: Scrapy) -> None:
    url = f"http://127.0.0.1:{free_port()}/hook"
    with serve(demo_site(), "classic") as served:
        crawl = ("crawl", "wordpress", "-a", f"site={served.url}", "-a", "limit=5")
        outcome = scrapy.run(*crawl, EVENTS_WEBHOOK_URLS=url)
    assert outcome.status == 0, outcome.err
    [sink] = scrapy.find("sinks")
    assert (sink["state"], sink["after"], sink["last_error"]) == ("active", 0, "ClientConnectorError")
    assert "events for webhook: not taken" in outcome.err


def test_a_wrong_setting_is_told_before_anything_is_fetched(scrapy: Scrapy) -> None:
    outcome = scrapy.run("crawl", "wordpress", "-a", "site=http://127.0.0.1:9/", EVENTS_WEBHOOK_URLS="hush")
    assert outcome.status == 2
    assert "what is given for webhook is no http(s) URL" in outcome.err
    assert "Traceback" not in outcome.err
