"""In place of what a crawl has and reading an archive again does without."""

from collections.abc import Iterator
from contextlib import contextmanager

from scrapy.crawler import Crawler

from crawler.extensions.run_record import RunRecord
from crawler.extensions.spill import Spill
from crawler.items import Article, Missing


class NoSpill(Spill):
    """Extension: nothing is kept on disk while the database is away. It is in the archive; a crawl would take what is
    kept for what it saw.
    """

    @contextmanager
    def holding(self, item: Article | Missing) -> Iterator[None]:
        """An item waits for the database in here."""
        yield


class NoRecord(RunRecord):
    """Extension of ``--dry-run``: the run is not recorded, and locks nothing."""

    def connect(self, crawler: Crawler) -> None:
        """To nothing."""
