"""Reading the outbox while others append to it."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId

from crawler.events import ArticleEvent
from crawler.storage.events import Events
from crawler.storage.indexes import Database
from crawler.storage.outbox import Outbox

from ..examples import HOME, NOW, SITE

HOUR = timedelta(hours=1)
WINDOW = 10


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few events are more than one."""
    monkeypatch.setattr("crawler.storage.outbox.WINDOW", WINDOW)


def changed(article_id: ObjectId, revision: int) -> ArticleEvent:
    """An article was changed."""
    return ArticleEvent(
        id=f"{article_id}:{revision}:changed", type="article.changed", at=NOW, article_id=article_id, site=SITE,
        url=f"{HOME}/a/", revision=revision,
    )  # fmt: skip


async def read_all(outbox: Outbox, after: int = 0) -> list[str]:
    """The ids of all that can be read from a cursor on."""
    read: list[str] = []
    while (reading := await outbox.read(after)).after > after:
        read += [str(event["_id"]) for event in reading.events]
        after = reading.after
    return read


async def test_all_is_read_from_any_cursor_on(database: Database) -> None:
    article_id, outbox = ObjectId(), Outbox(database)
    await outbox.prepare()
    assert await read_all(outbox) == []
    told = [changed(article_id, revision) for revision in range(WINDOW + 7)]
    await Events(database).append(told)
    ids = [event.id for event in told]
    assert await read_all(outbox) == ids
    assert await read_all(outbox, WINDOW - 3) == ids[WINDOW - 3 :]
    assert await read_all(outbox, await outbox.last()) == []


async def reserved(database: Database, count: int) -> None:
    """Numbers that a writer took before it was killed."""
    await Events(database).number()
    await database["counters"].update_one({"_id": "events"}, {"$inc": {"seq": count}})


@pytest.mark.parametrize("numbers", [1, 3, WINDOW + 5])
async def test_a_gap_is_waited_for_and_closed_when_it_is_old(database: Database, numbers: int) -> None:
    article_id, outbox = ObjectId(), Outbox(database)
    await Events(database).append([changed(article_id, 0)])
    await reserved(database, numbers)
    assert (await outbox.read(1)).after == 1, "there is nothing behind it"
    await Events(database).append([changed(article_id, 1)])
    assert await read_all(outbox) == [f"{article_id}:0:changed"]
    held_up = await outbox.read(1)
    assert (held_up.missing, held_up.is_held_up) == (range(2, numbers + 2), True)
    await database["events"].update_one({"seq": numbers + 2}, {"$set": {"recorded_at": datetime.now(UTC) - HOUR}})
    assert await read_all(outbox) == [f"{article_id}:0:changed", f"{article_id}:1:changed"]
    assert await database["events"].count_documents({"type": "gap"}) == numbers
    assert await read_all(Outbox(database)) == [f"{article_id}:0:changed", f"{article_id}:1:changed"]


async def test_a_gap_before_an_event_from_the_future_is_closed_after_waiting(database: Database) -> None:
    article_id, outbox = ObjectId(), Outbox(database, grace=timedelta(seconds=0.2))
    await reserved(database, 2)
    await Events(database).append([changed(article_id, 0)])
    await database["events"].update_one({}, {"$set": {"recorded_at": datetime.now(UTC) + HOUR}})
    assert await read_all(outbox) == []
    await asyncio.sleep(0.25)
    assert await read_all(outbox) == [f"{article_id}:0:changed"]


async def test_where_to_begin_for_a_time(database: Database) -> None:
    article_id, outbox = ObjectId(), Outbox(database)
    await Events(database).append([changed(article_id, 0), changed(article_id, 1)])
    await database["events"].update_one({"seq": 2}, {"$set": {"at": NOW + HOUR}})
    assert [await outbox.first_since(NOW + HOUR * hours) for hours in (-1, 1, 2)] == [0, 1, 2]


async def test_writers_at_once_and_readers_without_patience_miss_nothing(database: Database) -> None:
    """Gaps are closed at once, so that writers are refused all the time; nothing is lost, doubled or out of order."""
    articles = [ObjectId() for _ in range(4)]
    chosen = random.Random(5)  # noqa: S311 - the same choices each time

    async def write(article_id: ObjectId) -> None:
        revision = 0
        while revision < 30:
            size = chosen.randint(1, 4)
            await Events(database).append([changed(article_id, revision + n) for n in range(size)])
            revision += size
            await asyncio.sleep(chosen.random() / 100)

    async def read(outbox: Outbox, writing: asyncio.Future[list[None]]) -> list[str]:
        after, read = 0, []
        while True:
            done = writing.done()
            reading = await outbox.read(after)
            read += [str(event["_id"]) for event in reading.events]
            if done and reading.after == after and not reading.is_held_up:
                return read
            after = reading.after

    writing = asyncio.gather(*map(write, articles))
    readers = [read(Outbox(database, grace=timedelta(0)), writing) for _ in range(2)]
    first, second = await asyncio.gather(*readers)
    assert first == second
    assert len(set(first)) == len(first) == await database["events"].count_documents({"type": {"$ne": "gap"}})
    for article_id in articles:
        own = [int(told.split(":")[1]) for told in first if told.startswith(str(article_id))]
        assert own == list(range(len(own)))
        assert len(own) >= 30
