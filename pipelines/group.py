"""One story, once: every stored article is put to those that tell the same, in whatever order they arrive."""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bson import ObjectId
from pymongo.errors import PyMongoError
from scrapy.crawler import Crawler

from crawler.changes import Document
from crawler.documents import STORY_FIELDS
from crawler.events import duplicate_event
from crawler.items import Article
from crawler.stats import Stats
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from crawler.storage.events import Events
from crawler.storage.stories import Stories
from crawler.stories import Known, Plan, keys, plan

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
        planned = await _planned(stories, due)
        firsts = planned.stories()
        if planned.merges or _moves_others(planned, due):
            await stories.expect((article["_id"] for article in due), firsts | planned.merges.keys())
        now = datetime.now(UTC).replace(microsecond=0)
        await Events(self.database.db).append([duplicate_event(copy, first, now) for copy, first in planned.copies])
        await stories.absorb(planned.merges)
        as_read = await stories.place(planned.places)
        heads = await stories.heads(firsts)
        stayed = as_read and all(heads[key].get("story_id") == key for key in firsts if key in heads)
        if stayed:
            self.stats.copies(len(planned.copies))
        return stayed

    def _left_over(self, reason: str) -> None:
        self.stats.storage_failed()
        logger.error("copies not marked (%s); the next run does it", reason)


async def _planned(stories: Stories, due: Sequence[Document]) -> Plan:
    """Read what is needed to decide, and decide."""
    involved = {key for article in due for key in (*article["grouping"], article.get("story_id")) if key}
    nodes = _by_id([*due, *await stories.members(involved)])
    found = _by_id(await stories.resembling([keys(article) for article in due]))
    whole = {other["story_id"] for other in found.values() if other.get("story_id") and other["_id"] not in nodes}
    heads = await stories.heads(whole)
    broken = {key for key in whole if heads.get(key, {}).get("story_id") != key}
    if broken:  # its first article is gone from the database, or is moving to another story just now
        nodes |= _by_id(await stories.members(broken))
    nodes |= {key: other for key, other in found.items() if not other.get("story_id")}
    intact = {key: head for key, head in heads.items() if key not in broken}
    return plan(nodes.values(), (other for other in found.values() if other.get("story_id") in intact), intact)


def _by_id(articles: Iterable[Document]) -> dict[ObjectId, Document]:
    return {article["_id"]: article for article in articles}


def _moves_others(planned: Plan, due: Sequence[Known]) -> bool:
    own = {article["_id"] for article in due}
    return any(place.article["_id"] not in own for place in planned.places)
