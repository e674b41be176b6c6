"""One story, once: every stored article is put to those that tell the same, in whatever order they arrive."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from bson import ObjectId
from pymongo.errors import PyMongoError
from scrapy.crawler import Crawler

from crawler.changes import Document
from crawler.documents import STORY_FIELDS
from crawler.events import duplicate_event
from crawler.grouping import Plan, Pool, Settling
from crawler.items import Article
from crawler.stats import Stats
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from crawler.storage.events import Events
from crawler.storage.stories import Stories
from crawler.stories import keys

logger = logging.getLogger(__name__)

ROUNDS = 5
"""How often to begin anew because another process changed the same stories meanwhile; then the next run does it."""


class Group:
    """Item pipeline: finds the story of what was added or changed, and tells of new copies.

    An article waits for it in the database (``grouping``), so that what a killed run left is found by the next one.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.stats = Stats(crawler)
        self.database = Database.of(crawler)
        self.size = settings.getint("STORE_BATCH_SIZE")
        self.batcher: Batcher[ObjectId, Document | None] = Batcher(
            self._group, size=self.size, linger=settings.getfloat("STORE_BATCH_SECONDS")
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Group":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article) -> Article:
        """The article, with its story where that was still to be found."""
        if item.id is not None and item.change is not None and item.change.kind != "unchanged":
            found = await self.batcher.submit(ObjectId(item.id)) or {}
            for name in STORY_FIELDS if found else ():
                setattr(item, name, found.get(name))
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind, by this run or by a killed one."""
        await self.batcher.close()
        try:
            while waiting := await Stories(self.database.db).waiting(self.size):
                if not await self._settled(waiting):
                    break
        except PyMongoError as error:
            self._left_over(type(error).__name__)

    async def _group(self, ids: Sequence[ObjectId]) -> list[Document | None]:
        try:
            await self._settled(ids)
            placed = {document["_id"]: document for document in await Stories(self.database.db).read(ids)}
        except PyMongoError as error:  # the articles are stored, and wait for their story
            self._left_over(type(error).__name__)
            placed = {}
        return [placed.get(article_id) for article_id in ids]

    async def _settled(self, ids: Sequence[ObjectId]) -> bool:
        """Put articles to their stories. Returns whether none is left waiting."""
        stories = Stories(self.database.db)
        for _ in range(ROUNDS):
            due = [article for article in await stories.read(ids) if "grouping" in article]
            if not due:
                return True
            if await self._place(stories, due):
                await stories.release(article["_id"] for article in due)
                return True
        self._left_over("other processes are at the same stories")
        return False

    async def _place(self, stories: Stories, due: Sequence[Document]) -> bool:
        """Write what is to be written. Returns whether nobody else wrote to the same stories."""
        plan = await _planned(stories, due)
        now, copies = datetime.now(UTC).replace(microsecond=0), plan.new_copies()
        events = [duplicate_event(copy.article, copy.fields["duplicate_of"], now) for copy in copies]
        await Events(self.database.db).append(events)
        as_read = [await stories.place(places) for places in plan]
        if not (all(as_read) and await _stayed(stories, plan)):
            return False
        self.stats.copies(len(copies))
        return True

    def _left_over(self, reason: str) -> None:
        self.stats.storage_failed()
        logger.error("copies not marked (%s); the next run does it", reason)


async def _planned(stories: Stories, due: Sequence[Document]) -> Plan:
    """Read what is needed to decide, and decide; what that shows to be needed besides is read next."""
    pool, own = Pool(), {str(article["_id"]) for article in due}
    pool.add(due)
    unexplored, unopened = own, {key for key in own if pool.articles[key].get("story_id") == key}
    while unexplored or unopened:
        pool.add(await stories.resembling([keys(pool.articles[key]) for key in unexplored]))
        pool.add(await stories.members(unopened))
        pool.add(await stories.firsts(pool.headless()))
        pool.explored |= unexplored
        pool.opened |= unopened
        settling = Settling(pool, own)
        unexplored, unopened = settling.unexplored, settling.unopened
    return settling.plan()


async def _stayed(stories: Stories, plan: Plan) -> bool:
    """Whether every first is still one, and no other process has put an article to a story that has ended."""
    firsts = await stories.firsts(plan.firsts())
    stayed = all(first.get("story_id") == str(first["_id"]) for first in firsts)
    return stayed and not await stories.members(plan.ended())
