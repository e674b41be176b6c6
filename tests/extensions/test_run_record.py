"""The record and the locks of a run that goes on for weeks."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from scrapy import signals

from crawler.extensions import run_record
from crawler.extensions.run_record import RunRecord
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
