"""Candidates are found by index, within bounds; writes are conditional."""

from typing import Any

import pytest
from bson import ObjectId

from crawler.changes import Document
from crawler.grouping import Place
from crawler.storage import stories as storage
from crawler.storage.indexes import Database
from crawler.storage.stories import Stories
from crawler.stories import OUTDATED, age, keys, story_fields

from ..examples import stored
from ..news import a_story, cut, edited


def a_stored(number: int, text: str) -> Document:
    """An article with this text."""
    return stored(f"{number}", text=text, word_count=len(text.split()), site=f"{number}.example")


async def test_candidates_share_a_run_or_the_whole_text(database: Database) -> None:
    documents = [
        a_stored(1, a_story(1)),
        a_stored(2, edited(a_story(1))),
        a_stored(3, cut(a_story(1))),
        a_stored(4, a_story(2)),
    ]
    await database["articles"].insert_many(documents)
    found = await Stories(database).resembling([keys(documents[0])])
    assert {document["site"] for document in found} == {"1.example", "2.example", "3.example"}
    assert all("text" not in document and document["sketch"]["signature"] for document in found)
    assert len(await Stories(database).resembling([keys(document) for document in documents] * 3)) == 4
    assert await Stories(database).resembling([[]]) == []
    plan = await database["articles"].find({"sketch.bands": {"$in": documents[0]["sketch"]["bands"]}}).explain()
    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])


async def test_a_form_that_many_share_hides_no_copy(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    form = a_story(7, 400)
    rare = a_stored(99, a_story(1) + form)
    await database["articles"].insert_many([a_stored(n, form + "\n\n" + a_story(100 + n, 40)) for n in range(30)])
    await database["articles"].insert_one(rare)
    monkeypatch.setattr(storage, "CANDIDATES", 10)
    found = await Stories(database).resembling([keys(a_stored(98, edited(a_story(1)) + form))])
    assert "99.example" in {document["site"] for document in found}


async def test_a_story_with_many_copies_is_found_by_its_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [a_stored(number, a_story(1)) | {"duplicate_of": "x"} for number in range(20)]
    await database["articles"].insert_many([*copies, a_stored(99, a_story(1))])
    monkeypatch.setattr(storage, "CANDIDATES", 10)
    found = await Stories(database).resembling([keys(a_stored(98, edited(a_story(1))))])
    assert "99.example" in {document["site"] for document in found}
    assert len(found) <= 2 * 10


async def test_an_article_that_was_placed_by_another_is_not_placed(database: Database) -> None:
    stories, article, first = Stories(database), a_stored(1, a_story(1)), a_stored(2, a_story(1))
    await database["articles"].insert_many([article, first])
    assert await stories.place([Place(article, story_fields(first))])
    assert not await stories.place([Place(article, story_fields(article))])
    assert await stories.place([])
    [placed] = await stories.read([article["_id"]])
    assert (placed["story_id"], placed["first_site"]) == (str(first["_id"]), "2.example")


async def test_what_a_crowd_shares_is_looked_up_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    end = a_story(7, 60)
    crowd = [a_stored(n, a_story(100 + n, 200) + "\n\n" + end) for n in range(40)]
    copy = a_stored(99, edited(a_story(100, 200)) + "\n\n" + end)
    await database["articles"].insert_many([*crowd, copy])
    monkeypatch.setattr(storage, "CANDIDATES", 20)
    monkeypatch.setattr(storage, "ARTICLES_AT_ONCE", 1)
    read: list[int] = []
    finding = Stories._find

    async def find(self: Stories, *arguments: Any) -> list[Document]:
        found = await finding(self, *arguments)
        read.append(len(found))
        return found

    monkeypatch.setattr(Stories, "_find", find)
    found = await Stories(database).resembling([keys(document) for document in crowd[::-1]])
    assert "99.example" in {document["site"] for document in found}
    assert sum(read) < 40 * 5


async def test_who_waits_is_found_until_released(database: Database) -> None:
    stories, article = Stories(database), a_stored(1, a_story(1))
    await database["articles"].insert_many([article, a_stored(2, "Short.") | {"grouping": "late"}])
    assert len(await stories.waiting(5)) == 2
    assert len(await stories.waiting(1)) == 1
    [first, second] = await stories.waiting(5)
    assert age(first) == age(await database["articles"].find_one({"_id": first["_id"]}) or {})
    assert await stories.waiting(5, after=first["_id"]) == [second]
    assert [waiting["_id"] for waiting in await stories.waiting(5, with_late=False)] == [article["_id"]]
    await stories.release(await stories.read([article["_id"]]))
    assert article["_id"] not in await waiting_ids(stories)


async def waiting_ids(stories: Stories) -> list[ObjectId]:
    """Who waits."""
    return [article["_id"] for article in await stories.waiting(5)]


async def test_who_is_put_off_and_called_in(database: Database) -> None:
    stories, own = Stories(database), str(ObjectId())
    new, settled, placed = a_stored(1, a_story(1)), a_stored(2, a_story(1)), a_stored(3, a_story(1))
    settled.pop("grouping")
    await database["articles"].insert_many([new, settled, placed | {"story_id": own}])
    everyone = [new["_id"], settled["_id"], placed["_id"]]
    await stories.put_off([new, settled, placed])
    assert [article.get("grouping") for article in await stories.read(everyone)] == ["late", None, "changed"]
    await stories.call_in(everyone)
    assert [article.get("grouping") for article in await stories.read(everyone)] == ["changed", None, "changed"]


async def test_what_has_no_sketch_of_this_version_is_found_by_the_index(database: Database) -> None:
    stories, new, short = Stories(database), a_stored(1, a_story(1)), a_stored(2, "Short.")
    none, former = a_stored(3, a_story(3)), a_stored(4, a_story(4))
    for document in (none, former):
        document.pop("grouping")
    none.pop("sketch")
    former["sketch"] = {"bands": [5, 7], "signature": b"\x00"}
    await database["articles"].insert_many([new, short, none, former])
    outdated = await stories.outdated(5)
    assert [article["_id"] for article in outdated] == [none["_id"], former["_id"]]
    assert len(await stories.outdated(1)) == 1
    for query in OUTDATED:
        plan = await database["articles"].find(query).explain()
        assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])
    await database["articles"].update_one({"_id": none["_id"]}, {"$set": {"content_hash": "1:x"}})
    await stories.bring_up(outdated)
    assert [article["_id"] for article in await stories.outdated(5)] == [none["_id"]]
    [brought] = await stories.read([former["_id"]])
    assert (brought["sketch"], brought["grouping"]) == (a_stored(4, a_story(4))["sketch"], "late")


async def test_who_was_stored_anew_meanwhile_goes_on_waiting(database: Database) -> None:
    stories, article = Stories(database), a_stored(1, a_story(1))
    await database["articles"].insert_one(article)
    as_read = await stories.read([article["_id"]])
    await database["articles"].update_one({"_id": article["_id"]}, {"$set": {"content_hash": "1:x"}})
    await stories.release(as_read)
    assert await waiting_ids(stories) == [article["_id"]]


async def test_the_first_and_the_members_of_stories(database: Database) -> None:
    stories, first, member = Stories(database), a_stored(1, a_story(1)), a_stored(2, a_story(1))
    own = str(first["_id"])
    await database["articles"].insert_many([first | {"story_id": own}, member | {"story_id": own}])
    assert [document["site"] for document in await stories.firsts([own, str(ObjectId())])] == ["1.example"]
    assert {document["site"] for document in await stories.members([own])} == {"1.example", "2.example"}
    assert await stories.firsts([]) == await stories.members([]) == []
