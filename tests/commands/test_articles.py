"""``scrapy articles``: which ones are meant, how they are shown, what is said where there are none."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types
import pytest
from bson import ObjectId

from crawler.asking.filters import DATE_FIELDS
from crawler.changes import Document
from crawler.storage.indexes import INDEXES
from tests.spiders.running import REPOSITORY, Scrapy

from .asking import Ask
from .test_sites import put

DAY = datetime(2025, 3, 1, 8, tzinfo=UTC)


def article(number: int, **fields: object) -> Document:
    """One of March 2025, found on that day."""
    day = DAY + timedelta(days=number - 1)
    return {
        "_id": ObjectId(f"{number:024x}"), "site": "news.example", "url": f"https://news.example/{number}/",
        "wp_id": number, "title": f"Title {number}", "text": f"Words {number}", "authors": ["Jane Doe"],
        "categories": ["Politics"], "tags": [], "language": "en-US", "published_at": day, "first_seen_at": day,
        "last_seen_at": day, "last_changed_at": day, "revision": 0, "word_count": 2, "sketch": {"bands": [1]},
    } | fields  # fmt: skip


ARTICLES = [
    article(1, tags=["bridge", "river"], language="de"),
    article(2, site="gazette.example/blog", url="https://gazette.example/blog/2/", authors=["Jane Doe", "John Roe"]),
    article(3, title="At the Old Mill", text="A bridge, they said; an\n\nold mill.", categories=["Sport", "Town"]),
    article(4, gone_at=datetime(2025, 4, 5, tzinfo=UTC), revision=1, language="en"),
    article(
        5, revision=2, last_changed_at=datetime(2025, 5, 1, tzinfo=UTC), tags=["Bridge"],
        last_change={"kind": "changed", "fields": ["title"]},
    ),
    article(6, story_id=f"{6:024x}", first_seen_at=datetime(2026, 1, 1, tzinfo=UTC), text="1 * 1 (old.*mill)"),
    article(7, story_id=f"{6:024x}", duplicate_of=f"{6:024x}", first_site="news.example", site="copy.example",
            url="https://copy.example/7/", published_at=DAY + timedelta(days=5, hours=2)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def stored(request: pytest.FixtureRequest) -> None:
    if "scrapy" in request.fixturenames or "ask" in request.fixturenames:
        scrapy = request.getfixturevalue("scrapy")
        put(scrapy, "articles", *ARTICLES)
        put(scrapy, "sites", {"_id": "news.example", "aliases": ["old.example"]}, {"_id": "quiet.example"})


def numbers(out: str) -> list[int]:
    """Which articles JSON lines tell of."""
    return [int(json.loads(line)["_id"]["$oid"], 16) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ([], [7, 6, 5, 4, 3, 2, 1]),
        (["--site", "https://www.news.example/", "--limit", "2"], [6, 5]),
        (["--site", "old.example"], [6, 5, 4, 3, 1]),
        (["--site", "copy.example,gazette.example/blog"], [7, 2]),
        (["--site", "copy.example", "--site", "gazette.example/blog"], [7, 2]),
        (["--since", "2025-03-03", "--until", "2025-03-04"], [4, 3]),
        (["--since", "2025-03-04T08:00Z", "--until", "2025-03-04T08:00Z"], [4]),
        (["--category", "Sport"], [3]),
        (["--category", "Sport", "--category", "Town"], [3]),
        (["--tag", "bridge", "--tag", "Bridge"], [5, 1]),
        (["--tag", "river", "--category", "Sport"], []),
        (["--author", "John Roe"], [2]),
        (["--language", "en"], [7, 6, 5, 4, 3, 2]),
        (["--language", "EN-us", "--site", "copy.example"], [7]),
        (["--language", "d"], []),
        (["--search", "OLD bridge"], [3]),
        (["--search", '"old mill"'], [3]),
        (["--search", '"mill old"'], []),
        (["--search", "(old.*mill)"], [6]),
        (["--search", ".* $where"], []),
        (["--story", f"{6:024x}"], [7, 6]),
        (["--changed"], [5, 4]),
        (["--changed", "--since", "2025-04-01"], [5]),
        (["--gone"], [4]),
        (["--gone", "--since", "2025-04-06"], []),
        (["--new", "--since", "2025-12-01"], [6]),
        (["--limit", "1"], [7]),
        (["--author", "$ne"], []),
        (["--category", '{"$gt": ""}'], []),
    ],
)
def test_which_articles_are_meant(ask: Ask, options: Sequence[str], meant: list[int]) -> None:
    outcome = ask("articles", "--format", "jsonl", *options)
    assert outcome.status == 0, outcome.err
    assert numbers(outcome.out) == meant


def test_a_site_that_is_not_known_is_answered_with_those_that_are(ask: Ask) -> None:
    outcome = ask("articles", "--site", "nosuch.test")
    assert (outcome.status, outcome.out) == (2, "")
    known = "copy.example, gazette.example/blog, news.example, quiet.example"
    assert f"nosuch.test is not known; known are {known}\n" in outcome.err
    near = ask("articles", "--format", "jsonl", "--site", "gazette.example")
    assert (near.status, near.out) == (2, "")
    assert "gazette.example is not known; did you mean gazette.example/blog?" in near.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--site", "quiet.example"], "no articles of quiet.example; crawl it first: make crawl SITE=quiet.example"),
        (["--category", "politics"], "no article has the category 'politics'; did you mean Politics?"),
        (["--tag", "BRIDGE"], "no article has the tag 'BRIDGE'; did you mean Bridge or bridge?"),
        (["--author", "Jon Roe"], "no article has the author 'Jon Roe'; did you mean John Roe?"),
        (
            ["--author", "John Roe", "--site", "copy.example"],
            "no article of copy.example has the author 'John Roe'",
        ),
        (["--tag", "xyz"], "no article has the tag 'xyz'"),
        (["--category", "Sport", "--since", "2025-04-01"], "no article is like that"),
    ],
)
def test_of_nothing_it_is_said_why(ask: Ask, options: Sequence[str], said: str) -> None:
    outcome = ask("articles", *options)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"{said}\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["news.example"], "not understood: news.example; did you mean --site news.example?"),
        (["--sites=news.example"], "not understood: --sites=news.example\n"),
        (["--site", "a b"], "'a b' is not a web address"),
        (["--since", "yesterday"], "'yesterday' is not a date; write 2025-12-03"),
        (["--until", "soon"], "'soon' is not a date"),
        (["--since", "2025-03-02", "--until", "2025-03-01"], "--since is later than --until"),
        (["--changed", "--gone"], "not allowed with argument"),
        (["--language", "en.*"], "'en.*' is no language; write a code of BCP 47: en, pt-BR"),
        (["--story", "$x"], "'$x' is no story; write its 24 digits"),
        (["--search", "..."], "'...' has no word to search for"),
        (["--search", "x" * 501], "501 characters are too many to search for"),
        (["--limit", "-1"], "'-1' is no number of them; write 20, or 0 for all"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["-o", "/nowhere/articles.csv"], "cannot write '/nowhere/articles.csv': No such file or directory"),
        (["-o", "articles.xlsx"], "the name 'articles.xlsx' does not tell a format; add --format"),
    ],
)
def test_what_is_not_understood_is_explained(ask: Ask, options: Sequence[str], said: str) -> None:
    outcome = ask("articles", *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_search_without_an_index_says_that_it_is_slow(ask: Ask) -> None:
    assert "no text index here: every article is searched, which is slow" in ask("articles", "--search", "mill").err


def test_a_table_in_a_pipe_is_plain_and_whole(ask: Ask) -> None:
    assert ask("articles", "--changed").out.splitlines() == [
        "CHANGED           SITE          TITLE    AUTHORS   WORDS  STATE                            URL",
        "2025-05-01 00:00  news.example  Title 5  Jane Doe      2  changed 2025-05-01 00:00: title  https://news.example/5/",
        "2025-03-04 08:00  news.example  Title 4  Jane Doe      2  gone since 2025-04-05            https://news.example/4/",
    ]
    assert "copy, first on news.example" in ask("articles", "--site", "copy.example").out


def test_whoever_did_not_say_how_many_hears_that_there_are_more(ask: Ask, scrapy: Scrapy) -> None:
    put(scrapy, "articles", *(article(number) for number in range(8, 24)))
    first = ask("articles")
    assert len(first.out.splitlines()) == 21
    assert first.err == "the first 20; there are more: --limit 0 is all\n"
    assert ask("articles", "--limit", "20").err == ""
    every = ask("articles", "--limit", "0", "--format", "csv")
    assert (len(list(csv.reader(io.StringIO(every.out)))), every.err) == (24, "")


def test_json_is_one_array_of_the_same(ask: Ask) -> None:
    lines = ask("articles", "--format", "jsonl").out.splitlines()
    assert json.loads(ask("articles", "--format", "json").out) == [json.loads(line) for line in lines]
    assert json.loads(lines[-1])["published_at"] == {"$date": "2025-03-01T08:00:00Z"}
    assert json.loads(ask("articles", "--format", "json", "--tag", "none").out) == []


def test_csv_and_parquet_have_the_same_columns(ask: Ask, tmp_path: Path) -> None:
    assert ask("articles", "-o", f"{tmp_path}/a.csv").out == ""
    assert ask("articles", "-o", f"{tmp_path}/a.parquet").out == ""
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert table.column_names == list(rows[0])
    assert rows[5] | {"authors": "Jane Doe; John Roe", "published_at": "2025-03-02T08:00:00Z"} == rows[5]
    assert table.column("authors").to_pylist()[5] == ["Jane Doe", "John Roe"]
    assert table.column("published_at").to_pylist()[5] == DAY + timedelta(days=1)
    assert table.column("gone_at").to_pylist() == [None, None, None, datetime(2025, 4, 5, tzinfo=UTC), None, None, None]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.parquet"]


def test_a_file_is_replaced_whole_or_not_at_all(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("before")
    assert ask("articles", "--site", "nosuch.test", "-o", str(file)).status == 2
    assert file.read_text() == "before"
    assert ask("articles", "--limit", "1", "-o", str(file)).status == 0
    assert file.read_text().startswith("# Title 7\n\ncopy.example · 2025-03-06 10:00 UTC · Jane Doe\n")
    link = tmp_path / "link.csv"
    link.symlink_to(file)
    assert ask("articles", "--limit", "1", "-o", str(link)).status == 0
    assert link.is_symlink()
    assert file.read_text().startswith("id,site,")
    assert ask("articles", "--format", "csv", "-o", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


def test_a_reader_that_has_seen_enough_is_no_error(scrapy: Scrapy) -> None:
    put(scrapy, "articles", *(article(number, text="long " * 999) for number in range(8, 200)))
    environment = os.environ | {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name}
    command = f'{{ "{sys.executable}" -m scrapy articles --limit 0 --format json; echo $? >&2; }} | head -n 1'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("[\n", "0\n")


def test_the_database_does_not_answer(scrapy: Scrapy) -> None:
    outcome = scrapy.run("articles", MONGODB_URI="mongodb://editor:s3cret@127.0.0.1:9/news")
    assert (outcome.status, outcome.out) == (7, "")
    assert "scrapy articles: no MongoDB answers at mongodb://editor:***@127.0.0.1:9/news" in outcome.err


def test_each_date_that_sorts_and_each_name_that_is_asked_for_begins_an_index() -> None:
    first = {next(iter(model.document["key"])) for model in INDEXES["articles"]}
    assert {*DATE_FIELDS.values(), "site", "categories", "tags", "authors", "story_id", "url_keys"} <= first
