"""``scrapy stories`` at the terminal."""

import csv
import io
import json
from datetime import timedelta

import pytest

from crawler.changes import Document
from tests.spiders.running import Scrapy

from ..examples import NOW, stored
from .asking import Ask
from .test_sites import put

HOUR = timedelta(hours=1)


def a_told_story(name: str, *places: tuple[str, int], **fields: object) -> list[Document]:
    """A story of sites, each with how many hours before NOW it published; the first in the list has it first."""
    documents = [
        stored(name, site=site, url=f"https://{site}/{name}/", title=f"{name} opens", published_at=NOW - hours * HOUR)
        for site, hours in places
    ]
    first = str(documents[0]["_id"])
    copy = {"story_id": first, "duplicate_of": first, "first_site": documents[0]["site"]} | fields
    return [documents[0] | {"story_id": first}, *(document | copy for document in documents[1:])]


@pytest.fixture
def archive(scrapy: Scrapy) -> Scrapy:
    """Two stories with copies and an article alone."""
    bridge = a_told_story("bridge", ("agency.example", 50), ("b.example", 49), ("a.example", 2))
    harbour = a_told_story("harbour", ("c.example", 90), ("c.example", 30), syndicated_from="https://agency.example/h/")
    alone = a_told_story("alone", ("d.example", 1))
    put(scrapy, "articles", *bridge, *harbour, *alone)
    return scrapy


def test_stories_with_their_copies_newest_first(archive: Scrapy) -> None:
    shown = archive.run("stories")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "2025-12-01 16:00  bridge opens  (3 articles on 3 sites)",
        "                  agency.example  https://agency.example/bridge/",
        "      +1 h 0 min  b.example  https://b.example/bridge/",
        "        +2 d 0 h  a.example  https://a.example/bridge/",
        "",
        "2025-11-30 00:00  harbour opens  (2 articles on 1 site)",
        "                  c.example  https://c.example/harbour/",
        "       +2 d 12 h  c.example  https://c.example/harbour/  (names https://agency.example/h/)",
        "",
    ]


def test_what_is_asked_for(archive: Scrapy) -> None:
    several = archive.run("stories", "--min-sites", "2", "--format", "jsonl").out.splitlines()
    [story] = map(json.loads, several)
    assert story["sites"] == ["agency.example", "b.example", "a.example"]
    assert [article["site"] for article in story["articles"]] == story["sites"]
    assert story["story_id"] == story["articles"][0]["_id"]["$oid"]
    since = archive.run("stories", "--since", "2025-12-03T15:00", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["story_id"] for line in since] == [story["story_id"]]
    assert len(archive.run("stories", "--limit", "1", "--format", "jsonl").out.splitlines()) == 1
    assert len(archive.run("stories", "--limit", "0", "--format", "jsonl").out.splitlines()) == 2
    assert archive.run("stories", "--min-sites", "9").err.startswith("no story that more than one article tells")


def test_a_date_that_is_none_is_refused(scrapy: Scrapy) -> None:
    refused = scrapy.run("stories", "--since", "yesterday")
    assert refused.status == 2
    assert "'yesterday' is not a date; write 2025-12-03, 2025-12-03T18:00Z or an age: 36h, 7d, 2w" in refused.err


@pytest.mark.parametrize(
    ("options", "rather"),
    [
        (("stories", "--min-sites", "-2"), "how many sites: 2, 3 …"),
        (("stories", "--min-sites", "x"), "how many sites: 2, 3 …"),
        (("articles", "--limit", "-1"), "20, or 0 for all"),
    ],
)
def test_less_than_none_is_refused(scrapy: Scrapy, options: tuple[str, ...], rather: str) -> None:
    refused = scrapy.run(*options)
    assert refused.status == 2
    assert f"{options[-1]!r} is no number of them; write {rather}" in refused.err


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--site", "agency.example"], ["bridge opens"]),
        (["--site", "a.example"], ["bridge opens"]),
        (["--site", "d.example"], []),
        (["--site", "c.example,d.example"], ["harbour opens"]),
        (["--search", "harbour"], ["harbour opens"]),
        (["--category", "Town"], ["bridge opens", "harbour opens"]),
        (["--category", "Sport"], []),
        (["--until", "2025-12-02"], ["harbour opens", "bridge opens"]),
        (["--until", "2025-11-30"], []),
    ],
)
@pytest.mark.usefixtures("archive")
def test_one_of_its_articles_has_to_be_meant(ask: Ask, options: list[str], titles: list[str]) -> None:
    lines = ask("stories", "--format", "jsonl", *options).out.splitlines()
    assert [json.loads(line)["articles"][0]["title"] for line in lines] == titles


@pytest.mark.usefixtures("archive")
def test_stories_in_other_formats(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("stories", "--format", "csv").out)))
    assert [(row["place"], row["minutes_later"], row["site"]) for row in rows] == [
        ("1", "0", "agency.example"), ("2", "60", "b.example"), ("3", "2880", "a.example"),
        ("1", "0", "c.example"), ("2", "3600", "c.example"),
    ]  # fmt: skip
    assert ask("stories", "--limit", "1", "--format", "markdown").out.splitlines() == [
        "## bridge opens", "", "- agency.example https://agency.example/bridge/",
        "- +1 h 0 min b.example https://b.example/bridge/", "- +2 d 0 h a.example https://a.example/bridge/", "",
    ]  # fmt: skip
