"""The connection of one crawl, shared by its pipelines, extensions and middlewares."""

from pymongo import timeout
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.storage.connect import connect_async
from crawler.storage.events import Events
from crawler.storage.indexes import Client, ensure_indexes
from crawler.storage.indexes import Database as MongoDatabase

CLOSE_SECONDS = 5.0
"""How long the server may take to end the sessions: PyMongo waits 30 s for one that is gone."""


class Database:
    """Extension: the client is made when it is first used and closed when the engine stops."""

    def __init__(self, uri: str, name: str) -> None:
        self._uri = uri
        self._name = name
        self._client: Client | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Database":
        """Scrapy's constructor. Raises ValueError if nobody said which MongoDB to use."""
        uri = crawler.settings.get("MONGODB_URI")
        if not uri:
            raise ValueError("MONGODB_URI is not set: run the crawl inside crawler.storage.connect.storage_session()")
        database = cls(uri, crawler.settings["MONGODB_DATABASE"])
        crawler.signals.connect(database._close, signal=signals.engine_stopped)
        return database

    @classmethod
    def of(cls, crawler: Crawler) -> "Database":
        """The one of this crawl."""
        database = crawler.get_extension(cls)
        if database is None:
            raise RuntimeError("crawler.storage.database.Database is missing from EXTENSIONS")
        return database

    @property
    def db(self) -> MongoDatabase:
        """The database; to be asked for inside the running event loop."""
        if self._client is None:
            self._client = connect_async(self._uri)
        return self._client[self._name]

    async def prepare(self) -> None:
        """Create the indexes that are missing; number the events of an earlier version."""
        await ensure_indexes(self.db)
        await Events(self.db).number()

    async def _close(self) -> None:
        if self._client is not None:
            with timeout(CLOSE_SECONDS):
                await self._client.close()
