"""The record and the locks of a run that goes on for weeks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from bson import ObjectId
from pymongo.errors import ConnectionFailure, OperationFailure
from scrapy import Spider, signals

from crawler.extensions import host_locks, run_record
from crawler.extensions.run_record import RunRecord, run_ending
from crawler.spiders.arguments import WordpressArguments
from crawler.spiders.wordpress import WordpressSpider
from crawler.storage import connect as connecting
from crawler.storage.runs import Runs
from tests.pipelines.conftest import Pipelines, crawler_of


@pytest.fixture
async def record(mongodb_uri: str, database_name: str) -> AsyncIterator[RunRecord]:
    """Of a run that has begun."""
    pipelines = Pipelines(crawler_of(mongodb_uri, database_name))
    await pipelines.database.prepare()
    record = RunRecord.of(pipelines.crawler)
    await Runs(pipelines.database.db).start(record.run_id, {"started_at": record.started_at, "hosts": []})
    yield record
    await pipelines.crawler.signals.send_catch_log_async(signals.engine_stopped)


async def test_it_does_not_grow_with_the_hosts(record: RunRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_record, "MOST_HOSTS", 3)
    for host in ("a.example", "b.example", "a.example", "c.example", "d.example", "e.example"):
        assert await record.has(host)
        await record.release(host, is_whole=True)
    run = await record.database.db["runs"].find_one()
    assert run is not None
    assert record.hosts == run["hosts"] == ["a.example", "b.example", "c.example"]
    assert (run["open_hosts"], run["opened"]) == ([], [])
    assert (record._held, record._releasing) == (set(), {})


async def test_a_host_that_is_taken_up_while_it_is_given_back_stays_locked(record: RunRecord) -> None:
    for _ in range(10):
        assert await record.has("news.example")
        _, is_held = await asyncio.gather(record.release("news.example", is_whole=True), record.has("news.example"))
        assert is_held
        assert await record.database.db["locks"].find_one({"_id": "news.example"})
        run = await record.database.db["runs"].find_one()
        assert run is not None
        assert run["open_hosts"] == ["news.example"]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"site": "https://news.example/"}, "ERROR"),
        ({"site": "https://news.example/,https://other.example/"}, "WARNING"),
        ({"due": "1"}, "WARNING"),
    ],
)
async def test_only_who_was_asked_for_exactly_that_site_calls_it_an_error_that_another_run_has_it(
    record: RunRecord, caplog: pytest.LogCaptureFixture, told: dict[str, str], level: str
) -> None:
    record.crawler.spider = WordpressSpider(arguments=WordpressArguments.model_validate(told))
    await Runs(record.database.db).lock("news.example", ObjectId(), host_locks.now())
    assert not await record.has("news.example")
    [said] = [one for one in caplog.records if "is being crawled by another run" in one.getMessage()]
    assert said.levelname == level


async def stored_untold(record: RunRecord) -> None:
    """An article that was stored, and could not be announced."""
    now = datetime.now(UTC)
    article = {"_id": ObjectId(), "site": "news.example", "url": "https://news.example/1/", "title": "One"}
    article |= {"revision": 0, "first_seen_at": now, "last_changed_at": now}
    article["last_change"] = {"kind": "added", "fields": []}
    await record.database.db["articles"].insert_one(article)


async def told(record: RunRecord) -> list[str]:
    return [event["type"] for event in await record.database.db["events"].find().sort("seq", 1).to_list()]


async def test_what_one_crawl_of_a_host_could_not_announce_the_next_one_of_the_same_run_does(record: RunRecord) -> None:
    assert await record.has("news.example")
    await stored_untold(record)
    await record.release("news.example", is_whole=False)
    assert await told(record) == []
    assert await record.has("news.example")
    assert await told(record) == ["article.added"]
    run = await record.database.db["runs"].find_one()
    assert run is not None
    assert run["open_hosts"] == ["news.example"]
    assert "finish_reason" not in run


async def test_one_that_listens_leaves_the_next_run_what_it_could_not_announce(record: RunRecord) -> None:
    assert record.crawler.stats is not None
    for name in ("push/listening", "storage/failed"):
        record.crawler.stats.inc_value(f"presswalk/{name}")
    assert await record.has("news.example")
    await stored_untold(record)
    await record.spider_closed(Spider(name="listen"), "shutdown")
    run = await record.database.db["runs"].find_one()
    assert run is not None
    assert (run["exit_status"], run["open_hosts"]) == (0, ["news.example"])
    assert record.ended.is_set()


async def test_what_is_counted_while_a_run_ends_is_in_its_record(record: RunRecord) -> None:
    stats = record.crawler.stats
    assert stats is not None

    async def late() -> None:
        await asyncio.sleep(0)
        stats.inc_value("presswalk/archive/failed")

    record.crawler.signals.connect(late, signal=run_ending)
    await record.spider_closed(Spider(name="wordpress"), "finished")
    run = await record.database.db["runs"].find_one()
    assert run is not None
    assert (run["exit_status"], run["counts"]["archive"]) == (3, {"failed": 1})


async def test_who_cannot_know_yet_whose_the_locks_are_says_so(
    record: RunRecord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Else the run would write into hosts that another one may have taken over meanwhile."""
    assert await record.has("news.example")
    monkeypatch.setattr(connecting, "OPERATION_SECONDS", 0.2)
    async with connecting.connect_async("mongodb://127.0.0.1:9/") as client:
        with pytest.raises(ConnectionFailure):
            await record.database_back(client["presswalk"])

    async def refused(*_: object) -> set[str]:
        raise OperationFailure("not authorized", 13)

    monkeypatch.setattr(Runs, "renew", refused)
    await record.database_back(record.database.at_once)
    assert "the locks of this run could not be renewed: OperationFailure" in caplog.text
    assert record.holds("news.example")


async def test_a_process_that_was_frozen_asks_whose_the_host_is(
    record: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(host_locks, "clock", lambda: now[0])
    assert await record.has("kept.example")
    assert await record.has("taken.example")
    assert await record.is_sure_of("taken.example")
    now[0] += 89.0  # of 90
    locks, other = record.database.db["locks"], {"run_id": ObjectId()}
    await locks.update_one({"_id": "taken.example"}, {"$set": other})
    assert [await record.is_sure_of(f"{name}.example") for name in ("taken", "kept", "nobodys")] == [False, True, True]
    assert record.has_lost("taken.example/blog")
    assert not record.has_lost("kept.example")
    assert record.crawler.stats is not None
    assert record.crawler.stats.get_value("presswalk/errors/lock_lost") == 1
