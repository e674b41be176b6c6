"""The ``sites`` collection, one document per site, as a crawl reads and writes it."""

from datetime import datetime

from crawler.changes import Document
from crawler.site_record import SiteRecord, from_document, update_of
from crawler.storage.indexes import Database


def due_before(now: datetime) -> Document:
    """The query for the listed sites whose time has come."""
    return {"listed": True, "next_due_at": {"$lte": now}}


class Sites:
    """Gateway to the sites of one database."""

    def __init__(self, database: Database) -> None:
        self._sites = database["sites"]

    async def find(self, name: str) -> SiteRecord | None:
        """The site with this id, or the one that a start URL of this id led to."""
        found = await self._sites.find_one({"_id": name}) or await self._sites.find_one({"aliases": name})
        return from_document(found) if found else None

    async def due(self, now: datetime, limit: int = 0) -> list[SiteRecord]:
        """The listed sites whose time has come, the longest overdue first; ``limit`` 0 is all."""
        found = await self._sites.find(due_before(now)).sort("next_due_at", 1).limit(limit).to_list()
        return [from_document(document) for document in found]

    async def next_due_at(self) -> datetime | None:
        """When the next listed site is due; None if none is listed."""
        query: Document = {"listed": True, "next_due_at": {"$exists": True}}
        document = await self._sites.find_one(query, {"next_due_at": 1}, sort=[("next_due_at", 1)])
        return document["next_due_at"] if document else None

    async def save(self, before: SiteRecord, after: SiteRecord) -> None:
        """Keep what a crawl learned. What ``scrapy sites`` said of the site meanwhile stays."""
        first = {"listed": False} | ({"url": after.url} if after.url else {})
        update = update_of(before, after) | {"$setOnInsert": first}
        await self._sites.update_one({"_id": after.id}, update, upsert=True)

    async def adopt(self, alias: str, site: str) -> None:
        """A start URL of the id ``alias`` leads to the home of ``site``: one document for both from now on.

        If a kill comes between the two writes, the next crawl of either does it again.
        """
        found = await self._sites.find_one({"_id": alias}) or {}
        moved = {"listed": True, "added_at": found["added_at"]} if found.get("listed") else {}
        first = {"listed": False} | {name: found[name] for name in ("url",) if name in found}
        update: Document = {
            "$addToSet": {"aliases": alias},
            "$set": moved,
            "$min": {"next_due_at": found["next_due_at"]} if moved else {},
            "$setOnInsert": {name: value for name, value in first.items() if name not in moved},
        }
        await self._sites.update_one({"_id": site}, {name: what for name, what in update.items() if what}, upsert=True)
        await self._sites.delete_one({"_id": alias})
