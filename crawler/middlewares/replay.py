"""What earlier runs could not store is stored first."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import Any

from scrapy.crawler import Crawler

from crawler.documents import from_document
from crawler.extensions.run_record import RunRecord
from crawler.extensions.spill import Spill
from crawler.identity import article_keys, same_post
from crawler.items import Article
from crawler.spilled import is_outdated
from crawler.stats import Stats
from crawler.storage.articles import Articles
from crawler.storage.database import Database
from crawler.storage.spill import Document, SpillFile

logger = logging.getLogger(__name__)


class Replay:
    """Spider middleware: puts what is kept on disk through the pipelines before anything is fetched.

    A file goes when that is done. It stays if the database goes away again, or another run has one of its hosts: what
    was stored of it meanwhile is outdated at the next time. Not of Scrapy's base class, as ``lock.SiteLock``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._stats = Stats(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Replay":
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start requests, afterwards."""
        spill, database = Spill.of(self.crawler), Database.of(self.crawler)
        for file in SpillFile.claim(spill.folder, database.where):
            spill.is_replaying = True
            try:
                is_whole = await self._replay(file)
            finally:
                spill.is_replaying = False
            if is_whole and not database.outage.is_over:
                file.remove()
            else:
                file.close()
        async for request in start:
            yield request

    async def _replay(self, file: SpillFile) -> bool:
        """Whether all of it was looked at, and no host was lost meanwhile."""
        logger.info("%s: storing what an earlier run could not", file.path)
        record, taken, refused = RunRecord.of(self.crawler), set[str](), set[str]()
        articles = self._articles(islice(file.documents(), 1, None))
        while batch := list(islice(articles, self.crawler.settings.getint("STORE_BATCH_SIZE"))):
            for host in {_host(article) for article in batch} - taken - refused:
                (taken if await record.has(host) else refused).add(host)
            await self._store([article for article in batch if _host(article) in taken])
        for host in taken:
            await record.release(host, is_whole=not Database.of(self.crawler).outage.is_over)
        return not refused and not any(map(record.has_lost, taken))

    def _articles(self, documents: Iterable[Document]) -> Iterator[Article]:
        for document in documents:
            try:
                yield from_document(document)
            except TypeError as error:
                logger.warning("an article on disk is damaged, and skipped: %s", error)
                self._stats.of_spill("damaged", 1)

    async def _store(self, batch: list[Article]) -> None:
        known = await Articles(Database.of(self.crawler).db).states({key for one in batch for key in article_keys(one)})
        fresh = [article for article in batch if not is_outdated(article, same_post(article, known))]
        self._stats.of_spill("outdated", len(batch) - len(fresh))
        self._stats.of_spill("replayed", len(fresh))
        engine = self.crawler.engine
        if engine is not None:
            await asyncio.gather(*(engine.scraper.start_itemproc_async(one, response=None) for one in fresh))


def _host(article: Article) -> str:
    return article.site.partition("/")[0]
