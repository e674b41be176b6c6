"""What ``scrapy reread`` can be told, and how it ends."""

import argparse
from pathlib import Path

import pytest
from pydantic import ValidationError
from scrapy.exceptions import UsageError

from crawler.archive.catalog import warc_files
from crawler.commands.reread import Command, told_of
from crawler.exit_status import ExitStatus
from crawler.moments import moment
from crawler.reread.arguments import RereadArguments
from crawler.reread.closing import closing_lines, reread_status
from crawler.reread.settings import DRY, SETTINGS


def options(**told: object) -> argparse.Namespace:
    """As argparse gives them."""
    plain: dict[str, object] = {"warc": None, "site": [], "url": [], "since": None, "until": None, "dry_run": False}
    return argparse.Namespace(**plain | told)


def test_the_archive_of_the_settings_is_meant_if_none_is_named() -> None:
    assert told_of(options(), Path("archive"))["warc"] == [Path("archive")]
    assert told_of(options(warc=[Path("other")]), Path("archive"))["warc"] == [Path("other")]
    with pytest.raises(UsageError, match="name an archive: --warc DIR, or set WARC_DIR"):
        told_of(options(), None)
    with pytest.raises(UsageError, match="ftp"):
        told_of(options(url=["ftp://news.example/"]), Path("archive"))


def test_a_period_that_ends_before_it_begins_is_said_first(tmp_path: Path) -> None:
    """Before the archive is looked at, and the database."""
    since, until = moment("2026-02-01"), moment("2026-01-01")
    with pytest.raises(UsageError, match="--since is later than --until"):
        Command().run([], options(warc=[tmp_path / "nowhere"], since=since, until=until))


def test_files_are_named_or_found(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "a.warc", "c.warc.gz.open", "notes.txt"):
        (tmp_path / name).touch()
    found = [path.name for path in warc_files([tmp_path, tmp_path / "notes.txt"])]
    assert found == ["a.warc", "b.warc.gz", "c.warc.gz.open", "notes.txt"]
    with pytest.raises(FileNotFoundError):
        warc_files([tmp_path / "nowhere"])


def test_sites_and_addresses_choose_posts() -> None:
    told = RereadArguments(limit=None, warc=[], site=["news.example"], url=["https://www.news.example/a/?utm_source=x"])
    assert told.wants_answer("https://www.news.example/b/")
    assert told.wants_answer("https://public-api.wordpress.com/rest/v1.1/sites/1/posts/")
    assert not told.wants_answer("https://other.example/wp-content/a.html")
    assert told.wants_post("news.example", ["http://news.example/a"])
    assert not told.wants_post("news.example", ["http://news.example/b"])
    assert not told.wants_post("other.example", ["http://news.example/a"])
    with pytest.raises(ValidationError, match="--since is later than --until"):
        RereadArguments(limit=None, warc=[], since=moment("2025-12-03"), until=moment("2025-12-01"))


@pytest.mark.parametrize(
    ("stats", "reason", "records", "status"),
    [
        ({"presswalk/articles/found": 3}, "finished", {"revisit": 2}, ExitStatus.OK),
        ({"presswalk/articles/found": 3}, "finished", {"torn": 1}, ExitStatus.PARTIAL),
        ({"presswalk/articles/found": 3}, "shutdown", {}, ExitStatus.INTERRUPTED),
        ({"presswalk/storage/failed": 3}, "finished", {}, ExitStatus.STORAGE_FAILED),
        ({"presswalk/sites/locked": 1}, "finished", {}, ExitStatus.LOCKED),
        ({"presswalk/sites/locked": 1, "presswalk/sites/crawled": 1}, "finished", {}, ExitStatus.PARTIAL),
        ({"spider_exceptions/ValueError": 1}, "finished", {}, ExitStatus.FAILED),
        ({}, "finished", {}, ExitStatus.NOTHING_FOUND),
    ],
)
def test_how_it_ends(stats: dict[str, int], reason: str, records: dict[str, int], status: ExitStatus) -> None:
    assert reread_status(stats, reason, records) is status


def test_the_closing_lines_add_up() -> None:
    stats = {
        "presswalk/reread/answers": 12, "presswalk/articles/found": 9, "presswalk/articles/unchanged": 6,
        "presswalk/articles/reread": 2, "presswalk/articles/added": 1, "presswalk/reread/outdated": 3,
        "presswalk/reread/other_route": 1, "presswalk/skipped/home": 3,
    }  # fmt: skip
    assert closing_lines(stats, {"revisit": 4}, 1.5, ExitStatus.OK) == [
        "  answers              12",
        "  articles             9",
        "  new                  1",
        "  read otherwise       2",
        "  changed by the site  0",
        "  the same             2",
        "  known better         4 (later 3, other route 1)",
        "  no article           3 (home 3)",
        "  not used             4 (revisit 4)",
        "  errors               0",
        "  time                 1.5 s",
        "  result               done (exit status 0)",
    ]


def test_nothing_is_fetched_and_nothing_kept_on_disk() -> None:
    assert set(SETTINGS["DOWNLOAD_HANDLERS"].values()) == {None}
    assert "crawler.extensions.spill.Spill" not in SETTINGS["EXTENSIONS"]
    assert "crawler.extensions.site_memory.SiteMemory" not in SETTINGS["EXTENSIONS"]
    assert set(DRY["ITEM_PIPELINES"]) == {
        "pipelines.normalise.Normalise",
        "pipelines.deduplicate.Deduplicate",
        "pipelines.reread.Preview",
    }
