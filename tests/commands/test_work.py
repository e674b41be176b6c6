"""``scrapy enqueue`` and ``scrapy work``, on a real broker; and what they say where there is none."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.metrics.catalogue import ARTICLES, JOBS, RUNNING, RUNS
from crawler.metrics.exposition import parsed
from crawler.storage.connect import connect
from crawler.storage.keeper import free_port
from crawler.urls import site_id
from crawler.work.decisions import PARKED_AFTER
from tests.broker import Broker, serving
from tests.hostile.server import Page, serve_answers
from tests.spiders.listening import listening
from tests.spiders.rest_site import serve
from tests.spiders.running import REPOSITORY, Scrapy
from tests.spiders.site_list import a_site, follow
from tests.waiting import soon

from .asking import Ask


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """The one of this module; each test has a stream of its own."""
    with serving(tmp_path_factory.mktemp("nats")) as running:
        yield running


@pytest.fixture
def enqueue(ask: Ask, broker: Broker, database_name: str) -> Ask:
    """Runs ``scrapy enqueue`` on the queue of this test."""
    return lambda *words: ask("enqueue", *words, *queue_of(broker, database_name))


def queue_of(broker: Broker, name: str) -> list[str]:
    return ["-s", f"NATS_URL={broker.url}", "-s", f"WORK_STREAM={name[-20:]}", "-s", "LEASE_SECONDS=5"]


@contextmanager
def working(scrapy: Scrapy, log: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """``scrapy work``, and what it says."""
    quick = ("-s", "DOWNLOAD_DELAY=0.05", "-s", "AUTOTHROTTLE_START_DELAY=0.05")
    with log.open("ab") as out:
        worker = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "work", "--sites", "2", *options, *quick],
            cwd=REPOSITORY, env=scrapy.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        yield worker, log
    finally:
        worker.kill()
        worker.wait()


def test_sites_are_queued_once_under_the_names_by_which_they_are_known(enqueue: Ask, scrapy: Scrapy) -> None:
    scrapy.insert("sites", {"_id": "home.example", "aliases": ["old.example"], "listed": True})
    told = enqueue("https://news.example/", "www.old.example")
    assert (told.status, told.err) == (0, "")
    assert told.out == (
        "queued         news.example\nqueued         home.example\n2 queued, 0 already waiting or being crawled\n"
    )
    assert enqueue("news.example").out.endswith("0 queued, 1 already waiting or being crawled\n")


def test_those_that_are_due_are_queued(enqueue: Ask, scrapy: Scrapy) -> None:
    for name, minutes, listed in (("a", 1, True), ("b", 3, True), ("c", -5, True), ("d", 9, False)):
        due = datetime.now(UTC) - timedelta(minutes=minutes)
        scrapy.insert("sites", {"_id": f"{name}.example", "listed": listed, "next_due_at": due})
    assert enqueue("--due").out == "2 queued, 0 already waiting or being crawled\n"
    again = enqueue("--due", "--quiet")
    assert (again.status, again.out, again.err) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which sites? Either --due, or their addresses"),
        (("--due", "news.example"), "which sites? Either --due, or their addresses"),
        (("ftp://news.example",), "is not a web address"),
        (("@/nowhere/sites.txt",), "cannot read the list of sites"),
    ],
)
def test_what_cannot_be_meant_is_said(enqueue: Ask, words: tuple[str, ...], said: str) -> None:
    told = enqueue(*words)
    assert told.status == 2
    assert said in told.out + told.err


def test_without_a_queue_both_say_how_to_have_one(ask: Ask, scrapy: Scrapy) -> None:
    told = ask("enqueue", "news.example")
    assert told.status == 2
    assert "NATS_URL is not set" in told.out + told.err
    absent = f"NATS_URL=nats://127.0.0.1:{free_port()}"
    told = ask("enqueue", "news.example", "-s", absent)
    assert (told.status, "nats-server -js" in told.err) == (11, True)
    told = scrapy.run("work")
    assert (told.status, "NATS_URL is not set" in told.out + told.err) == (2, True)
    told = scrapy.run("work", "-s", absent)
    assert (told.status, "scrapy work: no NATS server answers" in told.err) == (11, True)


def test_a_worker_crawls_what_is_queued_and_is_stopped_gently(
    enqueue: Ask, scrapy: Scrapy, broker: Broker, database_name: str, tmp_path: Path
) -> None:
    with serve(a_site(1, 2, 3)) as first, serve(a_site(7)) as second:
        follow(scrapy, first)
        with connect(scrapy.uri) as client:
            client[scrapy.database_name]["sites"].update_one({}, {"$set": {"failed": 3}})
        assert enqueue("--due").status == enqueue(second.origin).status == 0
        options = [*queue_of(broker, database_name), "-s", f"METRICS_FILE={tmp_path / 'work.prom'}"]
        with working(scrapy, tmp_path / "work.log", *options) as (worker, log):
            assert soon(lambda: log.read_text().count(": done, ") == 2, 60), log.read_text()
            assert enqueue("--due").out == "0 queued, 0 already waiting or being crawled\n"
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0, log.read_text()
    said = log.read_text()
    assert len(scrapy.find()) == 4
    assert [("swept_at" in site, {"lease", "failed"} & site.keys()) for site in scrapy.find("sites")] == [
        (True, set())
    ] * 2
    assert [(run["spider"], run["exit_status"]) for run in scrapy.find("runs")] == [("wordpress", 0)] * 2
    assert scrapy.find("locks") == []
    assert "3 added" in said
    assert "Stopped: done 2, taken 2; 4 new articles" in said
    assert not {"Traceback", "Warning", "ERROR"} & set(said.split())
    samples = parsed((tmp_path / "work.prom").read_text())
    told = [ARTICLES.of("work", "added"), JOBS.of("work", "taken"), RUNS.of("work", "ok"), RUNNING.of("work")]
    assert [samples[one] for one in told] == [4, 2, 2, 0]


def test_with_a_queue_what_listens_queues_who_is_due_and_who_tells_of_news(
    enqueue: Ask, scrapy: Scrapy, broker: Broker, database_name: str, tmp_path: Path
) -> None:
    with serve(a_site(1)) as site:
        follow(scrapy, site)
        queue = dict(word.split("=", 1) for word in queue_of(broker, database_name) if word != "-s")
        with listening(scrapy, tmp_path, **queue) as listener:
            counted = {"sites": {"queued": 1}}
            assert soon(lambda: any(counted.items() <= run.get("counts", {}).items() for run in scrapy.find("runs")))
            assert enqueue(site.origin).out.startswith("already there")
            assert listener.ping(site.origin) == 200
            assert listener.stop() == 0, listener.log()
        assert site.asked == []
    assert scrapy.last_run()["counts"]["sites"] == {"queued": 1}


def test_a_site_that_ends_its_workers_is_parked_and_one_whose_workers_were_told_to_end_is_not(
    enqueue: Ask, scrapy: Scrapy, broker: Broker, database_name: str, tmp_path: Path
) -> None:
    """All of the way from no loss is ten workers long: most of them are put into the database."""
    told: list[tuple[int, signal.Signals]] = []

    def answer(target: str) -> Page | None:
        if target == "/" and told:
            os.kill(*told.pop())
            time.sleep(2.5)  # a worker that waits for jobs first hears what the queue says
        return Page(body=b"<html><title>Nothing</title>") if target == "/" else None

    options = [*queue_of(broker, database_name), "-s", "LEASE_SECONDS=3", "-s", "WORK_STOP_SECONDS=5"]
    with serve_answers(answer) as origin:
        site = site_id(origin)
        assert enqueue(origin).status == 0
        with working(scrapy, tmp_path / "ended", *options) as (worker, log):
            told.append((worker.pid, signal.SIGTERM))
            assert worker.wait(30) == 0, log.read_text()
        assert ": stopped, " in log.read_text()
        assert [one.get("lease") for one in scrapy.find("sites", {"_id": site})] == [None], "no loss"
        lost = {"owner": "a:1", "token": 0, "until": datetime.now(UTC) - timedelta(hours=1), "lost": PARKED_AFTER - 2}
        with connect(scrapy.uri) as client:
            client[scrapy.database_name]["sites"].update_one({"_id": site}, {"$set": {"lease": lost}})
        with working(scrapy, tmp_path / "killed", *options) as (worker, log):
            told.append((worker.pid, signal.SIGKILL))
            assert worker.wait(30) == -signal.SIGKILL, log.read_text()
        with working(scrapy, tmp_path / "parked", *options) as (worker, log):
            assert soon(lambda: "it is parked until" in log.read_text(), 60), log.read_text()
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0, log.read_text()
    assert f"{site}: {PARKED_AFTER} workers in a row did not come to its end" in log.read_text()
    [parked] = scrapy.find("sites", {"_id": site})
    assert parked["next_due_at"] == parked["not_before"] > datetime.now(UTC) + timedelta(hours=23)
    assert (parked["health"]["last_error"], "lease" in parked) == (
        f"{PARKED_AFTER} workers in a row did not come to its end", False,
    )  # fmt: skip
    assert enqueue("--due").out.startswith("0 queued, 0 already"), "nothing of it waits"
    assert enqueue(origin).out.startswith("queued"), "by hand it is tried again at once"
