"""One story, once: every stored article is put to those that tell the same, in whatever order they arrive."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from bson import ObjectId
from pymongo.errors import ConnectionFailure
from scrapy.crawler import Crawler

from crawler.changes import Document
from crawler.documents import STORY_FIELDS
from crawler.items import Article
from crawler.stats import Stats
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from crawler.storage.stories import Stories
from crawler.stories import age
from crawler.tasks import stopped
from pipelines.settle import bring_up, settle

T = TypeVar("T")

READ_AT_ONCE = 10_000
"""Of the articles that wait at the end of a run: they are settled in the order of their age."""

MOST_BROUGHT_UP = 2_000
"""Articles of before that one run gives a sketch: a minute's work for the embedded database. The next run goes on."""

SETTLE_SECONDS = 3600.0
"""After so long, again and again, what would wait for the end of a run is settled: a process may listen for weeks."""

logger = logging.getLogger(__name__)


class Group:
    """Item pipeline: finds the story of what was added or changed, and tells of new copies.

    An article waits for it in the database (``grouping``), so that what a killed run left is found by the next one.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.stats = Stats(crawler)
        self.database = Database.of(crawler)
        self.size = settings.getint("STORE_BATCH_SIZE")
        self._turn = asyncio.Lock()
        """Whose articles are settled: what two do at once, each would do again."""
        self._put_off: set[ObjectId] = set()
        """What this run has stored and what waits for its end: other runs' articles may wait beside it."""
        self._meanwhile: asyncio.Task[None] | None = None
        self.batcher: Batcher[ObjectId, Document | None] = Batcher(
            self._group, size=self.size, linger=settings.getfloat("STORE_BATCH_SECONDS")
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Group":
        """Scrapy's constructor."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Settle from time to time what waits."""
        self._meanwhile = asyncio.ensure_future(self._settle_meanwhile())

    async def process_item(self, item: Article) -> Article:
        """The article, with its story where that was still to be found."""
        if item.id is not None and item.change is not None and item.change.kind != "unchanged":
            found = await self.batcher.submit(ObjectId(item.id)) or {}
            for name in STORY_FIELDS if found else ():
                setattr(item, name, found.get(name))
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind, by this run or by a killed one; who was refused a lock ends at once."""
        await self.batcher.close()
        await stopped([self._meanwhile] if self._meanwhile else [])
        if not self.stats.is_locked_out:
            await self._settle_all()

    async def _settle_meanwhile(self) -> None:
        while True:
            await asyncio.sleep(SETTLE_SECONDS)
            await self._settle_all()

    async def _settle_all(self) -> None:
        is_done = await self._guarded(bring_up(self.database.db, self.size, MOST_BROUGHT_UP))
        if not self.database.outage.is_over:  # that was told
            await self._guarded(self._settle_waiting(with_late=bool(is_done)))

    async def _group(self, ids: Sequence[ObjectId]) -> list[Document | None]:
        await self._guarded(self._settle(ids))
        placed = await self._guarded(Stories(self.database.db).read(ids)) or []
        self._put_off |= {document["_id"] for document in placed if "grouping" in document}
        by_id = {document["_id"]: document for document in placed}
        return [by_id.get(article_id) for article_id in ids]

    async def _settle(self, ids: Sequence[ObjectId]) -> None:
        async with self._turn:
            self.stats.copies(len(await settle(self.database.db, ids)))

    async def _settle_waiting(self, *, with_late: bool) -> None:
        """The oldest first, as far as they are read at once, batch after batch; what fails in one keeps no other from
        being tried, unless there is no database."""
        stories, last = Stories(self.database.db), None
        while waiting := await stories.waiting(READ_AT_ONCE, after=last, with_late=with_late):
            last = waiting[-1]["_id"]
            ids = [article["_id"] for article in sorted(waiting, key=age)]
            for start in range(0, len(ids), self.size):
                await self._settle_at_last(ids[start : start + self.size])

    async def _settle_at_last(self, ids: Sequence[ObjectId]) -> None:
        try:
            async with self._turn:
                copies = await settle(self.database.db, ids, at_last=True)
                self.stats.copies(len(self._put_off.intersection(copies)))
                self._put_off.difference_update(ids)
        except ConnectionFailure:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are not to wait for it
            self._left_over(error)

    async def _guarded(self, work: Awaitable[T]) -> T | None:
        """What fails is counted and told: the articles are stored, and wait for their story."""
        try:
            return await work
        except Exception as error:  # noqa: BLE001 - a story that is not found is no reason to lose an article
            self._left_over(error)
            return None

    def _left_over(self, error: Exception) -> None:
        self.stats.storage_failed()
        logger.error("copies not marked (%s: %s); the next run does it", type(error).__name__, error)
