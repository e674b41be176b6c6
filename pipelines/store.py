"""New, changed, unchanged, gone: one idempotent write for each batch."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bson import ObjectId
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.beginning import crawl_began
from crawler.changes import Decision, Document, decide_missing, decide_new, decide_seen
from crawler.documents import fill_bookkeeping, to_document
from crawler.items import Article, Missing
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.batch import Batcher
from crawler.storage.database import Database
from pipelines.trouble import Trouble, taken_over


class Store:
    """Item pipeline: writes batches and waits for them, so that a slow database slows the crawl.

    Revisions are written before the articles that replace them. After this an article knows its ``revision``,
    its ``change`` and the times of the database.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.stats = Stats(crawler)
        self.database = Database.of(crawler)
        self.batcher: Batcher[Article | Missing, Decision] = Batcher(
            self._write,
            size=settings.getint("STORE_BATCH_SIZE"),
            linger=settings.getfloat("STORE_BATCH_SECONDS"),
        )
        self.trouble = Trouble(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Store":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_item(self, item: Article | Missing) -> Article:
        """The article, once it is in the database. What cannot be stored is logged, counted and dropped."""
        self.trouble.admit(item)
        decision = await self.trouble.guard(item, self.batcher.submit(item))
        if isinstance(item, Missing) and decision.change.kind != "gone":
            raise DropItem(f"missing for the first time: {item.url}")
        self.stats.stored(decision.change.kind)
        article = item if isinstance(item, Article) else _gone_article(decision.document)
        fill_bookkeeping(article, decision.document, decision.change)
        article.lost = decision.lost
        return article

    async def close_spider(self) -> None:
        """Nothing is left behind."""
        await self.batcher.close()

    async def _write(self, items: Sequence[Article | Missing]) -> list[Decision | Exception]:
        own = [await self.trouble.is_own(item) for item in items]
        stored = iter(await self._write_own([item for item, is_own in zip(items, own, strict=True) if is_own]))
        return [next(stored) if is_own else taken_over(item) for item, is_own in zip(items, own, strict=True)]

    async def _write_own(self, items: Sequence[Article | Missing]) -> list[Decision | Exception]:
        articles = Articles(self.database.db)
        now = datetime.now(UTC).replace(microsecond=0)
        began = {site: crawl_began(self.crawler, site) or now for site in {item.site for item in items}}
        known = await articles.read(ObjectId(item.id) for item in items)
        results: dict[int, Decision | Exception] = {}
        for positions in _rounds(items):
            decisions = [self.decide(items[p], known, now, began[items[p].site]) for p in positions]
            errors = await self.put(decisions)
            for position, decision, error in zip(positions, decisions, errors, strict=True):
                results[position] = error or decision
                if not error:
                    known[decision.document["_id"]] = decision.document
        return [results[position] for position in range(len(items))]

    def decide(
        self, item: Article | Missing, known: dict[ObjectId, Document], now: datetime, began: datetime
    ) -> Decision:
        """What to write of an item."""
        return _decide(item, known, now, began)

    async def put(self, decisions: Sequence[Decision]) -> list[Exception | None]:
        """Write it; for each decision None, or why it could not be stored."""
        return await Articles(self.database.db).write(decisions)


def _gone_article(document: Document) -> Article:
    """What is left to say of an article that the site no longer has."""
    return Article(site=document["site"], url=document["url"], title=document.get("title"))


def _rounds(items: Sequence[Article | Missing]) -> list[list[int]]:
    """Positions of a batch in rounds in which no article occurs twice: the second reading must see the first one's."""
    rounds: list[list[int]] = []
    seen: dict[str | None, int] = {}
    for position, item in enumerate(items):
        turn = seen.get(item.id, -1) + 1
        seen[item.id] = turn
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(position)
    return rounds


def _decide(item: Article | Missing, known: dict[ObjectId, Document], now: datetime, began: datetime) -> Decision:
    if item.id is None:
        raise ValueError(f"{item.url} was not identified before it was stored")
    article_id = ObjectId(item.id)
    stored = known.get(article_id)
    if isinstance(item, Missing):
        return decide_missing(stored or {"_id": article_id, "gone_at": now}, now, began)
    document = to_document(item)
    return decide_seen(stored, document, now) if stored else decide_new(document, article_id, now)
