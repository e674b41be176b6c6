"""While the database is away, what waits for it is on disk, so that not even a kill loses it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.documents import to_document
from crawler.failures import SpilledError
from crawler.items import Article, Missing
from crawler.stats import Stats
from crawler.storage.database import Database, database_away
from crawler.storage.outage import DatabaseAway
from crawler.storage.spill import SpillFile

logger = logging.getLogger(__name__)


class Spill:
    """Extension: keeps the articles that the pipelines hold in a file of this run, from the beginning of an outage.

    The file goes when all of them are stored, and is left to the next run when some are not: see ``replay``. A URL that
    is missing is not kept: it will be missing at the next crawl, too.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.folder = Path(settings["SPILL_FOLDER"])
        self.is_replaying = False
        """What is stored now is on disk already."""
        self._most_bytes = int(settings.getfloat("SPILL_MAX_MB") * 1_000_000)
        self._held: dict[int, Article] = {}
        self._written: set[int] = set()
        self._left = 0
        self._file: SpillFile | None = None
        self._is_failing = False
        crawler.signals.connect(self.database_away, signal=database_away)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Spill":
        """Scrapy's constructor."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "Spill":
        """The one of this crawl."""
        spill = crawler.get_extension(cls)
        if spill is None:
            raise RuntimeError("crawler.extensions.spill.Spill is missing from EXTENSIONS")
        return spill

    @contextmanager
    def holding(self, item: Article | Missing) -> Iterator[None]:
        """An item waits for the database in here. Raises SpilledError if that stayed away and the item is on disk."""
        if isinstance(item, Missing) or item.change is not None:  # what is stored needs no keeping
            yield
            return
        key = id(item)
        self._held[key] = item
        if Database.of(self.crawler).outage.is_on:
            self._write([key])
        try:
            yield
        except DatabaseAway as error:
            if key in self._written or self.is_replaying:
                self._left += 1
                Stats(self.crawler).spilled()
                raise SpilledError(f"kept for the next run: {item.url}") from error
            raise
        finally:
            del self._held[key]
            self._written.discard(key)
            self._tidy()

    def database_away(self) -> None:
        """What waits now goes to disk."""
        self._write(list(self._held))

    def engine_stopped(self) -> None:
        """The file, if there is one, is for the next run."""
        if self._file is not None:
            self._file.close()
            logger.error("%d articles are kept in %s; the next crawl stores them", self._left, self._file.path)

    def _write(self, keys: list[int]) -> None:
        if self.is_replaying:
            return
        for key in keys:
            try:
                self._opened().append([to_document(self._held[key])])
            except OSError as error:
                self._failed(error)
                return
            self._written.add(key)

    def _opened(self) -> SpillFile:
        if self._file is None:
            database = Database.of(self.crawler)
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"
            self._file = SpillFile.create(self.folder, name, database.where, self._most_bytes)
        return self._file

    def _failed(self, error: OSError) -> None:
        if not self._is_failing:
            logger.error(
                "no room to keep articles in %s until the database is back (%s): make room there, or set SPILL_FOLDER "
                "or SPILL_MAX_MB; what is neither stored nor kept is fetched again by the next crawl",
                self.folder,
                error,
            )
        self._is_failing = True

    def _tidy(self) -> None:
        if self._file is not None and not self._written and not self._left:
            self._file.remove()
            self._file = None
