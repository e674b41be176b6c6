"""The ``sites`` collection, one document per site, as a crawl reads and writes it."""

from dataclasses import replace
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from crawler.changes import Document
from crawler.schedule import brought_forward
from crawler.site_record import SiteRecord, from_document, update_of
from crawler.storage.indexes import Database
from crawler.storage.leases import Fence, LeaseLost


def due_before(now: datetime) -> Document:
    """The query for the listed sites whose time has come."""
    return {"listed": True, "next_due_at": {"$lte": now}}


class Sites:
    """Gateway to the sites of one database."""

    def __init__(self, database: Database) -> None:
        self._sites = database["sites"]
        self._articles = database["articles"]

    async def find(self, name: str) -> SiteRecord | None:
        """The site with this id, or the one that a start URL of this id led to."""
        found = await self._sites.find_one({"_id": name}) or await self._sites.find_one({"aliases": name})
        return from_document(found) if found else None

    async def home_on(self, host: str) -> str | None:
        """The home of a site that is known on this host (``urls.site_host``), in a folder or not: one at https if there
        is one."""
        is_there: Document = {"$or": [{"_id": host}, {"_id": {"$gte": f"{host}/", "$lt": f"{host}0"}}]}
        told = is_there | {"home": {"$exists": True}}
        found = await self._sites.find_one(told, {"home": 1}, sort=[("home", -1)])  # "https" comes behind "http:"
        return str(found["home"]) if found else None

    async def names(self) -> list[str]:
        """Of every site that something is known of, or of which articles are stored."""
        return sorted({*await self._sites.distinct("_id"), *await self._articles.distinct("site")})

    async def due(self, now: datetime, limit: int = 0) -> list[SiteRecord]:
        """The listed sites whose time has come, the longest overdue first; ``limit`` 0 is all."""
        found = await self._sites.find(due_before(now)).sort("next_due_at", 1).limit(limit).to_list()
        return [from_document(document) for document in found]

    async def due_starts(self, now: datetime, limit: int) -> list[tuple[str, str, datetime]]:
        """As ``due``, of each its id, its start URL and since when."""
        found = (
            self._sites.find(due_before(now), {"url": 1, "any_scheme": 1, "next_due_at": 1})
            .sort("next_due_at", 1)
            .limit(limit)
        )
        records = map(from_document, await found.to_list())
        return [(one.id, one.start_url, one.next_due_at) for one in records if one.next_due_at]

    async def pushed(self, now: datetime, limit: int = 0) -> list[SiteRecord]:
        """The listed sites that told of something new and were not looked at since, the first first."""
        query = due_before(now) | {"pushed_at": {"$lte": now}}
        found = await self._sites.find(query).sort("pushed_at", 1).limit(limit).to_list()
        return [from_document(document) for document in found]

    async def followed(self) -> list[SiteRecord]:
        """The listed sites, each with its names and who would tell of its news, and nothing else."""
        only = {"listed": 1, "url": 1, "aliases": 1, "push": 1}
        return [from_document(document) for document in await self._sites.find({"listed": True}, only).to_list()]

    async def push(self, site: str, at: datetime) -> None:
        """A listed site told of something new: it is due at this time, or sooner if it was sooner already.

        Not while it is to be left alone: it is among the first then. The order matters, since a crawl of it may be kept
        between the two, which heeds ``pushed_at``.
        """
        await self._sites.update_one({"_id": site, "listed": True}, {"$max": {"pushed_at": at}})
        await self._bring_forward(site, at)

    async def _bring_forward(self, site: str, at: datetime) -> None:
        may_be_asked = {"_id": site, "listed": True, "not_before": {"$not": {"$gt": at}}}
        await self._sites.update_one(may_be_asked, {"$min": {"next_due_at": at}})

    async def put_off(self, site: str, looked_at: datetime, until: datetime) -> None:
        """A look at a site came to nothing, and left it due as it was: not again before ``until``."""
        still = {"_id": site, "next_due_at": {"$lte": looked_at}}
        await self._sites.update_one(still, {"$set": {"next_due_at": until}})

    async def next_due_at(self) -> datetime | None:
        """When the next listed site is due; None if none is listed."""
        query: Document = {"listed": True, "next_due_at": {"$exists": True}}
        document = await self._sites.find_one(query, {"next_due_at": 1}, sort=[("next_due_at", 1)])
        return document["next_due_at"] if document else None

    async def begin(self, record: SiteRecord, fence: Fence | None = None) -> None:
        """A whole crawl begins: ``begun_at`` stands there before anything is read, since a kill gives no time for it.

        Not if the crawl is a worker's, and another one has taken the site over.
        """
        stored = await self._sites.find_one({"_id": record.id}, {"lease.token": 1}) or {}
        if fence and not fence.admits(record.id, stored.get("lease")):
            return
        first = {"listed": False} | ({"url": record.url} if record.url else {})
        update = {"$set": {"begun_at": record.begun_at}, "$setOnInsert": first}
        same = {"_id": record.id} | (_same(stored.get("lease")) if fence else {})
        await self._sites.update_one(same, update, upsert=not stored)

    async def save(
        self, before: SiteRecord, after: SiteRecord, looked_at: datetime, fence: Fence | None = None
    ) -> None:
        """Keep what a crawl learned that was decided at ``looked_at``.

        What ``scrapy sites`` said of the site meanwhile stays, and so does what the site told itself. Raises LeaseLost
        if the crawl is a worker's, and another one has taken the site over.
        """
        if fence and fence.site != after.id:
            # its successor has the lease of the start, not of the home
            start = await self._sites.find_one({"_id": fence.site}, {"lease.token": 1}) or {}
            _check(fence.site, start.get("lease"), fence)
        while not await self._saved(before, after, looked_at, fence):
            pass  # the site told of something between the reading and the writing

    async def _saved(self, before: SiteRecord, after: SiteRecord, looked_at: datetime, fence: Fence | None) -> bool:
        stored = await self._sites.find_one({"_id": after.id}, {"pushed_at": 1, "lease.token": 1}) or {}
        pushed_at, lease = stored.get("pushed_at"), stored.get("lease")
        _check(after.id, lease, fence)
        if after.next_due_at:
            due = brought_forward(after.next_due_at, pushed_at, looked_at, after.not_before)
            after = replace(after, next_due_at=due)
        update = update_of(before, after)
        seen = {"pushed_at": ""} if pushed_at and pushed_at <= looked_at else {}
        update["$unset"] = {**update.get("$unset", {}), **seen, "parked": ""}  # this crawl was not ended by the site
        update["$setOnInsert"] = {"listed": False} | ({"url": after.url} if after.url else {})
        same = {"_id": after.id, "pushed_at": pushed_at or {"$exists": False}}
        if fence:
            same |= _same(lease)
        try:
            await self._sites.update_one(same, update, upsert=True)
        except DuplicateKeyError:
            return False
        return True

    async def adopt(self, alias: str, site: str, fence: Fence | None = None) -> None:
        """A start URL of the id ``alias`` leads to the home of ``site``: one document for both from now on.

        If a kill comes between the writes, the next crawl of either does it again. Raises LeaseLost as ``save`` does.
        """
        found = await self._sites.find_one({"_id": alias}) or {}
        _check(alias, found.get("lease"), fence)
        moved = {"listed": True, "added_at": found["added_at"]} if found.get("listed") else {}
        pushed = {"pushed_at": found["pushed_at"]} if moved and "pushed_at" in found else {}
        first = {"listed": False} | {name: found[name] for name in ("url", "any_scheme") if name in found}
        update: Document = {
            "$addToSet": {"aliases": alias},
            "$set": moved,
            "$max": pushed,
            "$setOnInsert": {name: value for name, value in first.items() if name not in moved},
        }
        await self._sites.update_one({"_id": site}, {name: what for name, what in update.items() if what}, upsert=True)
        if moved:
            await self._bring_forward(site, found["next_due_at"])
        await self._sites.delete_one({"_id": alias} | (_same(found.get("lease")) if fence else {}))


def _check(site: str, lease: Document | None, fence: Fence | None) -> None:
    if fence and not fence.admits(site, lease):
        raise LeaseLost(f"{site} was taken over by another worker")


def _same(lease: Document | None) -> Document:
    """The query for a site whose lease is this one still."""
    return {"lease.token": lease["token"] if lease else {"$exists": False}}
