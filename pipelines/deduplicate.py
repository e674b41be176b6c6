"""Same post? Gives every item the ``_id`` of the stored article it is, or a new one."""

from collections.abc import Sequence

from bson import ObjectId
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.changes import Document
from crawler.identity import article_keys, same_post
from crawler.items import Article, Missing
from crawler.storage.articles import Articles
from crawler.storage.batch import Batcher
from crawler.storage.database import Database


class Deduplicate:
    """Item pipeline: readings of one post, whatever URL they came by, get one ``_id``.

    Looked up in the database by index; only what is between here and the end of the pipelines is kept in memory.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.database = Database.of(crawler)
        self.batcher: Batcher[Article | Missing, str | None] = Batcher(
            self._identify,
            size=settings.getint("STORE_BATCH_SIZE"),
            linger=settings.getfloat("STORE_BATCH_SECONDS"),
        )
        self.on_the_way: dict[str, str] = {}
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._arrived, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Deduplicate":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article | Missing) -> Article | Missing:
        """The item with its ``id``. A missing URL under which nothing is stored ends here."""
        item.id = await self.batcher.submit(item)
        if item.id is None:
            raise DropItem(f"nothing stored under {item.url}")
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind."""
        await self.batcher.close()

    async def _identify(self, items: Sequence[Article | Missing]) -> list[str | None]:
        keys = {key for item in items for key in article_keys(_as_article(item))}
        stored = await Articles(self.database.db).with_keys(keys)
        return [self._id_of(item, stored) for item in items]

    def _id_of(self, item: Article | Missing, stored: list[Document]) -> str | None:
        article = _as_article(item)
        known = same_post(article, stored)
        keys = article_keys(article)
        under_way = [self.on_the_way[key] for key in keys if key in self.on_the_way]
        found = known["_id"] if known else under_way[0] if under_way else None
        if found is None and isinstance(item, Missing):
            return None
        chosen = str(found or ObjectId())
        self.on_the_way.update(dict.fromkeys(keys, chosen))
        return chosen

    def _arrived(self, item: object) -> None:
        if isinstance(item, Article | Missing):
            for key in article_keys(_as_article(item)):
                self.on_the_way.pop(key, None)


def _as_article(item: Article | Missing) -> Article:
    """What identifies a missing URL is its URL."""
    return item if isinstance(item, Article) else Article(site=item.site, url=item.url)
