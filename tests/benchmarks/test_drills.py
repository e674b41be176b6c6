"""The drills in short: a crawl and its database are killed, and a database goes away in a crawl; nothing is lost."""

from pathlib import Path

from benchmarks.drills.crawling import Crawls
from benchmarks.drills.kills import EDITED, Killing
from benchmarks.drills.newsroom import Newsroom, serve
from benchmarks.drills.outages import database, killed, outage


def test_kills_of_the_crawler_and_its_database_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    with serve(Newsroom(posts=2 * EDITED)) as site:
        crawls = Crawls(site, tmp_path)
        killing = Killing(crawls, kills=4, seed=1, longest=1.0)
        assert len(list(killing.run())) == 4
        assert killing.killed == {"database": 2, "crawler": 2}
        assert crawls.wrong() == []


def test_an_outage_that_is_too_long_ends_the_crawl_and_the_next_one_completes_it(tmp_path: Path) -> None:
    with serve(Newsroom(posts=40)) as site, database(tmp_path / "own") as server:
        crawls = Crawls(site, tmp_path, server.uri, {"OUTAGE_SECONDS": "1"})
        assert outage(crawls, killed(server), seconds=20, after=4).status == 7
        assert crawls.run() == 0
        assert (crawls.spilled, crawls.wrong()) == ([], [])
