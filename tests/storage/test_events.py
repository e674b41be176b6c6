"""The outbox."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId
from pymongo.errors import BulkWriteError, DocumentTooLarge

from crawler.events import ArticleEvent, RunFinished
from crawler.storage.events import Events, to_document
from crawler.storage.indexes import Database

from ..examples import HOME, LATER, NOW, SITE

ARTICLE_ID = ObjectId("0123456789abcdef01234567")


def added(number: int = 0, title: str | None = "The bridge stays") -> ArticleEvent:
    """An article was added."""
    return ArticleEvent(
        id=f"{ARTICLE_ID}:{number}:added", type="article.added", at=NOW, article_id=ARTICLE_ID, site=SITE,
        url=f"{HOME}/bridge/", revision=number, title=title,
    )  # fmt: skip


def test_what_is_not_known_is_absent() -> None:
    assert to_document(added(title=None)) == {
        "_id": f"{ARTICLE_ID}:0:added",
        "type": "article.added",
        "at": NOW,
        "article_id": ARTICLE_ID,
        "site": SITE,
        "url": f"{HOME}/bridge/",
        "revision": 0,
    }


async def test_an_event_written_twice_stays_one_and_as_it_was(database: Database) -> None:
    events = Events(database)
    await events.append([added(0), added(1)])
    await events.append([added(1, title="another title"), added(2)])
    await events.append([])
    stored = await database["events"].find({}, {"seq": 0, "recorded_at": 0}).sort("_id", 1).to_list()
    assert stored == [to_document(added(number)) for number in range(3)]


async def numbers(database: Database) -> dict[str, int]:
    """The number of every event."""
    return {str(event["_id"]): event["seq"] async for event in database["events"].find().sort("seq", 1)}


async def test_events_are_numbered_in_the_order_in_which_they_are_given(database: Database) -> None:
    events = Events(database)
    assert await events.last() == 0
    await events.append([added(1), added(0)])
    await events.append([added(2)])
    assert await numbers(database) == {added(1).id: 1, added(0).id: 2, added(2).id: 3}
    assert await events.last() == 3
    stored = await database["events"].find_one({"seq": 1})
    assert stored is not None
    assert abs(datetime.now(UTC) - stored["recorded_at"]) < timedelta(minutes=1)


async def test_telling_again_what_may_be_there_wastes_no_numbers(database: Database) -> None:
    events = Events(database)
    await events.append_missing([added(0), added(1)])
    await events.append_missing([added(0), added(1)])
    await events.append_missing([])
    await events.append_missing([added(0), added(2), added(2)])
    assert await numbers(database) == {added(0).id: 1, added(1).id: 2, added(2).id: 3}


async def test_a_number_that_a_reader_has_closed_is_not_used_and_no_event_overtakes(database: Database) -> None:
    events = Events(database)
    await events.append([added(0)])
    await database["events"].insert_one({"_id": "gap:3", "type": "gap", "seq": 3})
    await events.append([added(number) for number in range(1, 5)])
    assert await numbers(database) == {
        added(0).id: 1, added(1).id: 2, "gap:3": 3, added(2).id: 6, added(3).id: 7, added(4).id: 8,
    }  # fmt: skip


async def test_a_lost_counter_goes_on_behind_the_last_event(database: Database) -> None:
    events = Events(database)
    await events.append([added(number) for number in range(5)])
    await database["counters"].delete_many({})
    await events.append([added(5), added(6)])
    assert await numbers(database) == {added(number).id: number + 1 for number in range(7)}


async def test_what_is_refused_for_another_reason_is_raised(database: Database) -> None:
    with pytest.raises((DocumentTooLarge, BulkWriteError), match="too large"):
        await Events(database).append([added(title="x" * 17_000_000)])


async def test_events_of_an_earlier_version_are_numbered_once_as_they_happened(database: Database) -> None:
    old = [to_document(added(number)) | {"at": NOW + timedelta(seconds=number // 2)} for number in (10, 9, 3, 2)]
    old.append({"_id": "a run", "type": "run.finished", "at": NOW})
    await database["events"].insert_many(old)
    events = Events(database)
    await asyncio.gather(*(events.number() for _ in range(3)))
    await events.append([added(11)])
    assert list(await numbers(database)) == ["a run", *(added(number).id for number in (2, 3, 9, 10, 11))]
    assert list((await numbers(database)).values()) == [1, 2, 3, 4, 5, 6]


async def test_numbering_goes_on_where_a_kill_has_stopped_it(database: Database) -> None:
    old = [to_document(added(number)) | {"at": NOW + timedelta(seconds=number)} for number in (3, 1, 2)]
    await database["events"].insert_many(old)
    await Events(database).number()
    await database["counters"].update_one({"_id": "events"}, {"$set": {"all_numbered": False}})
    await database["events"].update_many({"seq": {"$in": [1, 3]}}, {"$unset": {"seq": ""}})
    await Events(database).append([added(4)])
    await Events(database).number()
    assert await numbers(database) == {added(number).id: number for number in (1, 2, 3, 4)}


async def test_the_end_of_a_run(database: Database) -> None:
    run_id = ObjectId()
    finished = RunFinished(
        id=f"{run_id}:run", at=LATER, run_id=run_id, spider="wordpress", sites=(SITE,), exit_status=0,
        counts={"found": 3},
    )  # fmt: skip
    await Events(database).append([finished])
    assert await database["events"].find_one({"type": "run.finished"}, {"seq": 0, "recorded_at": 0}) == {
        "_id": f"{run_id}:run",
        "type": "run.finished",
        "at": LATER,
        "run_id": run_id,
        "spider": "wordpress",
        "sites": [SITE],
        "exit_status": 0,
        "counts": {"found": 3},
    }
