"""docs/asking.md: every command that it shows, and what the command answers, on a terminal of 100 columns."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from scrapy.cmdline import execute

from crawler.asking.columns import ARTICLE
from crawler.commands.asking import SHOWN
from crawler.storage.connect import connect
from tests.spiders.running import REPOSITORY, Scrapy

from .demo_archive import crawled, edited

_DOCUMENT = REPOSITORY / "docs" / "asking.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
_COLUMNS = 100


@dataclass(frozen=True)
class Archive:
    """The database that the page asks."""

    uri: str
    name: str
    exports: Path
    """Where the crawl wrote Scrapy's own feed exports to."""


class Terminal(io.StringIO):
    """What takes output for a terminal."""

    def isatty(self) -> bool:
        return True


def documented() -> list[tuple[str, str]]:
    """Each command of the page with what it shows as the answer."""
    pairs = []
    for block in _BLOCK.findall(_DOCUMENT.read_text("utf-8")):
        _, *parts = _COMMAND.split(block)
        pairs += list(zip(parts[::2], (part.strip("\n") for part in parts[1::2]), strict=True))
    return pairs


@pytest.fixture(scope="module")
def archive(mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The demo site, crawled once; then edited."""
    exports = tmp_path_factory.mktemp("exports")
    options = ("-O", f"{exports}/a.jsonl", "-O", f"{exports}/a.csv")
    first, name = f"presswalk_test_{os.getpid()}_crawl", f"presswalk_test_{os.getpid()}_asking"
    with connect(mongodb_uri) as client:
        found = crawled(Scrapy(mongodb_uri, first), *options)
        client.drop_database(first)
        found["articles"], found["revisions"] = edited(found["articles"])
        for collection, documents in found.items():
            client[name][collection].insert_many(documents)
        yield Archive(mongodb_uri, name, exports)
        client.drop_database(name)


def answered(archive: Archive, command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal shows of a command."""
    program, *words = shlex.split(command)
    if program == "python":
        told = {"MONGODB_URI": archive.uri, "MONGODB_DATABASE": archive.name}
        done = subprocess.run(
            [sys.executable, *words], cwd=REPOSITORY, env=os.environ | told, check=True, capture_output=True, text=True
        )
        return done.stdout
    if program != "scrapy":
        return subprocess.run(["/bin/sh", "-c", command], cwd=folder, check=True, capture_output=True, text=True).stdout
    words = [f"{folder}/{word}" if before == "-o" else word for before, word in zip(["", *words], words, strict=False)]
    shown = Terminal()
    for name, value in (("COLUMNS", str(_COLUMNS)), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", shown)
    settings = (f"MONGODB_URI={archive.uri}", f"MONGODB_DATABASE={archive.name}")
    with pytest.raises(SystemExit):
        execute(["scrapy", *words, *(part for setting in settings for part in ("-s", setting))])
    monkeypatch.undo()
    return shown.getvalue()


def test_every_answer_is_as_shown(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command, shown in documented():
        answer = answered(archive, command, tmp_path, monkeypatch)
        lines = [line.rstrip() for line in answer.strip("\n").splitlines()]
        assert lines == shown.splitlines(), command


def test_every_column_and_the_limit_are_told() -> None:
    page = _DOCUMENT.read_text("utf-8")
    told = re.search(r"^The columns: (.+?)\.$", page, re.MULTILINE | re.DOTALL)
    assert told
    assert re.findall(r"`(\w+)`", told[1]) == [column.name for column in ARTICLE]
    assert f"the first {SHOWN}" in page


def test_scrapys_own_exports_have_the_same_articles(archive: Archive) -> None:
    items = [json.loads(line) for line in (archive.exports / "a.jsonl").read_text("utf-8").splitlines()]
    with (archive.exports / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with connect(archive.uri) as client:
        stored = {article["wp_id"] for article in client[archive.name]["articles"].find({}, {"wp_id": 1})}
    assert {item["wp_id"] for item in items} == {int(row["wp_id"]) for row in rows} == stored
    assert items[0]["published_at"].endswith("+00:00")


def pandas_articles(**environment: str) -> subprocess.CompletedProcess[str]:
    """``python docs/pandas_articles.py``."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("MONGODB_")}
    command = [sys.executable, "docs/pandas_articles.py"]
    return subprocess.run(
        command, cwd=REPOSITORY, env=told | environment, check=False, capture_output=True, text=True, timeout=60
    )


def test_pandas_without_a_database_says_what_to_do() -> None:
    done = pandas_articles()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("MONGODB_URI is not set")


def test_pandas_takes_no_rereading_for_a_change(archive: Archive) -> None:
    with connect(archive.uri) as client:
        articles = client[archive.name]["articles"]
        reread = articles.find_one({"revision": 0, "last_change.kind": "added"}, {"_id": 1}) or {}
        articles.update_one(reread, {"$set": {"revision": 1}})
        done = pandas_articles(MONGODB_URI=archive.uri, MONGODB_DATABASE=archive.name)
        articles.update_one(reread, {"$set": {"revision": 0}})
    assert "\n2 of 42 have changed since they were found" in done.stdout
