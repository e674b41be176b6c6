"""The connection of one crawl, shared by its pipelines, extensions and middlewares."""

import asyncio
import logging
import time
from pathlib import Path

from pymongo import timeout
from pymongo.errors import PyMongoError
from scrapy import signals
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler

from crawler.stats import Stats
from crawler.storage.connect import connect_async, redact
from crawler.storage.embedded import revive, room
from crawler.storage.events import Events
from crawler.storage.indexes import Client, ensure_indexes
from crawler.storage.indexes import Database as MongoDatabase
from crawler.storage.outage import Outage
from crawler.storage.patient import PatientDatabase
from crawler.work.crawler import SiteCrawler

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0
"""How long the server may take to end the sessions: PyMongo waits 30 s for one that is gone."""

LOOK_SECONDS = 5.0
"""How long it may take to say that it is there."""

database_away = object()
"""Signal, without arguments: the database does not answer."""

database_back = object()
"""Signal with ``database``, whose operations do not wait: it answers again, and nobody has used it yet.

A receiver that raises PyMongoError found it away again: everybody goes on waiting, and it is sent again.
"""


class Database:
    """Extension: the client is made when it is first used and closed when the engine stops.

    While the database is away its operations wait, for ``OUTAGE_SECONDS``; then the crawl ends.
    """

    def __init__(self, crawler: Crawler, uri: str) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.outage = Outage(
            settings.getfloat("OUTAGE_SECONDS"),
            self._look,
            began=self._began,
            ended=self._ended,
            given_up=self._given_up,
            is_ending=self._is_ending,
        )
        self.where = f"{settings.get('MONGODB_EMBEDDED_SHOWN') or redact(uri)}, database {settings['MONGODB_DATABASE']}"
        """Which database it is, for people and for the next run."""
        self._uri = uri
        self._name = settings["MONGODB_DATABASE"]
        is_embedded = bool(settings.get("MONGODB_EMBEDDED_SHOWN"))
        self._folder = Path(settings["MONGODB_EMBEDDED_FOLDER"]) if is_embedded else None
        self._shared = crawler.shared if isinstance(crawler, SiteCrawler) else None
        self._client: Client | None = self._shared.client if self._shared else None
        self._end: asyncio.Task[None] | None = None
        self._away_since = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Database":
        """Scrapy's constructor. Raises ValueError if nobody said which MongoDB to use."""
        uri = crawler.settings.get("MONGODB_URI")
        if not uri:
            raise ValueError("MONGODB_URI is not set: run the crawl inside crawler.storage.connect.storage_session()")
        database = cls(crawler, uri)
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
        """The database, which waits while it is away; to be asked for inside the running event loop."""
        return PatientDatabase(self._connected(), self._name, self.outage)

    @property
    def at_once(self) -> MongoDatabase:
        """The same, but what fails while it is away fails at once: for what is not worth waiting for."""
        return self._connected()[self._name]

    async def prepare(self) -> None:
        """Create the indexes that are missing; number the events of an earlier version. A worker has done it."""
        if self._shared is None:
            await prepare(self.db)

    def _end_crawl(self) -> None:
        """Nothing more is fetched for nothing; the next run begins where this one began."""
        if self._end is None and (engine := self._engine()) and engine.spider and not self._is_ending():
            self._end = asyncio.ensure_future(engine.close_spider_async(reason="storage_failed"))

    def _engine(self) -> ExecutionEngine | None:
        return self.crawler.engine if self.crawler.crawling else None

    def _connected(self) -> Client:
        if self._client is None:
            self._client = connect_async(self._uri)
        return self._client

    def _is_ending(self) -> bool:
        engine = self._engine()
        slot = engine._slot if engine else None  # noqa: SLF001 - no public word
        return slot is not None and slot.closing is not None

    async def _look(self) -> None:
        if self._folder is not None:
            await asyncio.to_thread(revive, self._folder)
        with timeout(LOOK_SECONDS):
            await self._connected()[self._name]["runs"].find_one({}, {"_id": 1})

    def _began(self) -> None:
        self._away_since = time.monotonic()
        Stats(self.crawler).database_away()
        self.crawler.signals.send_catch_log(database_away)

    async def _ended(self) -> None:
        """Raises PyMongoError if somebody could not do what has to be done first, because it is away again."""
        told = await self.crawler.signals.send_catch_log_async(
            database_back, database=self._connected()[self._name], dont_log=PyMongoError
        )
        for _, outcome in told:
            if isinstance(outcome, PyMongoError):
                raise outcome
        self._count_away()

    def _count_away(self) -> None:
        now = time.monotonic()
        Stats(self.crawler).away_for(now - self._away_since)
        self._away_since = now

    def _given_up(self, why: str) -> None:
        self._count_away()
        Stats(self.crawler).database_given_up()
        Stats(self.crawler).storage_failed()
        hint = f" ({room(self._folder)})" if self._folder else ""
        logger.error("%s %s%s; the crawl ends, and the next one goes on from here", self.where, why, hint)
        self._end_crawl()

    async def _close(self) -> None:
        await self.outage.stop()
        if self._client is not None and self._shared is None:
            with timeout(CLOSE_SECONDS):
                await self._client.close()


async def prepare(database: MongoDatabase) -> None:
    """Make a database ready to be written to. Raises PyMongoError."""
    await ensure_indexes(database)
    await Events(database).number()
