"""``scrapy article``: which one is meant, how it is shown, what it said before."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bson import ObjectId

from crawler.changes import Document, decide_new, decide_seen
from tests.spiders.running import Scrapy

from ..examples import LATER, NOW, TEXT, a_document
from .asking import Ask
from .test_sites import put

ID = ObjectId("6b0aab5b474a38fadc4c0f5b")
URL = "https://news.example/2025/12/brücke/"

BEFORE = f"{TEXT.strip()}\n\nThe vote was close.\n\nNobody left early."
AFTER = f"{TEXT.strip()}\n\nThe vote was not close.\n\nNobody left early."


def an_edited_article() -> tuple[Document, Document]:
    """The article as it is now, and what it said before."""
    told: dict[str, Any] = {
        "wp_id": 131,
        "url": "https://news.example/2025/12/br%C3%BCcke/",
        "language": "en-GB",
        "tags": ["bridge"],
    }
    first = decide_new(a_document(**told, text=BEFORE, title="The bridge goes"), ID, NOW)
    second = decide_seen(first.document, a_document(**told, text=AFTER, modified_at=LATER), LATER)
    assert second.revision
    return second.document, second.revision


@pytest.fixture
def archive(scrapy: Scrapy) -> None:
    """An edited article, its copy, and one that is gone."""
    edited, before = an_edited_article()
    story = {"story_id": str(ID)}
    copy = decide_new(
        a_document("copy", site="copy.example", url="https://copy.example/b/", published_at=NOW), ObjectId(), NOW
    ).document
    gone = decide_new(a_document("gone", wp_id=132), ObjectId(), NOW).document
    copy |= story | {"duplicate_of": str(ID), "first_site": "news.example"}
    put(scrapy, "articles", edited | story, copy, gone | {"gone_at": LATER})
    put(scrapy, "revisions", before)
    put(scrapy, "sites", {"_id": "news.example", "aliases": ["old.example"]})


@pytest.mark.parametrize(
    "told",
    [
        [URL],
        ["http://www.news.example/2025/12/BR%C3%BCcke"],
        ["news.example/2025/12/brücke?utm_source=feed#comments"],
        ["https://news.example/?p=131"],
        [str(ID)],
        ["131", "--site", "news.example"],
        ["131", "--site", "https://old.example/"],
    ],
)
@pytest.mark.usefixtures("archive")
def test_it_is_found_by_any_spelling_and_by_its_ids(ask: Ask, told: Sequence[str]) -> None:
    outcome = ask("article", *told, "--format", "json")
    assert outcome.status == 0, outcome.err
    [document] = json.loads(outcome.out)
    assert document["_id"] == {"$oid": str(ID)}
    assert "sketch" not in document


@pytest.mark.usefixtures("archive")
def test_it_is_shown_to_be_read(ask: Ask) -> None:
    assert ask("article", URL).out.splitlines() == [
        "The bridge stays",
        "news.example · 2025-12-01 18:00 UTC · Jane Doe",
        URL,
        "",
        "filed     Town",
        "tags      bridge",
        "about it  en-GB, 60 words",
        "found     2025-12-03 18:00 UTC, last seen 2025-12-03 19:00",
        "changed   2025-12-03 19:00 UTC changed: title, text (revision 1)",
        f"id        {ID}, in WordPress 131",
        "",
        "2025-12-01 18:00  The bridge stays  (2 articles on 2 sites)",
        f"                  news.example  {an_edited_article()[0]['url']}",
        "        +2 d 0 h  copy.example  https://copy.example/b/",
        "",
        *AFTER.split("\n"),
    ]


@pytest.mark.usefixtures("archive")
def test_what_changed_when(ask: Ask) -> None:
    assert ask("article", URL, "--revisions").out.splitlines() == [
        "2025-12-03 18:00  found",
        "2025-12-03 19:00  changed: title, text",
    ]
    assert ask("article", "news.example/gone", "--revisions").out.splitlines() == [
        "2025-12-03 18:00  found",
        "2025-12-03 19:00  gone: the site no longer has it",
    ]
    [revision] = json.loads(ask("article", URL, "--revisions", "--format", "json").out)
    assert (revision["title"], revision["changed"]) == ("The bridge goes", ["title", "text"])
    header, row, *_ = ask("article", URL, "--revisions", "--format", "csv").out.splitlines()
    assert header.startswith("article_id,revision,replaced_at,changed,site,")
    assert row.startswith(f"{ID},0,2025-12-03T19:00:00Z,title; text,news.example,")


@pytest.mark.usefixtures("archive")
def test_what_each_change_was(ask: Ask) -> None:
    assert ask("article", URL, "--diff").out.splitlines() == [
        "2025-12-03 19:00  changed: title, text",
        "",
        "title",
        "The bridge [-goes-]{+stays+}",
        "",
        "text",
        "… 1 block unchanged",
        "The vote was {+not+} close.",
        "… 1 block unchanged",
        "",
    ]
    assert ask("article", "news.example/gone", "--diff").out == "it says what it said when it was found\n"


@pytest.mark.usefixtures("archive")
def test_one_that_is_not_stored(ask: Ask) -> None:
    missing = ask("article", "https://news.example/2025/12/bruecke/")
    assert (missing.status, missing.out) == (6, "")
    assert missing.err == (
        f"scrapy article: no such article is stored: https://news.example/2025/12/bruecke/\ndid you mean {URL}\n"
    )
    assert ask("article", "999", "--site", "news.example").status == 6
    assert ask("article", "9" * 30, "--site", "news.example").status == 6
    assert ask("article", "0" * 24).status == 6
    assert ask("article", URL, "--site", "old.example").status == 0


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "which article? scrapy article URL|ID [options]"),
        (["a", "b"], "which article?"),
        (["131"], "131 of which site? Each WordPress counts its own posts: add --site"),
        (["a b"], "'a b' is not a web address"),
        ([URL, "--site", "nosuch.test"], "nosuch.test is not known; known are copy.example, news.example"),
        ([URL, "--diff", "--format", "csv"], "--diff is for people"),
        ([URL, "--diff", "--revisions"], "not allowed with argument"),
        ([URL, "-o", "x.docx"], "the name 'x.docx' does not tell a format; add --format"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_is_not_understood_is_explained(ask: Ask, told: Sequence[str], said: str) -> None:
    outcome = ask("article", *told)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_of_a_url_that_led_to_two_the_one_that_has_it_now(ask: Ask, scrapy: Scrapy) -> None:
    former = decide_new(a_document("new", aliases=[URL], title="Moved away"), ObjectId(), NOW).document
    owner = decide_new(
        a_document("owner", title="Lives here") | {"url": URL}, ObjectId(), NOW - timedelta(days=9)
    ).document
    put(scrapy, "articles", former, owner)
    assert ask("article", URL).out.startswith("Lives here\n")


def test_it_is_written_to_a_file(ask: Ask, scrapy: Scrapy, tmp_path: Path) -> None:
    put(scrapy, "articles", decide_new(a_document(text="A *bold* claim"), ObjectId(), NOW).document)
    outcome = ask("article", "news.example/bridge", "-o", f"{tmp_path}/bridge.md")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    assert (tmp_path / "bridge.md").read_text("utf-8") == (
        "# The bridge stays\n\nnews.example · 2025-12-01 18:00 UTC · Jane Doe\n\n<https://news.example/bridge/>\n\n"
        "Town\n\nA \\*bold\\* claim\n"
    )
