"""``scrapy sites`` at the terminal: the list, its files and pipes, what is said of a site."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.storage.connect import connect
from tests.spiders.running import REPOSITORY, Document, Scrapy

from ..examples import NOW, SITE, stored
from .asking import Ask


def put(scrapy: Scrapy, collection: str, *documents: Document) -> None:
    """Into the database of the test."""
    with connect(scrapy.uri) as client:
        client[scrapy.database_name][collection].insert_many(documents)


def known(scrapy: Scrapy) -> dict[str, bool]:
    """The sites of the database, and whether they are listed."""
    return {site["_id"]: site["listed"] for site in scrapy.find("sites")}


def test_sites_are_added_listed_and_removed(scrapy: Scrapy) -> None:
    empty = scrapy.run("sites")
    assert (empty.status, empty.out) == (0, "")
    assert empty.err == "no sites; add some: scrapy sites add https://news.example\n"
    put(scrapy, "articles", stored("a"), stored("b"), stored("c", site="elsewhere.example"))
    added = scrapy.run("sites", "add", f"https://www.{SITE}/", "other.example/blog", SITE)
    assert (added.status, added.out.splitlines()) == (
        0,
        ["added          news.example", "added          other.example/blog", "2 added, 0 already there"],
    )
    again = scrapy.run("sites", "add", SITE, "third.example").out.splitlines()
    assert again == ["already there  news.example", "added          third.example", "1 added, 1 already there"]
    listed = scrapy.run("sites", "list").out
    assert listed == scrapy.run("sites").out
    assert [line.split()[:2] for line in listed.splitlines()] == [
        ["SITE", "NEXT"], [SITE, "now"], ["other.example/blog", "now"], ["third.example", "now"],
    ]  # fmt: skip
    removed = scrapy.run("sites", "remove", f"http://{SITE}", "third.example")
    assert (removed.status, removed.out.splitlines()) == (
        0,
        [
            "removed          news.example",
            "removed          third.example",
            "2 removed; 2 stored articles of them are kept",
        ],
    )
    assert known(scrapy) == {"other.example/blog": True}
    assert len(scrapy.find()) == 3


def test_a_list_comes_from_a_file_or_a_pipe(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text("# ours\nhttps://a.example\n\nb.example  # the other\n")
    assert scrapy.run("sites", "add", f"@{tmp_path}/sites.txt").out.endswith("2 added, 0 already there\n")
    piped = scrapy.run("sites", "add", "-", "d.example", stdin="c.example\na.example\n")
    assert piped.out.endswith("2 added, 1 already there\n")
    assert known(scrapy) == dict.fromkeys(("a.example", "b.example", "c.example", "d.example"), True)
    assert scrapy.run("sites", "remove", "-", stdin="a.example\nb.example\nc.example\n").status == 0
    assert known(scrapy) == {"d.example": True}


def test_a_list_with_a_wrong_line_adds_nothing(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text("a.example\nnot a url\n\nftp://b.example\n")
    outcome = scrapy.run("sites", "add", f"@{tmp_path}/sites.txt")
    assert outcome.status == 2
    assert f"{tmp_path}/sites.txt, line 2: 'not a url' is not a web address" in outcome.err
    assert f"{tmp_path}/sites.txt, line 4: 'ftp://b.example' is not a web address" in outcome.err
    assert outcome.err.endswith("Nothing was changed.\n")
    assert known(scrapy) == {}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["frobnicate"], "not understood: frobnicate"),
        (["list", "--dew"], "not understood: list --dew"),
        (["list", "a.example"], "list takes no site; did you mean show?"),
        (["add"], "add: which site?"),
        (["add", "@missing.txt"], "cannot read the list of sites 'missing.txt'"),
        (["add", "-"], "add: which site?"),
        (["remove"], "remove: which site?"),
        (["show"], "show: which site?"),
        (["show", "a.example", "b.example"], "show: which site?"),
        (["show", "a b"], "'a b' is not a web address"),
        (["--format", "xml"], "invalid choice: 'xml'"),
    ],
)
def test_what_is_not_understood_is_explained(scrapy: Scrapy, command: list[str], said: str) -> None:
    outcome = scrapy.run("sites", *command)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_an_unknown_site_is_answered_with_those_that_look_like_it(scrapy: Scrapy) -> None:
    scrapy.run("sites", "add", "https://news.example", "https://gazette.example")
    shown = scrapy.run("sites", "show", "newz.example")
    assert (shown.status, shown.out) == (2, "")
    assert "newz.example is not known; did you mean news.example?" in shown.err
    assert "gazette is not known; did you mean gazette.example?" in scrapy.run("sites", "show", "gazette").err
    removed = scrapy.run("sites", "remove", "news.example", "zzz.test")
    assert removed.status == 2
    assert "zzz.test is not known; known are gazette.example, news.example\nNothing was changed." in removed.err
    assert known(scrapy) == {"gazette.example": True, "news.example": True}


def test_what_is_known_of_a_site_is_shown(scrapy: Scrapy) -> None:
    site = {
        "_id": SITE,
        "listed": False,
        "aliases": ["old.example"],
        "checked_at": NOW,
        "route": "feed",
        "route_reason": "the REST API is shut",
        "offers": {"rest": {"state": "refused", "reason": "401"}},
        "counts": {"feed": 10},
    }
    put(scrapy, "sites", site)
    put(scrapy, "articles", stored("a"))
    shown = scrapy.run("sites", "show", "https://old.example/")
    assert shown.status == 0
    lines = shown.out.splitlines()
    assert lines[0] == SITE
    for line in (
        "  also         old.example",
        "  listed       no: scrapy sites add puts it on the list",
        "  route        feed: the REST API is shut",
        "  offers       rest       refused (401)",
        "  posts        10 by feed",
        "  articles     1 stored",
    ):
        assert line in lines
    document = json.loads(scrapy.run("sites", "show", SITE, "--format", "jsonl").out)
    assert document == site | {"checked_at": {"$date": "2025-12-03T18:00:00Z"}}
    kept = scrapy.run("sites", "remove", SITE)
    assert kept.out.splitlines() == [
        "not on the list  news.example", "0 removed, 1 not on the list; 1 stored articles of them are kept",
    ]  # fmt: skip


def test_a_site_of_which_no_crawl_came_to_its_end_is_known(scrapy: Scrapy, ask: Ask) -> None:
    put(scrapy, "articles", stored("a"))
    put(scrapy, "runs", {"started_at": NOW, "hosts": [SITE], "finished_at": NOW, "exit_status": 9, "sites": []})
    put(scrapy, "runs", {"started_at": NOW, "hosts": ["killed.example"]})
    lines = ask("sites", "show", f"https://{SITE}/").out.splitlines()
    (told,) = (line for line in lines if line.startswith("  last run "))
    assert told.endswith(" ago: 9 interrupted; the next one reads what is not stored, and what no list names")
    assert {"  state        not crawled whole yet", "  articles     1 stored"} <= set(lines)
    assert "killed; the next one reads" in ask("sites", "show", "killed.example").out
    assert ask("sites", "show", "killed.example/blog").status == 2
    assert ask("articles", "--site", "killed.example").status == 0
    assert ask("sites", "remove", SITE).out.startswith(
        "not on the list  news.example\n0 removed, 1 not on the list; 1 stored"
    )
    until = datetime.now(UTC) + timedelta(minutes=1)
    put(scrapy, "locks", {"_id": "killed.example", "run_id": scrapy.last_run()["_id"], "expires_at": until})
    assert "under way" in ask("sites", "show", "killed.example").out


def test_a_run_that_listens_holds_no_lock_between_two_looks_and_is_under_way(scrapy: Scrapy, ask: Ask) -> None:
    now = datetime.now(UTC)
    run = {"spider": "listen", "started_at": now - timedelta(days=3), "hosts": [SITE]}
    put(scrapy, "runs", run | {"alive_at": now})
    assert "3 d ago: under way" in ask("sites", "show", SITE).out
    put(scrapy, "sites", {"_id": SITE, "unfinished_since": now - timedelta(days=9), "checked_at": now})
    put(scrapy, "runs", run | {"started_at": now - timedelta(days=2), "alive_at": now - timedelta(days=1)})
    assert (
        "2 d ago: killed; the next one reads what is not stored, and what no list names"
        in ask("sites", "show", SITE).out
    )


def test_the_list_takes_sites_limits_and_formats(scrapy: Scrapy, ask: Ask) -> None:
    put(scrapy, "sites", {"_id": "a.example", "listed": True, "aliases": ["old.example"], "health": {"failures": 2}})
    put(scrapy, "sites", {"_id": "b.example", "listed": True}, {"_id": "c.example", "listed": True})
    rows = list(csv.DictReader(io.StringIO(ask("sites", "--format", "csv", "--site", "old.example,c.example").out)))
    assert [(row["site"], row["listed"], row["failures"]) for row in rows] == [
        ("a.example", "true", "2"),
        ("c.example", "true", ""),
    ]
    assert [site["_id"] for site in json.loads(ask("sites", "--format", "json", "--limit", "2").out)] == [
        "a.example",
        "b.example",
    ]
    table = ask("sites", "list", "--format", "markdown").out.splitlines()
    assert table[0] == "| SITE | NEXT | EVERY | ROUTE | COMPLETE | STATE |"
    assert len(table) == 5
    assert ask("sites", "--site", "nosuch.test").status == 2
    put(scrapy, "sites", {"_id": "known.example"})
    unlisted = ask("sites", "--site", "known.example")
    assert (unlisted.status, unlisted.out, unlisted.err) == (
        0, "", "no such site is on the list; --all has those that are known besides\n",
    )  # fmt: skip


def test_all_sites_that_are_known_listed_or_not(scrapy: Scrapy, ask: Ask) -> None:
    now = datetime.now(UTC)
    due = {"next_due_at": now, "interval_seconds": 7200}
    put(scrapy, "sites", {"_id": "b.example", "listed": True} | due, {"_id": "c.example", "listed": False} | due)
    put(scrapy, "articles", stored("a"), stored("b", site="c.example"))
    lines = ask("sites", "--all").out.splitlines()[1:]
    assert [re.split(" {2,}", line)[:3] for line in lines] == [
        ["b.example", "now", "2 h"], ["c.example", "not listed", "-"], [SITE, "not listed", "-"],
    ]  # fmt: skip
    assert [line.split()[0] for line in ask("sites").out.splitlines()[1:]] == ["b.example"]
    only = ask("sites", "--all", "--site", f"{SITE},b.example", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["_id"] for line in only] == ["b.example", SITE]
    assert ask("sites", "--all", "--due").status == 2
    assert ask("sites", "--all", "--stuck").status == 2


def test_those_that_are_due(scrapy: Scrapy) -> None:
    now = datetime.now(UTC)
    for name, hours in (("late.example", -2), ("later.example", 2), ("latest.example", -9)):
        put(scrapy, "sites", {"_id": name, "listed": True, "next_due_at": now + timedelta(hours=hours)})
    lines = scrapy.run("sites", "--due", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["_id"] for line in lines] == ["latest.example", "late.example"]
    assert scrapy.run("sites", "list", "--due").out.count("\n") == 3
    scrapy.run("sites", "remove", "late.example", "latest.example")
    assert scrapy.run("sites", "--due").err == "no site is due\n"


def test_a_reader_that_has_seen_enough_is_no_error(scrapy: Scrapy) -> None:
    put(scrapy, "sites", *({"_id": f"{number}.example", "listed": True} for number in range(5000)))
    environment = os.environ | {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name}
    command = f'{{ "{sys.executable}" -m scrapy sites; echo $? >&2; }} | head -n 1'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("SITE ")
    assert done.stderr == "0\n"


def test_the_database_does_not_answer(scrapy: Scrapy) -> None:
    outcome = scrapy.run("sites", MONGODB_URI="mongodb://editor:s3cret@127.0.0.1:9/news")
    assert outcome.status == 7
    assert "scrapy sites: no MongoDB answers at mongodb://editor:***@127.0.0.1:9/news" in outcome.err
    assert "s3cret" not in outcome.err + outcome.out
