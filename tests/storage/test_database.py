"""The connection that the components of one crawl share."""

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler

from crawler.storage.database import Database

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
