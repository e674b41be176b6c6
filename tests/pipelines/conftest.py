"""The item pipelines of a crawl, fed by the test instead of by a spider."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.pipelines import ItemPipelineManager
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.changes import Document
from crawler.items import Article, Missing
from crawler.storage.database import Database

Outcome = Article | Exception


class Pipelines:
    """The pipelines of ``crawler.settings`` in one crawler, with Scrapy's signals around them."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.database = Database.of(crawler)
        self.manager = ItemPipelineManager.from_crawler(crawler)

    async def scrape(self, *items: Article | Missing) -> list[Outcome]:
        """What becomes of items that are found at the same time."""
        return await asyncio.gather(*(self._scrape_one(item) for item in items))

    async def scrape_in_turn(self, *items: Article | Missing) -> list[Outcome]:
        """What becomes of items that are found one after the other."""
        return [(await self.scrape(item))[0] for item in items]

    async def stored(self, collection: str = "articles") -> list[Document]:
        """A collection, in the order in which its documents came."""
        return await self.database.db[collection].find().sort("_id", 1).to_list()

    def count(self, name: str) -> int:
        """A counter of Presswalk."""
        assert self.crawler.stats is not None
        return int(self.crawler.stats.get_value(f"presswalk/{name}", 0))

    async def _scrape_one(self, item: Article | Missing) -> Outcome:
        """As ``scrapy.core.scraper.Scraper.start_itemproc_async`` does it."""
        try:
            output: Outcome = await self.manager.process_item_async(item)
        except DropItem as dropped:
            await self._send(signals.item_dropped, item)
            return dropped
        except Exception as error:  # noqa: BLE001 - as Scrapy does
            await self._send(signals.item_error, item)
            return error
        await self._send(signals.item_scraped, output)
        return output

    async def _send(self, signal: object, item: object) -> None:
        await self.crawler.signals.send_catch_log_async(signal, item=item, response=None, spider=None)


def crawler_of(uri: str, database: str, **changed: Any) -> Crawler:
    """A crawler with the settings of the project and no spider that runs."""
    ours = {name: value for name, value in vars(settings).items() if name.isupper()}
    ours["EXTENSIONS"] = {
        "crawler.storage.database.Database": 0,
        "crawler.extensions.spill.Spill": 5,
        "crawler.extensions.run_record.RunRecord": 10,
        "scrapy.extensions.memusage.MemoryUsage": None,  # cannot be stopped before it was started
    }
    told = {"MONGODB_URI": uri, "MONGODB_DATABASE": database, "STORE_BATCH_SECONDS": 0.01}
    return get_crawler(settings_dict=ours | told | changed)


@pytest.fixture
async def pipelines(mongodb_uri: str, database_name: str) -> AsyncIterator[Pipelines]:
    """The pipelines over an empty database."""
    pipelines = Pipelines(crawler_of(mongodb_uri, database_name))
    await pipelines.database.prepare()
    yield pipelines
    await pipelines.manager.close_spider_async()
    await pipelines.crawler.signals.send_catch_log_async(signals.engine_stopped)
