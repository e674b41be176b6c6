"""What the pipelines do when the database refuses an item, or is gone."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import TypeVar

from pymongo.errors import ConnectionFailure, DocumentTooLarge
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.failures import NotStoredError
from crawler.items import Article, Missing
from crawler.stats import Stats

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Trouble:
    """Counts and logs what could not be stored, by its URL; ends the crawl when there is no database to store in."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stats = Stats(crawler)
        self._ending: asyncio.Task[None] | None = None

    async def guard(self, item: Article | Missing, work: Awaitable[T]) -> T:
        """The result of ``work`` for an item. Raises NotStoredError if it failed, DropItem if it is too large."""
        try:
            return await work
        except DocumentTooLarge as error:
            self._stats.skipped("too_large_to_store")
            logger.warning("too large to store: %s (%s)", item.url, error)
            raise DropItem(f"too large to store: {item.url}") from error
        except Exception as error:
            self._stats.storage_failed()
            logger.error("not stored: %s (%s: %s)", item.url, type(error).__name__, str(error)[:300])  # noqa: TRY400
            if isinstance(error, ConnectionFailure):
                self._end()
            raise NotStoredError(f"not stored: {item.url}") from error

    def _end(self) -> None:
        """Nothing more is fetched for nothing; the next run begins where this one ended."""
        if self._ending is None and self._crawler.crawling and (engine := self._crawler.engine) and engine.spider:
            self._ending = asyncio.ensure_future(engine.close_spider_async(reason="storage_failed"))
