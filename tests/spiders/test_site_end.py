"""Each site of a run ends by itself: remembered and free for others while the run goes on with slower ones."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from threading import Event
from urllib.parse import urlsplit

from tests.hostile.server import Page, serve_answers
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Scrapy
from tests.spiders.test_site_memory import map_posts, record, stored
from tests.waiting import soon

ONLY_BEGUN = {"_id", "url", "listed", "begun_at"}
"""What is known of a site whose first crawl has not come to its end."""


@contextmanager
def slow_site(posts: int, go: Event, seconds: float) -> Iterator[RestSite]:
    """A site whose posts wait for ``go``, each for so many seconds at most; ``asked`` says that they do."""
    site = RestSite({"post": {wp_id: wp_id for wp_id in range(1, posts + 1)}}, None)

    def answer(target: str) -> Page | None:
        if target.startswith("/post-") and target.endswith("/"):
            site.asked.append(f"waits: {target}")
            go.wait(seconds)
        return site.answer(target)

    with serve_answers(answer) as site.origin:
        map_posts(site)
        yield site


def test_the_closing_table_tells_of_an_archive_that_could_not_be_closed(scrapy: Scrapy, tmp_path: Path) -> None:
    go, folder = Event(), tmp_path / "archive"
    with slow_site(1, go, 50) as site, ThreadPoolExecutor(1) as threads:
        try:
            crawl = threads.submit(scrapy.crawl, "wordpress", "-s", f"WARC_DIR={folder}", site=site.origin)
            assert soon(lambda: any(target.startswith("waits: ") for target in site.asked))
            assert soon(lambda: any(folder.iterdir()))
            rmtree(folder)
        finally:
            go.set()
        outcome = crawl.result()
    assert outcome.status == 3
    (result,) = (line for line in outcome.out.splitlines() if line.startswith("  result "))
    assert result.endswith("(exit status 3)")


def test_a_site_is_remembered_and_free_while_a_slow_one_is_crawled(scrapy: Scrapy) -> None:
    go = Event()
    with (
        serve(RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"})) as fast,
        slow_site(3, go, 50) as slow,
        ThreadPoolExecutor(1) as threads,
    ):
        try:
            both = threads.submit(scrapy.crawl, "wordpress", site=f"{fast.origin},{slow.origin}")
            assert soon(lambda: "swept_at" in record(scrapy, fast))
            assert soon(lambda: "/wp-sitemap.xml" in slow.asked)
            (run,) = scrapy.find("runs")
            assert soon(lambda: len(scrapy.find("locks")) == 1)
            assert scrapy.find("runs")[0]["open_hosts"] == [slow.origin.removeprefix("http://").strip("/")]
            assert record(scrapy, slow).keys() == ONLY_BEGUN
            assert scrapy.crawl("wordpress", site=fast.origin).status == 0
            assert scrapy.crawl("wordpress", site=slow.origin).status == 8
        finally:
            go.set()
        assert both.result().status == 0
    assert (stored(scrapy, fast), stored(scrapy, slow)) == ({1, 2}, {1, 2, 3})
    assert record(scrapy, slow)["complete"]["value"] is True
    (ended,) = scrapy.find("runs", {"_id": run["_id"]})
    assert [(site["route"], site["complete"]) for site in ended["sites"]] == [("rest", True), ("sitemap", True)]
    assert (ended["open_hosts"], scrapy.find("locks")) == ([], [])


def test_of_an_interrupted_run_the_sites_that_had_ended_stay_kept(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1}}, {"post": "posts"})) as fast, slow_site(60, Event(), 10) as slow:
        options = ("-s", "CLOSESPIDER_TIMEOUT=15")
        assert scrapy.crawl("wordpress", *options, site=f"{fast.origin},{slow.origin}").status == 1
        assert record(scrapy, fast)["complete"]["value"] is True
        assert record(scrapy, slow).keys() == ONLY_BEGUN
        assert [one["site"] for one in scrapy.last_run()["sites"]][:1] == [record(scrapy, fast)["_id"]]


def test_a_site_that_is_not_reached_is_remembered_before_a_slow_one_is_done(scrapy: Scrapy) -> None:
    go = Event()
    with serve_answers(lambda _: None) as lost, slow_site(1, go, 50) as slow, ThreadPoolExecutor(1) as threads:
        try:
            both = threads.submit(scrapy.crawl, "wordpress", site=f"{lost},{slow.origin}")
            assert soon(lambda: bool(scrapy.find("sites", {"health": {"$exists": True}})))
            (kept,) = scrapy.find("sites", {"health": {"$exists": True}})
            assert (kept["url"], kept["health"]["failures"]) == (lost, 1)
            assert not both.done()
        finally:
            go.set()
        assert both.result().status == 3


def test_a_start_that_leads_to_no_wordpress_is_remembered_as_it_was_given(scrapy: Scrapy, plain_site: str) -> None:
    moved = Page(status=301, headers={"Location": plain_site})
    with serve_answers(lambda target: moved if target == "/" else None) as start:
        named = f"NAMED_HOSTS={urlsplit(plain_site).netloc}"
        assert scrapy.crawl("wordpress", "-s", named, site=start).status == 5
    (kept,) = scrapy.find("sites")
    assert (kept["_id"], kept["url"]) == (start.removeprefix("http://").strip("/"), start)
    assert kept["health"] == {"failures": 1, "last_error": "not_wordpress"}
    assert (scrapy.find("locks"), scrapy.last_run()["open_hosts"]) == ([], [])
