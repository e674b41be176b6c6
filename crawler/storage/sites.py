"""The ``sites`` collection: what is known of a site."""

from crawler.changes import Document
from crawler.storage.indexes import Database


class Sites:
    """Gateway to the sites of one database."""

    def __init__(self, database: Database) -> None:
        self._sites = database["sites"]

    async def record(self, site: str, facts: Document) -> None:
        """Keep facts about a site; what is not named stays."""
        await self._sites.update_one({"_id": site}, {"$set": facts}, upsert=True)
