"""``scrapy crawl listen``: a list that is followed by one process, and sites that say themselves when to look."""

import signal
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from crawler.storage.connect import connect
from tests.spiders.listening import STOP_SECONDS, Listener, listening
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Scrapy
from tests.spiders.site_list import a_site, change, follow, is_known, looks, publish
from tests.spiders.test_left import hours_around
from tests.spiders.test_site_end import slow_site
from tests.spiders.test_site_memory import map_posts, record, stored
from tests.waiting import listens, soon

HOUR = timedelta(hours=1)


def test_sites_of_the_list_are_followed_and_looked_at_when_they_say_so(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1, 2)) as first, serve(a_site(1)) as second, serve(a_site(7)) as later:
        follow(scrapy, first, second)
        with listening(scrapy, tmp_path) as listener:
            assert soon(lambda: is_known(scrapy, first, second)), listener.log()
            _a_push_brings_what_is_new(scrapy, listener, first)
            _a_second_push_within_the_window_is_served_at_its_end(scrapy, listener, first)
            _a_site_that_is_added_meanwhile_is_followed(scrapy, listener, later)
            _a_site_whose_time_has_come_is_looked_at(scrapy, second)
            assert listener.ping("http://unknown.example/") == 200
            assert soon(lambda: scrapy.find("locks") == [])
            started = time.monotonic()
            assert listener.stop() == 0, listener.log()
            assert time.monotonic() - started < 10
        counts = listener.counts
        assert (counts["push"]["listening"], counts["push"]["ignored/unknown_site"]) == (1, 1)
        assert counts["push"]["accepted/ping"] + counts["push"]["queued"] + counts["push"].get("debounced", 0) == 5
        assert not counts["storage"]
    run = scrapy.last_run()
    assert (run["finish_reason"], run["exit_status"], run["open_hosts"], run["opened"]) == ("shutdown", 0, [], [])
    assert {site["site"] for site in run["sites"]} == {record(scrapy, one)["_id"] for one in (first, second, later)}
    assert scrapy.find("locks") == []
    assert "Traceback" not in listener.log()
    assert "Warning" not in listener.log()


def _a_push_brings_what_is_new(scrapy: Scrapy, listener: Listener, site: RestSite) -> None:
    publish(site, 3)
    assert listener.ping(site.origin) == 200
    assert soon(lambda: stored(scrapy, site) == {1, 2, 3})
    assert soon(lambda: "pushed_at" not in record(scrapy, site))
    assert record(scrapy, site)["next_due_at"] > datetime.now(UTC)


def _a_second_push_within_the_window_is_served_at_its_end(scrapy: Scrapy, listener: Listener, site: RestSite) -> None:
    before = looks(site)
    publish(site, 4)
    assert [listener.ping(site.origin) for _ in range(3)] == [200, 200, 200]
    assert soon(lambda: stored(scrapy, site) == {1, 2, 3, 4})
    assert soon(lambda: "pushed_at" not in record(scrapy, site))
    assert looks(site) - before <= 2


def _a_site_that_is_added_meanwhile_is_followed(scrapy: Scrapy, listener: Listener, site: RestSite) -> None:
    follow(scrapy, site)
    assert soon(lambda: is_known(scrapy, site)), listener.log()
    publish(site, 8)
    assert listener.ping(site.origin) == 200
    assert soon(lambda: stored(scrapy, site) == {7, 8})


def _a_site_whose_time_has_come_is_looked_at(scrapy: Scrapy, site: RestSite) -> None:
    publish(site, 2)
    change(scrapy, site, {"next_due_at": datetime.now(UTC)})
    assert soon(lambda: stored(scrapy, site) == {1, 2})


def test_what_was_accepted_is_looked_at_after_a_kill(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1)) as site:
        follow(scrapy, site)
        with listening(scrapy, tmp_path) as first:
            assert soon(lambda: is_known(scrapy, site)), first.log()
            publish(site, 2)
            assert first.ping(site.origin) == 200
            assert first.stop(signal.SIGKILL) == -signal.SIGKILL
        assert record(scrapy, site)["next_due_at"] <= datetime.now(UTC) or stored(scrapy, site) == {1, 2}
        with listening(scrapy, tmp_path) as second:
            assert soon(lambda: stored(scrapy, site) == {1, 2}), second.log()
            assert second.stop() == 0


def test_in_quiet_hours_pushes_are_taken_and_nothing_is_asked(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1)) as site:
        follow(scrapy, site)
        quiet = hours_around(datetime.now(UTC)).partition("=")[2]
        with listening(scrapy, tmp_path, QUIET_HOURS=quiet, PUSH_DEBOUNCE_SECONDS="0.1") as listener:
            assert listener.ping(site.origin) == 200
            assert soon(lambda: "pushed_at" in record(scrapy, site))
            assert soon(lambda: "these are quiet hours" in listener.log())
            time.sleep(1.5)  # three looks at the list
            assert listener.stop() == 0, listener.log()
        assert site.asked == []
        counts = listener.counts
        assert (counts["sites"], counts["push"]["accepted/ping"]) == ({"quiet": 1}, 1)
        with listening(scrapy, tmp_path) as listener:
            assert soon(lambda: stored(scrapy, site) == {1}), listener.log()
            assert listener.stop() == 0


def test_a_port_that_is_taken_is_named(scrapy: Scrapy) -> None:
    with serve(a_site(1)) as site:
        port = site.origin.rstrip("/").rpartition(":")[2]
        outcome = scrapy.crawl("listen", "-s", f"PUSH_PORT={port}")
    assert outcome.status == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in outcome.err
    assert "-s PUSH_PORT=…" in outcome.err


def is_any(scrapy: Scrapy, field: str) -> bool:
    """Whether an article has a field."""
    return any(field in article for article in scrapy.find())


def test_what_is_missing_in_two_crawls_of_one_process_is_gone(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1, 2, 3)) as site:
        follow(scrapy, site)
        with listening(scrapy, tmp_path, SWEEP_DAYS="0.00001") as listener:  # every look is at everything
            assert soon(lambda: is_known(scrapy, site)), listener.log()
            del site.posts["post"][2]
            for state in ("missing_since", "gone_at"):
                time.sleep(1.1)  # the crawl before began in another second
                change(scrapy, site, {"next_due_at": datetime.now(UTC)})
                assert soon(partial(is_any, scrapy, state)), listener.log()
                assert soon(lambda: is_known(scrapy, site))
            assert listener.stop() == 0
    assert [event["type"] for event in scrapy.find("events")].count("article.gone") == 1


def test_a_site_that_another_run_crawls_is_tried_again(scrapy: Scrapy, tmp_path: Path) -> None:
    with serve(a_site(1)) as site:
        follow(scrapy, site)
        name, expires = site.origin.removeprefix("http://").strip("/"), datetime.now(UTC) + HOUR
        with connect(scrapy.uri) as client:
            locks = client[scrapy.database_name]["locks"]
            locks.insert_one({"_id": name, "machine": "elsewhere", "pid": 1, "run_id": 1, "expires_at": expires})
            with listening(scrapy, tmp_path) as listener:
                assert soon(lambda: record(scrapy, site)["next_due_at"] > datetime.now(UTC)), listener.log()
                assert scrapy.find() == []
                locks.delete_one({"_id": name})
                change(scrapy, site, {"next_due_at": datetime.now(UTC)})
                assert soon(lambda: stored(scrapy, site) == {1}), listener.log()
                assert listener.stop() == 0
        assert listener.counts["sites"] == {"crawled": 1, "given": 1, "locked": 1}


def test_a_site_that_tells_of_something_while_it_is_crawled_is_looked_at_once_more(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    go = Event()
    with slow_site(2, go, 50) as site:
        follow(scrapy, site)
        with listening(scrapy, tmp_path, PUSH_DEBOUNCE_SECONDS="0.1") as listener:
            try:
                assert soon(lambda: any(target.startswith("waits: ") for target in site.asked)), listener.log()
                publish(site, 3)
                assert [listener.ping(site.origin) for _ in range(2)] == [200, 200]
                maps = site.asked.count("/wp-sitemap.xml")
                map_posts(site)
            finally:
                go.set()
            assert soon(lambda: stored(scrapy, site) == {1, 2, 3}), listener.log()
            assert soon(lambda: "pushed_at" not in record(scrapy, site))
            assert record(scrapy, site)["next_due_at"] > datetime.now(UTC)
            assert listener.stop() == 0
        assert site.asked.count("/wp-sitemap.xml") == maps + 1
    assert listener.counts["sites"]["given"] == 2


def test_one_that_is_stopped_takes_no_pushes_and_finishes_what_is_in_flight(scrapy: Scrapy, tmp_path: Path) -> None:
    go = Event()
    with slow_site(1, go, 50) as site:
        follow(scrapy, site)
        with listening(scrapy, tmp_path) as listener:
            receiver = f"http://127.0.0.1:{listener.port}"
            try:
                assert soon(lambda: any(target.startswith("waits: ") for target in site.asked)), listener.log()
                listener.process.send_signal(signal.SIGTERM)
                assert soon(lambda: not listens(receiver))
                assert listener.process.poll() is None
            finally:
                go.set()
            assert listener.process.wait(STOP_SECONDS) == 0, listener.log()
    assert stored(scrapy, site) == {1}
    assert record(scrapy, site)["next_due_at"] < datetime.now(UTC)  # the crawl did not come to its end
