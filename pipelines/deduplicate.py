"""Same post? Gives every item the ``_id`` of the stored article it is, or a new one."""

from collections.abc import Sequence

from bson import ObjectId
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.changes import Document
from crawler.identity import article_keys, post_at, same_post
from crawler.items import Article, Missing
from crawler.storage.articles import Articles
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from pipelines.trouble import Trouble


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
        self.trouble = Trouble(crawler)
        self.on_the_way: dict[str, Document] = {}
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._arrived, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Deduplicate":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article | Missing) -> Article | Missing:
        """The item with its ``id``. A missing URL under which nothing is stored ends here."""
        self.trouble.admit(item)
        item.id = await self.trouble.guard(item, self.batcher.submit(item))
        if item.id is None:
            raise DropItem(f"nothing stored under {item.url}")
        return item

    async def close_spider(self) -> None:
        """Nothing is left behind."""
        await self.batcher.close()

    async def _identify(self, items: Sequence[Article | Missing]) -> list[str | None]:
        keys = {key for item in items for key in article_keys(_as_article(item))}
        # Before the database is asked: what arrives while it answers may be in neither afterwards.
        candidates = [self.on_the_way[key] for key in keys if key in self.on_the_way]
        candidates += await Articles(self.database.db).with_keys(keys)
        return [self._id_of(item, candidates) for item in items]

    def _id_of(self, item: Article | Missing, candidates: list[Document]) -> str | None:
        if isinstance(item, Missing):
            missing = post_at(item.site, item.url, candidates)
            return str(missing["_id"]) if missing else None
        found = same_post(item, candidates)
        if found is None:
            found = {"_id": ObjectId(), "site": item.site, "url": item.url, "url_keys": []}
            candidates.append(found)
        keys = article_keys(item)
        found["url_keys"] = [*found["url_keys"], *keys]
        if item.wp_id is not None:
            found["wp_id"] = item.wp_id
        self.on_the_way.update(dict.fromkeys(keys, found))
        return str(found["_id"])

    def _arrived(self, item: object) -> None:
        if isinstance(item, Article | Missing):
            for key in article_keys(_as_article(item)):
                found = self.on_the_way.get(key)
                if found and item.id in (None, str(found["_id"])):  # what is dropped comes as it was without an id
                    del self.on_the_way[key]


def _as_article(item: Article | Missing) -> Article:
    """What identifies a missing URL is its URL."""
    return item if isinstance(item, Article) else Article(site=item.site, url=item.url)
