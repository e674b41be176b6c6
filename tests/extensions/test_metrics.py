"""Metrics of crawls as they run: the file of jobs of cron, the endpoint of processes that go on."""

import json
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

from crawler.metrics.catalogue import (
    ARTICLES,
    DATABASE_UP,
    DUE,
    LAST_END,
    LAST_STATUS,
    LAST_SUCCESS,
    LEASES,
    LISTED,
    PUSHES,
    REQUESTS,
    RUNNING,
    RUNS,
    STORED,
    Metric,
)
from crawler.metrics.exposition import parsed
from tests.spiders.listening import listening
from tests.spiders.rest_site import serve
from tests.spiders.running import REPOSITORY, Scrapy
from tests.spiders.site_list import a_site, follow, is_known
from tests.spiders.test_site_end import slow_site
from tests.waiting import soon

from ..push.test_listen import free_port

Value = Callable[..., float | None]

_AT_ONCE = ("-s", "METRICS_SECONDS=0.2")
_DEAD = "mongodb://127.0.0.1:9/"


def values(text: str, task: str) -> Value:
    """The value of a metric with these labels."""
    samples = parsed(text)
    return lambda metric, *labels: samples.get(metric.of(task, *labels))


def test_the_file_goes_on_from_run_to_run_however_they_end(scrapy: Scrapy, tmp_path: Path) -> None:
    file = tmp_path / "presswalk.prom"
    told = ("-s", f"METRICS_FILE={file}", "-s", "METRICS_TASK=hourly")

    def value(metric: Metric, *labels: str) -> float | None:
        return values(file.read_text(), "hourly")(metric, *labels)

    with serve(a_site(1, 2)) as site:
        assert scrapy.crawl("wordpress", *told, site=site.origin).status == 0
        first = value(REQUESTS)
        assert scrapy.crawl("wordpress", *told, site=site.origin).status == 0
    success = value(LAST_SUCCESS)
    assert first and value(REQUESTS) == first + 2
    assert (value(ARTICLES, "added"), value(ARTICLES, "unchanged"), value(STORED)) == (2, 2, 2)
    assert (value(RUNS, "ok"), value(RUNNING), value(LAST_STATUS), value(DATABASE_UP)) == (2, 0, 0, 1)
    assert value(LEASES, "host", "held") == 0, "the locks are given back before they are counted"
    failed = scrapy.run("crawl", "wordpress", "-a", f"site={site.origin}", *told, MONGODB_URI=_DEAD)
    assert failed.status == 7
    assert scrapy.crawl("wordpress", *told, "-s", "RETRY_TIMES=0", site=site.origin).status == 4
    assert (value(RUNS, "ok"), value(RUNS, "storage_failed"), value(RUNS, "unreachable")) == (2, 1, 1)
    assert (value(LAST_STATUS), value(LAST_SUCCESS), value(ARTICLES, "added")) == (4, success, 2)


def test_a_run_tells_while_it_goes_on_and_when_it_is_stopped(scrapy: Scrapy, tmp_path: Path) -> None:
    file = tmp_path / "presswalk.prom"
    go = Event()
    options = ("-s", f"METRICS_FILE={file}", *_AT_ONCE)
    with slow_site(3, go, 50) as slow:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={slow.origin}", *options]
        process = subprocess.Popen(command, cwd=REPOSITORY, env=scrapy.environment, stdout=subprocess.DEVNULL)
        try:
            assert soon(lambda: file.exists() and values(file.read_text(), "presswalk")(LEASES, "host", "held") == 1)
            value = values(file.read_text(), "presswalk")
            assert (value(RUNNING), value(LAST_END)) == (1, None)
            assert soon(lambda: any(target.startswith("waits") for target in slow.asked))
            process.terminate()
            go.set()
            assert process.wait(60) == 9
        finally:
            process.kill()
            process.wait()
    value = values(file.read_text(), "presswalk")
    assert (value(RUNNING), value(RUNS, "interrupted"), value(LAST_SUCCESS)) == (0, 1, None)


def scraped(port: int, method: str = "GET", path: str = "/metrics", body: bytes = b"") -> tuple[int, str, str]:
    """Status, media type and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()
    finally:
        connection.close()


def test_a_process_that_listens_answers_prometheus(scrapy: Scrapy, tmp_path: Path) -> None:
    port = free_port()

    def value(metric: Metric, *labels: str) -> float | None:
        return values(scraped(port)[2], "listen")(metric, *labels)

    with serve(a_site(1, 2)) as site:
        follow(scrapy, site)
        with listening(scrapy, tmp_path, METRICS_PORT=str(port), METRICS_SECONDS="0.2") as listener:
            assert soon(lambda: is_known(scrapy, site)), listener.log()
            assert listener.ping(site.origin) == 200
            assert listener.ping("http://unknown.example/") == 200
            assert soon(lambda: value(LISTED) == 1)
            status, media_type, text = scraped(port)
            assert (status, media_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
            assert "\nprocess_resident_memory_bytes " in text
            assert (value(ARTICLES, "added"), value(RUNNING), value(DATABASE_UP)) == (2, 1, 1)
            assert (value(PUSHES, "accepted", "ping"), value(PUSHES, "ignored", "unknown_site")) == (1, 1)
            assert [
                scraped(port, "HEAD")[0],
                scraped(port, "POST", body=bytes(300_000))[0],
                scraped(port, path="/")[0],
            ] == [200, 405, 404]
            busy = scrapy.crawl("wordpress", "-s", f"METRICS_PORT={port}", site=site.origin)
            assert busy.status == 1
            assert f"Cannot tell metrics on 127.0.0.1:{port}" in busy.err
            assert "METRICS_PORT=…" in busy.err
            assert listener.stop() == 0, listener.log()
        assert "Traceback" not in listener.log() + busy.err
        assert listener.log().count("/metrics") == 1


MANY = """
import sys
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
settings.setdict({"MONGODB_URI": sys.argv[1], "MONGODB_DATABASE": sys.argv[2], "METRICS_FILE": sys.argv[3]})
settings.setdict({"METRICS_PORT": 0, "CLOSING_TABLE": False})
process = AsyncCrawlerProcess(settings)
for site in sys.argv[4:]:
    process.crawl("wordpress", site=site)
process.start()
"""


def test_several_crawls_of_a_process_feed_one_endpoint_and_one_file(scrapy: Scrapy, tmp_path: Path) -> None:
    file = tmp_path / "presswalk.prom"
    with serve(a_site(1, 2)) as one, serve(a_site(1, 2, 3)) as other:
        arguments = [scrapy.uri, scrapy.database_name, str(file), one.origin, other.origin]
        done = subprocess.run(
            [sys.executable, "-c", MANY, *arguments],
            cwd=REPOSITORY, env=scrapy.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Metrics are at http://127.0.0.1:") == 1
    assert "Traceback" not in done.stderr
    value = values(file.read_text(), "presswalk")
    assert (value(ARTICLES, "added"), value(RUNS, "ok"), value(RUNNING), value(DUE)) == (5, 2, 0, 0)


def test_a_wrong_setting_is_found_before_anything_begins(scrapy: Scrapy) -> None:
    outcome = scrapy.crawl("wordpress", "-s", "METRICS_FILE=metrics.txt", site="https://news.example")
    assert outcome.status == 2
    assert "METRICS_FILE is 'metrics.txt'" in outcome.err


def test_who_tells_nobody_needs_no_prometheus_client() -> None:
    source = (
        "import crawler.extensions.metrics, crawler.commands.crawl, sys, json; print(json.dumps(list(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", source], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert not [name for name in json.loads(done.stdout) if name.startswith("prometheus_client")]
