"""The lease of the site that a worker crawls: taken with the lock of its host, renewed and given back with it."""

from datetime import datetime, timedelta

from crawler.storage.indexes import Database
from crawler.storage.leases import Fence, Leases
from crawler.work.crawler import SiteCrawler


class SiteLease:
    """Used by ``run_record`` alone, for the crawls of workers."""

    def __init__(self, crawler: SiteCrawler, lease: timedelta) -> None:
        self._site = crawler.site
        self._owner = crawler.shared.owner
        self._url = crawler.url
        self._lease = lease
        self.fence: Fence | None = None
        """While it is held: with which number the crawl writes."""

    async def take(self, database: Database, now: datetime) -> None:
        """The host is locked: nobody else has the site. Raises PyMongoError."""
        if self.fence is None:
            self.fence = await Leases(database).take(self._site, self._url, self._owner, now, self._lease)

    async def renew(self, database: Database, now: datetime) -> None:
        """The lock was. Raises PyMongoError."""
        if self.fence is not None:
            await Leases(database).renew(self.fence, now, self._lease)

    async def release(self, database: Database) -> None:
        """The lock is about to be given back. Raises PyMongoError."""
        if self.fence is not None:
            await Leases(database).release(self.fence)
