"""What the pipelines do when the database refuses an item, or is gone."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from pymongo.errors import DocumentTooLarge
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extensions.run_record import RunRecord
from crawler.extensions.spill import Spill
from crawler.failures import NotStoredError
from crawler.items import Article, Missing
from crawler.stats import Stats
from crawler.storage.outage import DatabaseAway
from crawler.urls import site_host

T = TypeVar("T")

logger = logging.getLogger(__name__)


def taken_over(item: Article | Missing) -> NotStoredError:
    """Another run stores it."""
    return NotStoredError(f"another run has the lock of {item.site}: {item.url}")


class Trouble:
    """Counts and logs what could not be stored, by its URL; what waits for the database is on disk meanwhile."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stats = Stats(crawler)

    def admit(self, item: Article | Missing) -> None:
        """Raises NotStoredError if another run crawls its host now: that one stores it."""
        if RunRecord.of(self._crawler).has_lost(item.site):
            raise taken_over(item)

    async def is_own(self, item: Article | Missing) -> bool:
        """Whether no other run crawls its host, asked right before it is written: this process may have been frozen."""
        return await RunRecord.of(self._crawler).is_sure_of(site_host(item.site))

    async def guard(self, item: Article | Missing, work: Awaitable[T]) -> T:
        """The result of ``work`` for an item. Raises NotStoredError if it failed, DropItem if it is too large."""
        try:
            with Spill.of(self._crawler).holding(item):
                return await work
        except NotStoredError:
            raise
        except DocumentTooLarge as error:
            self._stats.skipped("too_large_to_store")
            logger.warning("too large to store: %s (%s)", item.url, error)
            raise DropItem(f"too large to store: {item.url}") from error
        except Exception as error:
            self._stats.storage_failed()
            level = logging.INFO if isinstance(error, DatabaseAway) else logging.ERROR  # that was said, once for all
            logger.log(level, "not stored: %s (%s: %s)", item.url, type(error).__name__, str(error)[:300])
            raise NotStoredError(f"not stored: {item.url}") from error
