"""Locks and leases as commands ask for them, without an event loop."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId
from pymongo.database import Database

from crawler.changes import Document
from crawler.leases import SINK, TOO_LONG, Holding, of_lock, of_site, waiting
from crawler.storage.runs import LEASE
from crawler.storage.site_list import AT_ONCE
from crawler.storage.sites import due_before


class LeaseList:
    """Gateway to what is held, and what waits; ``lease``: of the lock of a host, ``sites``: only of these."""

    def __init__(self, database: Database[Document], lease: timedelta, sites: Sequence[str] = ()) -> None:
        self._database = database
        self._lease = lease
        self._these: Document = {"_id": {"$in": list(sites)}} if sites else {}
        hosts = list(dict.fromkeys(site.partition("/")[0] for site in sites))
        self._their_hosts: Document = {"_id": {"$in": hosts}} if hosts else {}

    def held(self, now: datetime) -> Iterator[Holding]:
        """Locks of hosts and webhooks, leases of sites."""
        locks = list(self._database["locks"].find(self._their_hosts))
        since = self._taken([lock["run_id"] for lock in locks])
        for lock in locks:
            lease = LEASE if lock["_id"].startswith(SINK) else self._lease
            yield of_lock(lock, since.get((lock["run_id"], lock["_id"])), lease, now)
        leased = self._these | {"lease": {"$exists": True}}
        yield from (of_site(site, now) for site in self._database["sites"].find(leased, {"lease": 1}))

    def waiting(self, now: datetime) -> Iterator[Holding]:
        """Listed sites that wait for too long, the longest first."""
        query = due_before(now - TOO_LONG) | self._these
        return map(waiting, self._database["sites"].find(query, {"next_due_at": 1}).sort("next_due_at", 1))

    def _taken(self, runs: Sequence[ObjectId]) -> dict[tuple[Any, str], datetime]:
        """When runs took up the hosts that they have not left."""
        different = list(dict.fromkeys(runs))
        parts = (different[start : start + AT_ONCE] for start in range(0, len(different), AT_ONCE))
        found = (run for part in parts for run in self._database["runs"].find({"_id": {"$in": part}}, {"opened": 1}))
        return {(run["_id"], one["host"]): one["at"] for run in found for one in run.get("opened", ())}
