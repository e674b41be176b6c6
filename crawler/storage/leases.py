"""The lease in a site's document: who crawls it, and the fencing number without which nothing is written to it.

The lock of a host (``runs``) says who may crawl; this says to whom a write that comes late belonged.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import ReturnDocument
from pymongo.errors import PyMongoError

from crawler.changes import Document
from crawler.storage.indexes import Database

COUNTER = "leases"
"""The ``_id`` of the counter in ``counters``."""


class LeaseLost(PyMongoError):
    """Another worker has taken the site over: what this one learned of it is not written."""


@dataclass(frozen=True, slots=True)
class Fence:
    """With which number a crawl may write, and of which site it is."""

    site: str
    token: int

    def admits(self, site: str, lease: Document | None) -> bool:
        """Whether a site's document may be written. Another one than its own, to which a start URL has led, may unless
        a later number is there."""
        token = (lease or {}).get("token")
        return token == self.token if site == self.site else token is None or token <= self.token


class Leases:
    """Gateway to the leases of one database."""

    def __init__(self, database: Database) -> None:
        self._sites = database["sites"]
        self._counters = database["counters"]

    async def of(self, site: str) -> Document:
        """The ``lease`` of a site, if a worker has it or left it so; ``parked`` and ``failed``, if it was, or they did,
        since a crawl of it last came to its end. Failures may be told in the document of the site whose alias it is."""
        told = await self._sites.find(_named(site), {"lease": 1, "parked": 1, "failed": 1}).sort(_HOME_FIRST).to_list()
        own = {name: one[name] for one in told if one["_id"] == site for name in ("lease", "parked") if name in one}
        failed = [{"failed": one["failed"]} for one in told if "failed" in one]
        return own | (failed[0] if failed else {})

    async def take(self, site: str, url: str, owner: str, now: datetime, lease: timedelta) -> Fence:
        """Take a site whose host this run has locked. A lease that is there was not given back: it is counted."""
        fence = Fence(site, await self._number())
        before = (await self.of(site)).get("lease")
        told: Document = {"owner": owner, "token": fence.token, "since": now, "renewed_at": now, "until": now + lease}
        told |= {"lost": int(before.get("lost", 0)) + 1} if before else {}
        older = {"_id": site, "lease.token": {"$not": {"$gt": fence.token}}}
        await self._sites.update_one(
            older, {"$set": {"lease": told}, "$setOnInsert": {"url": url, "listed": False}}, upsert=True
        )
        return fence

    async def renew(self, fence: Fence, now: datetime, lease: timedelta) -> None:
        """Keep it for as long again."""
        kept = {"lease.renewed_at": now, "lease.until": now + lease}
        await self._sites.update_one(_own(fence), {"$set": kept})

    async def release(self, fence: Fence) -> None:
        """Give it back: the worker did not die of the site."""
        await self._sites.update_one(_own(fence), {"$unset": {"lease": "", "parked": ""}})

    async def park(self, site: str, why: str, now: datetime, until: datetime) -> bool:
        """Leave a site alone that ended every worker that tried: its lease goes, that it was parked stays.

        False if somebody has it again.
        """
        told = {"health.last_error": why, "next_due_at": until, "not_before": until, "parked.at": now}
        nobodys = {"_id": site, "lease.until": {"$lte": now}}
        update = {"$set": told, "$inc": {"health.failures": 1, "parked.times": 1}, "$unset": {"lease": ""}}
        return (await self._sites.update_one(nobodys, update)).matched_count == 1

    async def count_failure(self, site: str, url: str) -> int:
        """A crawl of a site, which may have become another's alias, failed for a reason of ours: how many have in a
        row."""
        found = await self._sites.find_one_and_update(
            _named(site), {"$inc": {"failed": 1}, "$setOnInsert": {"_id": site, "url": url, "listed": False}},
            {"failed": 1}, sort=_HOME_FIRST, upsert=True, return_document=ReturnDocument.AFTER,
        )  # fmt: skip
        return int((found or {}).get("failed", 1))

    async def forget_failures(self, site: str) -> None:
        """The next one that fails is the first again."""
        await self._sites.update_many(_named(site), {"$unset": {"failed": ""}})

    async def _number(self) -> int:
        while True:
            counter = await self._counters.find_one_and_update(
                {"_id": COUNTER}, {"$inc": {"seq": 1}}, return_document=ReturnDocument.AFTER
            )
            if counter:
                return int(counter["seq"])
            await self._counters.update_one({"_id": COUNTER}, {"$setOnInsert": {"seq": 0}}, upsert=True)


_HOME_FIRST = [("aliases", -1)]
"""The document of the site whose alias it is lasts; that of its own is there for as long as a crawl has its lease."""


def _named(site: str) -> Document:
    return {"$or": [{"_id": site}, {"aliases": site}]}


def _own(fence: Fence) -> Document:
    return {"_id": fence.site, "lease.token": fence.token}
