"""New, changed, unchanged, gone; copies; and what cannot be stored."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bson import ObjectId
from scrapy.exceptions import DropItem

from crawler import holding
from crawler.exit_status import ExitStatus, exit_status
from crawler.extensions import host_locks
from crawler.extensions.run_record import RunRecord
from crawler.failures import NotStoredError
from crawler.items import Article, Change, Image, Missing
from crawler.resemblance import SKETCH_VERSION

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE, TEXT, an_article
from .conftest import Outcome, Pipelines

EDITED = TEXT + "Nobody voted against it."
DAY = timedelta(days=1)


def article(outcome: Outcome) -> Article:
    """The article that was stored; the error that prevented it is raised."""
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def scrape_at(moment: Any, pipelines: Pipelines, *items: Article | Missing) -> list[Outcome]:
    """Scrape at a moment."""
    with time_machine.travel(moment, tick=False):
        return await pipelines.scrape(*items)


async def test_a_new_article(pipelines: Pipelines) -> None:
    [outcome] = await scrape_at(NOW, pipelines, an_article(wp_id=12, images=[Image(url=f"{HOME}/a.jpg")]))
    stored = article(outcome)
    assert stored.change == Change(kind="added")
    assert (stored.first_seen_at, stored.last_seen_at, stored.last_changed_at, stored.revision) == (NOW, NOW, NOW, 0)
    [document] = await pipelines.stored()
    assert str(document.pop("_id")) == stored.id
    assert document == {
        "schema": 1,
        "site": SITE,
        "url": f"{HOME}/bridge/",
        "wp_id": 12,
        "aliases": [],
        "title": "The bridge stays",
        "authors": ["Jane Doe"],
        "published_at": NOW - 2 * DAY,
        "categories": ["Town"],
        "tags": [],
        "text": TEXT.strip(),
        "images": [{"url": f"{HOME}/a.jpg"}],
        "embeds": [],
        "links": [],
        "word_count": 60,
        "access": "open",
        "content_hash": stored.content_hash,
        "story_id": stored.id,
        "sketch": {"bands": [SKETCH_VERSION << 56]},
        "source": {"read_from": "page"},
        "url_keys": ["news.example?p=12", "news.example/bridge"],
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "last_changed_at": NOW,
        "revision": 0,
        "last_change": {"kind": "added", "fields": []},
    }
    assert pipelines.count("articles/added") == 1


async def test_the_same_crawl_again_changes_last_seen_at_and_nothing_else(pipelines: Pipelines) -> None:
    await scrape_at(NOW, pipelines, *(an_article(str(number)) for number in range(3)))
    before = await pipelines.stored()
    outcomes = await scrape_at(LATER, pipelines, *(an_article(str(number)) for number in range(3)))
    assert [article(outcome).change for outcome in outcomes] == [Change(kind="unchanged")] * 3
    assert await pipelines.stored() == [document | {"last_seen_at": LATER} for document in before]
    assert await pipelines.stored("revisions") == []
    assert pipelines.count("articles/unchanged") == 3


async def test_an_edited_post_is_one_revision(pipelines: Pipelines) -> None:
    await scrape_at(NOW, pipelines, an_article())
    for moment in (LATER, MUCH_LATER):
        [outcome] = await scrape_at(moment, pipelines, an_article(text=EDITED))
    stored = article(outcome)
    assert (stored.revision, stored.last_changed_at, stored.last_seen_at) == (1, LATER, MUCH_LATER)
    [revision] = await pipelines.stored("revisions")
    assert (revision["text"], revision["changed"], revision["replaced_at"]) == (TEXT.strip(), ["text"], LATER)
    assert (pipelines.count("articles/changed"), pipelines.count("articles/unchanged")) == (1, 1)


async def test_three_different_readings_in_one_batch_are_two_revisions(pipelines: Pipelines) -> None:
    outcomes = await pipelines.scrape(*(an_article(title=f"Title {number}") for number in range(3)))
    assert [article(outcome).revision for outcome in outcomes] == [0, 1, 2]
    [document] = await pipelines.stored()
    assert document["title"] == "Title 2"
    assert [revision["title"] for revision in await pipelines.stored("revisions")] == ["Title 0", "Title 1"]


async def test_a_password_protected_article_has_no_text_and_no_hash(pipelines: Pipelines) -> None:
    protected = [an_article(slug, text=None, word_count=None, access="password") for slug in ("a", "b")]
    await pipelines.scrape(*protected)
    for document in await pipelines.stored():
        assert document["access"] == "password"
        assert not {"text", "content_hash", "story_id", "duplicate_of", "word_count"} & document.keys()
    assert pipelines.count("articles/duplicate") == 0


async def test_missing_once_twice_and_back(pipelines: Pipelines) -> None:
    missing = Missing(site=SITE, url=f"{HOME}/bridge/", status=404)
    await scrape_at(NOW, pipelines, an_article())
    [once] = await scrape_at(LATER, pipelines, missing)
    assert isinstance(once, DropItem)
    assert (await pipelines.stored())[0]["missing_since"] == LATER
    [twice] = await scrape_at(MUCH_LATER, pipelines, missing)
    gone = article(twice)
    assert (gone.change, gone.gone_at, gone.revision) == (Change(kind="gone"), MUCH_LATER, 1)
    assert (gone.site, gone.url, gone.title) == (SITE, f"{HOME}/bridge/", "The bridge stays")
    [document] = await pipelines.stored()
    assert (document["gone_at"], document["text"]) == (MUCH_LATER, TEXT.strip())
    [again] = await scrape_at(MUCH_LATER + DAY, pipelines, missing)
    assert isinstance(again, DropItem)
    [back] = await scrape_at(MUCH_LATER + 2 * DAY, pipelines, an_article())
    assert article(back).change == Change(kind="returned")
    assert article(back).gone_at is None
    assert not {"gone_at", "missing_since"} & (await pipelines.stored())[0].keys()
    assert [pipelines.count(f"articles/{kind}") for kind in ("gone", "returned")] == [1, 1]


COPIES = [
    an_article("a", site="a.example", url="https://a.example/a/", published_at=NOW - 3 * DAY),
    an_article("b", site="b.example", url="https://b.example/b/", published_at=NOW - 5 * DAY, text=TEXT.upper()),
    an_article("c", site="a.example", url="https://a.example/c/", published_at=NOW - 4 * DAY),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
@pytest.mark.parametrize("at_once", [True, False])
async def test_the_earliest_of_the_same_text_is_the_original_whatever_the_order(
    pipelines: Pipelines, order: tuple[int, ...], at_once: object
) -> None:
    scrape = pipelines.scrape if at_once else pipelines.scrape_in_turn
    await scrape(*(COPIES[number] for number in order))
    documents = {document["url"]: document for document in await pipelines.stored()}
    original = documents["https://b.example/b/"]
    assert {document["story_id"] for document in documents.values()} == {str(original["_id"])}
    assert "duplicate_of" not in original
    assert [documents[f"https://a.example/{slug}/"]["duplicate_of"] for slug in "ac"] == [str(original["_id"])] * 2


async def test_an_original_that_is_rewritten_leaves_its_copies_to_the_next_one(pipelines: Pipelines) -> None:
    await pipelines.scrape(*COPIES)
    await pipelines.scrape(an_article("b", site="b.example", url="https://b.example/b/", text=EDITED, published_at=NOW))
    by_url = {document["url"]: document for document in await pipelines.stored()}
    rewritten, next_one, copy = (by_url[f"https://{path}/"] for path in ("b.example/b", "a.example/c", "a.example/a"))
    assert (rewritten["story_id"], rewritten.get("duplicate_of")) == (str(rewritten["_id"]), None)
    assert (next_one["story_id"], next_one.get("duplicate_of")) == (str(next_one["_id"]), None)
    assert (copy["story_id"], copy["duplicate_of"]) == (str(next_one["_id"]), str(next_one["_id"]))


async def test_copies_are_counted_when_they_are_found_and_not_again(pipelines: Pipelines) -> None:
    await pipelines.scrape(*COPIES)
    assert pipelines.count("articles/duplicate") == 2
    await pipelines.scrape(*COPIES)
    assert pipelines.count("articles/duplicate") == 2


async def test_what_mongodb_refuses_is_counted_and_the_rest_is_stored(
    pipelines: Pipelines, caplog: pytest.LogCaptureFixture
) -> None:
    articles = pipelines.database.db["articles"]
    await articles.create_index("url", unique=True)
    await articles.insert_one({"url": f"{HOME}/taken/", "url_keys": []})
    outcomes = await pipelines.scrape(an_article("a"), an_article("taken"), an_article("b"))
    assert [isinstance(outcome, NotStoredError) for outcome in outcomes] == [False, True, False]
    assert [one["url"] for one in await pipelines.stored() if "site" in one] == [f"{HOME}/a/", f"{HOME}/b/"]
    assert pipelines.count("storage/failed") == 1
    assert f"not stored: {HOME}/taken/" in caplog.text
    assert pipelines.crawler.stats is not None
    assert exit_status(pipelines.crawler.stats.get_stats(), "finished") is ExitStatus.STORAGE_FAILED


async def test_what_is_too_large_for_mongodb_is_skipped_and_no_failure(
    pipelines: Pipelines, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = await pipelines.scrape(an_article("a"), an_article("huge", text="x" * 17_000_000), an_article("b"))
    assert [type(outcome) for outcome in outcomes] == [Article, DropItem, Article]
    assert [document["url"] for document in await pipelines.stored()] == [f"{HOME}/a/", f"{HOME}/b/"]
    assert (pipelines.count("skipped/too_large_to_store"), pipelines.count("storage/failed")) == (1, 0)
    assert f"too large to store: {HOME}/huge/" in caplog.text


async def test_what_was_read_before_another_run_took_the_host_is_not_written(
    pipelines: Pipelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = RunRecord.of(pipelines.crawler)
    assert await record.has(SITE)
    await pipelines.database.db["locks"].update_one({"_id": SITE}, {"$set": {"run_id": ObjectId()}})
    later = holding.clock() + 89
    monkeypatch.setattr(host_locks, "clock", lambda: later)  # it was frozen
    [outcome] = await pipelines.scrape(an_article("post-1"))
    assert str(outcome).startswith(f"another run has the lock of {SITE}")
    assert await pipelines.stored() == []
