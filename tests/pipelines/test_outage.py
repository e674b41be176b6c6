"""The database goes away while articles are on their way to it."""

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from bson import ObjectId
from scrapy import signals

from benchmarks.drills.outages import DatabaseServer, database, killed
from crawler.documents import from_document
from crawler.exit_status import ExitStatus, exit_status
from crawler.extensions.run_record import RunRecord
from crawler.failures import NotStoredError, SpilledError
from crawler.items import Article, Missing
from crawler.storage import connect as connecting
from crawler.storage import database as storage_database
from crawler.storage.spill import SpillFile

from ..consistency import problems
from ..examples import HOME, SITE, an_article
from ..waiting import soon
from .conftest import Pipelines, crawler_of


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One that stays away when it is killed."""
    with database(tmp_path_factory.mktemp("outage")) as own:
        yield own


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "OPERATION_SECONDS", 0.5)
    monkeypatch.setattr(storage_database, "LOOK_SECONDS", 0.5)
    monkeypatch.setattr(storage_database, "CLOSE_SECONDS", 0.5)


def during(
    server: DatabaseServer, folder: Path, work: Callable[[Pipelines], Awaitable[None]], **settings: object
) -> dict[str, Any]:
    """Do something with pipelines of their own; the counters."""

    async def run() -> dict[str, Any]:
        pipelines = Pipelines(crawler_of(server.uri, folder.name, SPILL_FOLDER=str(folder / "spill"), **settings))
        await work(pipelines)
        await pipelines.manager.close_spider_async()
        await pipelines.crawler.signals.send_catch_log_async(signals.engine_stopped)
        assert pipelines.crawler.stats is not None
        return pipelines.crawler.stats.get_stats()

    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        counted = asyncio.run(run())
        gc.collect()  # PyMongo leaves the sockets that the server cut to the garbage collector
    return counted


def spilled(folder: Path) -> list[Path]:
    return list((folder / "spill").glob("*.bson"))


def test_what_waits_is_on_disk_and_stored_when_the_database_is_back(server: DatabaseServer, tmp_path: Path) -> None:
    async def scrape(pipelines: Pipelines) -> None:
        await pipelines.scrape(an_article("a"))
        with killed(server):
            scraped = asyncio.ensure_future(pipelines.scrape(an_article("b"), an_article("c")))
            assert await asyncio.to_thread(soon, lambda: bool(spilled(tmp_path)))
        outcomes = await scraped
        assert [outcome.url for outcome in outcomes if isinstance(outcome, Article)] == [f"{HOME}/b/", f"{HOME}/c/"]
        stored = [await pipelines.stored(name) for name in ("articles", "revisions", "events")]
        assert problems(*stored) == []

    counted = during(server, tmp_path, scrape)
    assert counted["presswalk/articles/added"] == 3
    assert counted["presswalk/database/outages"] == 1
    assert exit_status(counted, "finished") is not ExitStatus.STORAGE_FAILED
    assert spilled(tmp_path) == []


def test_what_is_away_for_too_long_leaves_what_was_read_to_the_next_run(server: DatabaseServer, tmp_path: Path) -> None:
    missing = Missing(site=SITE, url=f"{HOME}/gone/", status=404)

    async def scrape(pipelines: Pipelines) -> None:
        with killed(server):
            outcomes = await pipelines.scrape(an_article("b"), missing)
            outcomes += await pipelines.scrape(an_article("c"))
        assert [type(outcome) for outcome in outcomes] == [SpilledError, NotStoredError, SpilledError]
        assert pipelines.database.outage.is_over

    counted = during(server, tmp_path, scrape, OUTAGE_SECONDS=1)
    assert counted["presswalk/storage/spilled"] == 2
    assert counted["presswalk/database/given_up"] == 1
    assert counted["presswalk/database/away_seconds"] >= 1
    assert exit_status(counted, "storage_failed") is ExitStatus.STORAGE_FAILED
    [file] = SpillFile.claim(tmp_path / "spill", f"{server.uri.partition('?')[0]}, database {tmp_path.name}")
    _head, *kept = file.documents()
    file.remove()
    assert [from_document(one).url for one in kept] == [f"{HOME}/b/", f"{HOME}/c/"]


def test_where_nothing_may_be_kept_it_is_said_and_fetched_again(
    server: DatabaseServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scrape(pipelines: Pipelines) -> None:
        with killed(server):
            [outcome] = await pipelines.scrape(an_article("b"))
        assert type(outcome) is NotStoredError

    counted = during(server, tmp_path, scrape, OUTAGE_SECONDS=1, SPILL_MAX_MB=0)
    assert "presswalk/storage/spilled" not in counted
    assert counted["presswalk/storage/failed"] == 3  # the database, the article, and what waits for the next run
    assert "SPILL_MAX_MB" in caplog.text
    assert spilled(tmp_path) == []


def test_a_host_that_another_run_took_meanwhile_is_left_to_it(server: DatabaseServer, tmp_path: Path) -> None:
    async def scrape(pipelines: Pipelines) -> None:
        record = RunRecord.of(pipelines.crawler)
        assert await record.take(SITE)
        await pipelines.database.db["locks"].update_one({"_id": SITE}, {"$set": {"run_id": ObjectId()}})
        await record.database_back(pipelines.database.db)
        assert record.has_lost(SITE)
        [outcome] = await pipelines.scrape(an_article("a"))
        assert type(outcome) is NotStoredError
        assert await pipelines.stored() == []

    counted = during(server, tmp_path, scrape)
    assert counted["presswalk/errors/lock_lost"] == 1
