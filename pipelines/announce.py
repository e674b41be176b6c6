"""For whoever listens: what happened to each article, in the ``events`` collection."""

from collections.abc import Sequence

from scrapy.crawler import Crawler

from crawler.events import ArticleEvent, event_of
from crawler.items import Article
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from crawler.storage.events import Events
from pipelines.trouble import Trouble


class Announce:
    """Item pipeline: appends an event for everything but the unchanged. The article is stored by then."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.database = Database.of(crawler)
        self.trouble = Trouble(crawler)
        self.batcher: Batcher[ArticleEvent, None] = Batcher(
            self._append,
            size=settings.getint("STORE_BATCH_SIZE"),
            linger=settings.getfloat("STORE_BATCH_SECONDS"),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Announce":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article) -> Article:
        """The article, announced unless nothing happened to it."""
        if event := event_of(item):
            await self.trouble.guard(item, self.batcher.submit(event))
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind."""
        await self.batcher.close()

    async def _append(self, events: Sequence[ArticleEvent]) -> list[None]:
        await Events(self.database.db).append(events)
        return [None] * len(events)
