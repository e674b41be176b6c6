"""``DUPLICATES=drop``: copies of earlier articles are not stored."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bson import ObjectId
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from crawler.changes import Document
from crawler.documents import to_document
from crawler.grouping import Pool
from crawler.items import Article, Missing
from crawler.setting_words import word_of
from crawler.stats import Stats
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from crawler.storage.stories import Stories
from crawler.stories import age, keys, to_be_grouped
from pipelines.trouble import Trouble


class DropCopies:
    """Item pipeline: lets pass what is stored already, what nobody else tells, and what tells it first.

    Besides the database it knows only what is between here and the end of the pipelines.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if word_of(settings, "DUPLICATES") != "drop":
            raise NotConfigured
        self.stats = Stats(crawler)
        self.database = Database.of(crawler)
        self.trouble = Trouble(crawler)
        self.batcher: Batcher[Article, bool] = Batcher(
            self._are_copies,
            size=settings.getint("STORE_BATCH_SIZE"),
            linger=settings.getfloat("STORE_BATCH_SECONDS"),
        )
        self.on_the_way: dict[str, Document] = {}
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._arrived, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "DropCopies":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article | Missing) -> Article | Missing:
        """The item, unless it is a new article that tells what an earlier one tells."""
        if isinstance(item, Article) and await self.trouble.guard(item, self.batcher.submit(item)):
            self.stats.skipped("duplicate")
            raise DropItem(f"a copy of an earlier article: {item.url}")
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind."""
        await self.batcher.close()

    async def _are_copies(self, items: Sequence[Article]) -> list[bool]:
        stories = Stories(self.database.db)
        stored = {str(document["_id"]) for document in await stories.read(ObjectId(item.id) for item in items)}
        now = datetime.now(UTC).replace(microsecond=0)
        new = {item.id: _as_stored(item, now) for item in items if item.id and item.id not in stored}
        pool = Pool()
        pool.add(await stories.resembling([keys(document) for document in new.values()]))
        pool.add([*self.on_the_way.values(), *new.values()])
        copies: set[str] = set()
        for own in sorted(new, key=lambda own: age(new[own])):
            if _has_earlier(own, pool, copies):
                copies.add(own)
        self.on_the_way |= {own: document for own, document in new.items() if own not in copies}
        return [item.id in copies for item in items]

    def _arrived(self, item: object) -> None:
        if isinstance(item, Article) and item.id:
            self.on_the_way.pop(item.id, None)


def _as_stored(item: Article, now: datetime) -> Document:
    document = to_document(item) | {"_id": ObjectId(item.id), "first_seen_at": now}
    return document | to_be_grouped(document)


def _has_earlier(own: str, pool: Pool, dropped: set[str]) -> bool:
    """Whether an older article that is kept tells the same; what is dropped keeps no other out."""
    kept = (other for other in pool.copies_of(own) if other not in dropped)
    return any(age(pool.articles[other]) < age(pool.articles[own]) for other in kept)
