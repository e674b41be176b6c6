"""A crawl that is archived, and ``scrapy reread`` of its archive when the site is no longer there."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage.connect import connect
from demo.content import demo_site
from demo.server import serve
from tests.archive.test_records import check, heads
from tests.spiders.running import Document, Scrapy

PAGES = "archive,navigation"


@pytest.fixture(scope="module")
def crawled(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Scrapy, Path]]:
    """A database with the demo's newspaper read by its pages, and the archive of the crawl."""
    folder = tmp_path_factory.mktemp("warc")
    scrapy = Scrapy(mongodb_uri, f"presswalk_test_reread_{folder.name.replace('-', '_')}")
    with serve(demo_site(), "classic") as served:
        outcome = scrapy.crawl("wordpress", "-s", f"WARC_DIR={folder}", site=served.url, routes=PAGES)
    assert outcome.status == 0, outcome.err
    assert "  archived      105 answers\n" in outcome.out
    yield scrapy, folder
    with connect(mongodb_uri) as client:
        client.drop_database(scrapy.database_name)


@pytest.fixture
def copied(crawled: tuple[Scrapy, Path], scrapy: Scrapy) -> tuple[Scrapy, Path]:
    """The same in a database of the test's own."""
    first, folder = crawled
    with connect(first.uri) as client:
        for name in ("articles", "revisions", "events", "sites", "counters"):
            if documents := list(client[first.database_name][name].find()):
                client[scrapy.database_name][name].insert_many(documents)
    return scrapy, folder


def alter(scrapy: Scrapy, wp_id: int, **fields: Any) -> None:
    """As if a former reader, or a crawl, had left an article so."""
    with connect(scrapy.uri) as client:
        client[scrapy.database_name]["articles"].update_one({"wp_id": wp_id}, {"$set": fields})


def by_id(scrapy: Scrapy) -> dict[int, Document]:
    return {article["wp_id"]: article for article in scrapy.find()}


def row(out: str, label: str) -> str:
    """A value of the closing lines."""
    return next(line.split("  ", 2)[-1].strip() for line in out.splitlines() if line.startswith(f"  {label}  "))


def test_the_archive_is_whole_and_tells_what_was_asked(crawled: tuple[Scrapy, Path]) -> None:
    _, folder = crawled
    (path,) = folder.iterdir()
    assert path.name.endswith("-00000.warc.gz")
    assert check(path) == 0
    told = heads(path)
    kinds = [head["WARC-Type"] for head in told]
    assert (kinds.count("warcinfo"), kinds.count("request")) == (1, 105)
    assert kinds.count("response") + kinds.count("revisit") == 105
    assert any(head.get("WARC-Target-URI", "").endswith("/robots.txt") for head in told)


def test_the_same_reader_changes_nothing(copied: tuple[Scrapy, Path]) -> None:
    scrapy, folder = copied
    before, events = scrapy.find(), len(scrapy.find("events"))
    outcome = scrapy.run("reread", "--warc", str(folder))
    assert outcome.status == 0, outcome.err
    assert (row(outcome.out, "articles"), row(outcome.out, "the same")) == ("42", "42")
    assert scrapy.find() == before
    assert scrapy.find("revisions") == []
    assert [event["type"] for event in scrapy.find("events")[events:]] == ["run.finished"]


def test_only_what_is_read_otherwise_gets_a_revision(copied: tuple[Scrapy, Path]) -> None:
    scrapy, folder = copied
    alter(scrapy, 128, title="Barge brings a piano | The Ferrow Courier")
    alter(scrapy, 129, authors=["Admin"], gone_at=datetime(2026, 1, 1, tzinfo=UTC))
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
    alter(scrapy, 130, title="What a later crawl saw", **{"source.fetched_at": later, "last_seen_at": later})
    before = by_id(scrapy)

    dry = scrapy.run("reread", "--warc", str(folder), "--dry-run")
    assert dry.status == 0, dry.err
    told = sorted(
        line.split("/")[-2] + line.rpartition("/")[2] for line in dry.out.splitlines() if "otherwise  http" in line
    )
    assert told == ["barge-brings-a-piano-nobody-ordered  (title)", "moustache-shaved-title-defended  (authors)"]
    assert by_id(scrapy) == before
    assert len(scrapy.find("runs")) == 0

    outcome = scrapy.run("reread", "--warc", str(folder))
    assert outcome.status == 0, outcome.err
    assert (row(outcome.out, "read otherwise"), row(outcome.out, "known better")) == ("2", "1 (later 1)")
    after = by_id(scrapy)
    assert {wp_id for wp_id in after if after[wp_id] != before[wp_id]} == {128, 129}
    assert after[128]["title"] == "Barge brings a piano nobody ordered"
    assert after[129]["gone_at"] == before[129]["gone_at"]
    assert {after[n]["last_seen_at"] == before[n]["last_seen_at"] for n in (128, 129)} == {True}
    revisions = {one["article_id"]: one for one in scrapy.find("revisions")}
    assert {one["replaced_by"] for one in revisions.values()} == {"reread"}
    assert revisions[after[128]["_id"]]["title"] == "Barge brings a piano | The Ferrow Courier"
    events = [event for event in scrapy.find("events") if event["type"] == "article.reread"]
    assert sorted((event["url"], *event["fields"]) for event in events) == [
        (after[128]["url"], "title"),
        (after[129]["url"], "authors"),
    ]

    again = scrapy.run("reread", "--warc", str(folder))
    assert (again.status, row(again.out, "read otherwise")) == (0, "0")
    assert by_id(scrapy) == after


def test_an_empty_database_is_filled_with_what_the_crawl_stored(crawled: tuple[Scrapy, Path], scrapy: Scrapy) -> None:
    first, folder = crawled
    outcome = scrapy.run("reread", WARC_DIR=str(folder))
    assert outcome.status == 0, outcome.err
    crawled_articles, reread = by_id(first), by_id(scrapy)
    assert reread.keys() == crawled_articles.keys()
    for wp_id, article in crawled_articles.items():
        for name in ("title", "text", "html", "authors", "published_at", "categories", "tags", "images", "page_count"):
            assert reread[wp_id].get(name) == article.get(name), (article["url"], name)
        assert reread[wp_id]["source"]["fetched_at"] == article["source"]["fetched_at"]
        assert reread[wp_id]["last_seen_at"] <= article["last_seen_at"]


def test_one_article_can_be_asked_for(crawled: tuple[Scrapy, Path], scrapy: Scrapy) -> None:
    first, folder = crawled
    url = by_id(first)[128]["url"]
    outcome = scrapy.run("reread", "--warc", str(folder), "--url", url)
    assert [article["wp_id"] for article in scrapy.find()] == [128], outcome.err


def test_what_is_torn_costs_no_more_than_itself(crawled: tuple[Scrapy, Path], scrapy: Scrapy, tmp_path: Path) -> None:
    _, folder = crawled
    (path,) = folder.iterdir()
    torn = tmp_path / f"{path.name}.open"
    shutil.copy(path, torn)
    with torn.open("rb+") as file:
        file.truncate(torn.stat().st_size * 9 // 10)
    outcome = scrapy.run("reread", "--warc", str(tmp_path))
    assert outcome.status == 3, outcome.err
    assert "torn 1" in row(outcome.out, "not used")
    assert len(scrapy.find()) > 20
    assert scrapy.last_run()["exit_status"] == 3


def test_of_a_file_that_is_no_archive_the_run_says_what_the_command_says(scrapy: Scrapy, tmp_path: Path) -> None:
    file = tmp_path / "notes.warc"
    file.write_text("no WARC at all\n" * 9)
    assert scrapy.run("reread", "--warc", str(file)).status == 3
    assert scrapy.last_run()["exit_status"] == 3
