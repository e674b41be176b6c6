"""The connection that the components of one crawl share."""

import pytest
from pymongo.errors import AutoReconnect
from scrapy import signals
from scrapy.utils.test import get_crawler

from crawler.storage.database import Database, database_back
from crawler.storage.indexes import Database as MongoDatabase

EXTENSIONS = {
    "crawler.storage.database.Database": 0,
    "scrapy.extensions.memusage.MemoryUsage": None,  # cannot be stopped before it was started
}


async def test_one_client_for_all_which_closes_with_the_engine(mongodb_uri: str, database_name: str) -> None:
    settings = {"MONGODB_URI": mongodb_uri, "MONGODB_DATABASE": database_name, "EXTENSIONS": EXTENSIONS}
    crawler = get_crawler(settings_dict=settings)
    database = Database.of(crawler)
    assert database is Database.of(crawler)
    await database.prepare()
    assert database.db.name == database_name
    assert "url_keys" in await database.db["articles"].index_information()
    client = database.db.client
    assert database.db.client is client
    await crawler.signals.send_catch_log_async(signals.engine_stopped)
    with pytest.raises(Exception, match="after close"):
        await client.admin.command("ping")


async def test_who_finds_it_away_again_makes_the_outage_go_on(mongodb_uri: str, database_name: str) -> None:
    settings = {"MONGODB_URI": mongodb_uri, "MONGODB_DATABASE": database_name, "EXTENSIONS": EXTENSIONS}
    crawler = get_crawler(settings_dict=settings)
    assert crawler.stats is not None
    database = Database.of(crawler)
    answers: list[Exception | None] = [AutoReconnect("gone again"), None, ValueError("a fault")]
    heard = []

    async def hear(database: MongoDatabase) -> None:
        heard.append(database.name)
        if error := answers[len(heard) - 1]:
            raise error

    crawler.signals.connect(hear, signal=database_back)
    database._began()
    with pytest.raises(AutoReconnect):
        await database._ended()
    for _ in ("it is back", "a fault of one receiver is logged, and holds nobody up"):
        await database._ended()
    assert heard == [database_name] * 3
    assert crawler.stats.get_value("presswalk/database/outages") == 1
    assert crawler.stats.get_value("presswalk/database/away_seconds") == 0
    await crawler.signals.send_catch_log_async(signals.engine_stopped)


async def test_a_crawl_that_stored_nothing_has_nothing_to_close(mongodb_uri: str) -> None:
    settings = {"MONGODB_URI": mongodb_uri, "MONGODB_DATABASE": "unused", "EXTENSIONS": EXTENSIONS}
    crawler = get_crawler(settings_dict=settings)
    assert (Database.of(crawler)._close, None) in await crawler.signals.send_catch_log_async(signals.engine_stopped)


def test_without_a_uri_it_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="storage_session"):
        get_crawler(settings_dict={"MONGODB_URI": None, "MONGODB_DATABASE": "x", "EXTENSIONS": EXTENSIONS})


def test_a_crawl_without_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="missing from EXTENSIONS"):
        Database.of(get_crawler())
