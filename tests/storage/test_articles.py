"""Articles and revisions in a real database."""

from datetime import timedelta
from typing import Any

import pytest
from bson import ObjectId

from crawler.changes import Decision, Document, decide_missing, decide_new, decide_seen
from crawler.storage.articles import Articles
from crawler.storage.indexes import Database

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE, TEXT, a_document

EDITED = TEXT + "Nobody voted against it."


def new(slug: str, **fields: Any) -> Decision:
    """An article that was never seen before."""
    return decide_new(a_document(slug, **fields), ObjectId(), NOW)


async def everything(database: Database, collection: str = "articles") -> list[Document]:
    """A collection in the order of its ids."""
    return await database[collection].find().sort("_id", 1).to_list()


async def test_a_batch_is_stored_as_it_was_decided(database: Database) -> None:
    decisions = [new(f"post-{number}", wp_id=number) for number in range(3)]
    assert await Articles(database).write(decisions) == [None] * 3
    assert await everything(database) == [decision.document for decision in decisions]
    assert await everything(database, "revisions") == []


async def test_the_same_batch_written_twice_stays_one(database: Database) -> None:
    articles = Articles(database)
    added = [new(f"post-{number}") for number in range(3)]
    edits = [decide_seen(decision.document, a_document(f"post-{number}", text=EDITED), LATER)
             for number, decision in enumerate(added)]  # fmt: skip
    for batch in (added, added, edits, edits):
        assert await articles.write(batch) == [None] * 3
    assert await everything(database) == [edit.document for edit in edits]
    assert await everything(database, "revisions") == sorted((e.revision for e in edits if e.revision), key=_id)


def _id(document: Document) -> str:
    return str(document["_id"])


async def test_a_late_duplicate_of_the_first_write_changes_nothing(database: Database) -> None:
    articles, added = Articles(database), new("post")
    edit = decide_seen(added.document, a_document("post", text=EDITED), LATER)
    for batch in ([added], [edit], [added]):
        await articles.write(batch)
    assert await everything(database) == [edit.document]


async def test_what_is_unset_is_gone(database: Database) -> None:
    articles = Articles(database)
    added = new("post", next_url=f"{HOME}/newer/")
    once = decide_missing(added.document, LATER)
    back = decide_seen(once.document, a_document("post", previous_url=f"{HOME}/older/"), MUCH_LATER)
    for decision in (added, once, back):
        assert await articles.write([decision]) == [None]
    [document] = await everything(database)
    assert document == back.document
    assert "missing_since" not in document
    assert "next_url" not in document


async def test_a_decision_that_changes_nothing_writes_nothing(database: Database) -> None:
    nothing = decide_missing({"_id": ObjectId(), "gone_at": NOW}, NOW)
    assert await Articles(database).write([nothing]) == [None]
    assert await everything(database) == []


async def test_a_refused_article_does_not_take_its_batch_with_it(database: Database) -> None:
    decisions = [new("a", wp_id=1), new("b", wp_id=2), new("c", wp_id=1), new("d", wp_id=3)]
    errors = await Articles(database).write(decisions)
    assert [error is None for error in errors] == [True, True, False, True]
    assert "E11000" in str(errors[2])
    assert [document["wp_id"] for document in await everything(database)] == [1, 2, 3]


async def test_a_document_too_large_for_mongodb_is_refused_with_a_reason(database: Database) -> None:
    decisions = [new("a"), new("huge", text="x" * 17_000_000), new("b")]
    errors = await Articles(database).write(decisions)
    assert [error is None for error in errors] == [True, False, True]
    assert str(errors[1])
    assert [document["url"] for document in await everything(database)] == [f"{HOME}/a/", f"{HOME}/b/"]


async def test_five_megabytes_of_text_are_stored(database: Database) -> None:
    decision = new("long", text="The bridge stays. " * 290_000)
    assert await Articles(database).write([decision]) == [None]
    assert await everything(database) == [decision.document]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "a lone surrogate: \ud800"}, "surrogates not allowed"),
        ({"comment_count": 2**70}, "8-byte ints"),
        ({"odd": {"a\0b": 1}}, "NULL byte"),
        ({"odd": object()}, "cannot encode object"),
    ],
)
async def test_what_bson_cannot_hold_is_refused_alone(database: Database, fields: Document, reason: str) -> None:
    bad = decide_new(a_document("bad") | fields, ObjectId(), NOW)
    errors = await Articles(database).write([new("a"), bad, new("b")])
    assert [error is None for error in errors] == [True, False, True]
    assert reason in str(errors[1])
    assert [document["url"] for document in await everything(database)] == [f"{HOME}/a/", f"{HOME}/b/"]


ODD: Document = {
    "title": "$set: {a.b: 1}",
    "tags": ["$where", "a.b.c", "", "\u0000", "🙂", "\u202e"],
    "source": {"theme": "$theme", "$ref": "x", "a.b": {"$c.d": [1]}, "": "empty"},
}


async def test_dollars_dots_and_nul_are_nothing_special_in_values_and_nested_keys(database: Database) -> None:
    decision = decide_new(a_document("odd") | ODD, ObjectId(), NOW)
    articles = Articles(database)
    assert await articles.write([decision]) == [None]
    assert await everything(database) == [decision.document]
    edit = decide_seen(decision.document, a_document("odd") | ODD | {"title": "$unset"}, LATER)
    assert await articles.write([edit]) == [None]
    assert await everything(database) == [edit.document]
    [revision] = await everything(database, "revisions")
    assert (revision["title"], revision["source"]) == (ODD["title"], ODD["source"])


async def test_a_kill_between_revision_and_article_is_mended_by_running_again(database: Database) -> None:
    articles, added = Articles(database), new("post")
    await articles.write([added])
    edit = decide_seen(added.document, a_document("post", text=EDITED), LATER)
    assert edit.revision is not None
    await database["revisions"].insert_one(edit.revision)  # written, and then the crawl was killed
    assert await everything(database) == [added.document]

    known = await articles.read([added.document["_id"]])
    again = decide_seen(known[added.document["_id"]], a_document("post", text=EDITED), MUCH_LATER)
    assert await articles.write([again]) == [None]
    assert await everything(database) == [again.document]
    assert await everything(database, "revisions") == [edit.revision]


async def test_articles_are_found_by_any_of_their_keys(database: Database) -> None:
    articles = Articles(database)
    decisions = [new("a", wp_id=1, aliases=[f"{HOME}/old-a/"]), new("b"), new("c")]
    await articles.write(decisions)
    found = await articles.with_keys(["news.example/old-a", "news.example/b", "news.example/nowhere"])
    assert sorted(found, key=_id) == [
        {
            "_id": decisions[0].document["_id"],
            "site": SITE,
            "wp_id": 1,
            "url": f"{HOME}/a/",
            "url_keys": ["news.example?p=1", "news.example/a", "news.example/old-a"],
        },
        {"_id": decisions[1].document["_id"], "site": SITE, "url": f"{HOME}/b/", "url_keys": ["news.example/b"]},
    ]
    assert [d["wp_id"] for d in await articles.with_keys(["news.example?p=1"])] == [1]
    assert await articles.with_keys([]) == []


async def test_articles_are_read_by_id_with_their_time_zone(database: Database) -> None:
    decision = new("a")
    await Articles(database).write([decision])
    article_id = decision.document["_id"]
    assert await Articles(database).read([article_id, ObjectId()]) == {article_id: decision.document}


async def test_articles_not_seen_since(database: Database) -> None:
    articles = Articles(database)
    known = [new(slug).document for slug in ("seen", "not-seen", "gone")]
    known[0]["last_seen_at"] = LATER
    known[2]["gone_at"] = NOW
    elsewhere = new("elsewhere", site="other.example").document
    await database["articles"].insert_many([*known, elsewhere])
    assert await articles.not_seen_since(SITE, LATER) == [(f"{HOME}/not-seen/", None)]
    assert await articles.not_seen_since(SITE, NOW) == []
    assert await articles.not_seen_since(SITE, LATER, ["product"]) == []


async def test_the_terms_that_a_site_uses(database: Database) -> None:
    articles = Articles(database)
    documents = [
        new("new", categories=["Town", "Sport"], tags=["bridge"]).document,
        new("old", categories=["Town"], tags=[], published_at=NOW - timedelta(days=9)).document,
        new("none", categories=[], published_at=None).document,
        new("other", site=f"{SITE}/blog", categories=["Elsewhere"]).document,
    ]
    await database["articles"].insert_many(documents)
    assert await articles.latest_terms(SITE) == (["Town", "Sport"], ["bridge"])
    assert await articles.latest_terms("nowhere.example") == ([], [])


async def test_articles_changed_since_on_the_sites_of_a_host(database: Database) -> None:
    articles = Articles(database)
    documents = [
        new("new").document | {"last_changed_at": LATER},
        new("old").document | {"last_changed_at": NOW - timedelta(seconds=1)},
        new("blog", site=f"{SITE}/blog").document,
        new("other", site=f"{SITE}.evil.example").document,
    ]
    await database["articles"].insert_many(documents)
    changed = await articles.changed_since(r"^news\.example(/|$)", NOW)
    assert sorted(document["url"] for document in changed) == [f"{HOME}/blog/", f"{HOME}/new/"]
    assert all({"_id", "revision", "last_change", "title"} <= document.keys() for document in changed)


async def test_what_was_decided_about_an_earlier_revision_is_not_written_over_a_later_one(database: Database) -> None:
    articles = Articles(database)
    first, other = new("post-1"), new("post-2")
    await articles.write([first, other])
    late = decide_seen(first.document, a_document("post-1", text=EDITED), LATER)
    newer = decide_seen(first.document, a_document("post-1", text=EDITED + " Twice."), LATER)
    newest = decide_seen(newer.document, a_document("post-1", text=EDITED + " Thrice."), MUCH_LATER)
    assert await articles.write([newer]) == [None]
    assert await articles.write([newest]) == [None]
    seen = decide_seen(other.document, a_document("post-2"), LATER)
    refused, none = await articles.write([late, seen])
    assert (str(refused), none) == ("another run has stored it meanwhile", None)
    stored = {one["url"]: one for one in await everything(database)}
    assert stored[first.document["url"]] == newest.document
    assert stored[other.document["url"]]["last_seen_at"] == LATER


async def test_of_two_runs_that_decided_about_the_same_revision_the_second_is_told_that_it_was_too_late(
    database: Database,
) -> None:
    articles = Articles(database)
    first, other = new("post-1"), new("post-2")
    await articles.write([first, other])
    late, newer = (
        decide_seen(first.document, a_document("post-1", text=EDITED + more), LATER) for more in (" Once.", " Twice.")
    )
    assert late.document["revision"] == newer.document["revision"] == 1
    assert await articles.write([newer]) == [None]
    refused, again = await articles.write([late, newer])
    assert (str(refused), again) == ("another run has stored it meanwhile", None), "its own, written again, is stored"
    once = decide_missing(other.document, LATER)
    gone = decide_missing(once.document, MUCH_LATER)
    edit = decide_seen(once.document, a_document("post-2", text=EDITED), MUCH_LATER)
    for decision in (once, gone):
        assert await articles.write([decision]) == [None]
    [refused] = await articles.write([edit])
    assert str(refused) == "another run has stored it meanwhile"
    assert await everything(database) == [newer.document, gone.document]


async def test_what_another_run_has_added_meanwhile_hides_nothing_that_was_overtaken(database: Database) -> None:
    articles = Articles(database)
    first, added = new("post-1"), new("post-2")
    await articles.write([first])
    newer = decide_seen(first.document, a_document("post-1", text=EDITED), LATER)
    await articles.write([newer, added])
    late = decide_seen(first.document, a_document("post-1", text=EDITED + " Twice."), LATER)
    other = decide_new(a_document("post-2", text=EDITED), added.document["_id"], LATER)
    refused = await articles.write([late, other, added])
    assert [str(one) for one in refused] == ["another run has stored it meanwhile"] * 2 + ["None"]
    assert await everything(database) == [newer.document, added.document]
