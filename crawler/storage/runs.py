"""The ``runs`` collection, one document per crawl, and ``locks``, one for each host."""

import os
import socket
import uuid
from datetime import datetime, timedelta

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from crawler.changes import Document
from crawler.storage.indexes import Database

LEASE = timedelta(seconds=90)
"""A lock that was not renewed for so long belongs to a run that died on another machine, if no setting says else."""


KILLED = "killed"
"""``finish_reason`` of a run that did not say how it ended."""

_PROCESS = uuid.uuid4().hex
"""Tells this process from an earlier one with the same id: in a container every process is number 1."""


def _this_process() -> Document:
    return {"machine": socket.gethostname(), "pid": os.getpid(), "process": _PROCESS}


def is_dead(owner: Document) -> bool:
    """Whether the owner of a lock was a process of this machine that has ended."""
    if owner.get("machine") != socket.gethostname():
        return False
    if owner["pid"] == os.getpid():
        return bool(owner.get("process") != _PROCESS)
    try:
        os.kill(int(owner["pid"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _closed(host: str) -> Document:
    return {"$pull": {"open_hosts": host, "opened": {"host": host}}}


def _opened(host: str, run: Document) -> datetime:
    """When a run took up a host that it left open: a process may crawl for weeks, and one host for seconds."""
    told: list[datetime] = [one["at"] for one in run.get("opened", ()) if one["host"] == host]
    began: datetime = run["started_at"]
    return min(told, default=began)


class Runs:
    """Gateway to the runs and the locks of one database."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        self.database = database
        self._runs = database["runs"]
        self._locks = database["locks"]
        self._lease = lease

    async def start(self, run_id: ObjectId, record: Document) -> None:
        """Record that a run began."""
        await self._runs.update_one({"_id": run_id}, {"$setOnInsert": record}, upsert=True)

    async def finish(self, run_id: ObjectId, record: Document) -> None:
        """Record how it ended."""
        await self._runs.update_one({"_id": run_id}, {"$set": record})

    async def add_host(self, run_id: ObjectId, host: str, now: datetime, *, named: bool = True) -> None:
        """Record that a run took up a host. ``named``: whether it is to stay in the list of all that it crawled.

        One that it took up before and left open stays as it is.
        """
        opened: Document = {"open_hosts": host, "opened": {"host": host, "at": now}}
        named_too = {"$addToSet": {"hosts": host}} if named else {}
        await self._runs.update_one({"_id": run_id, "open_hosts": {"$ne": host}}, {"$push": opened} | named_too)

    async def unfinished(self, host: str) -> datetime | None:
        """Since when something of a host may be undone: a run was killed, or could not store everything. It may be the
        run that asks: one that goes on crawls a host again.

        None if all is well.
        """
        found = await self._runs.find({"open_hosts": host}).to_list()
        return min([_opened(host, run) for run in found], default=None)

    async def beat(self, run_id: ObjectId, now: datetime, counts: Document) -> None:
        """Record that a run is alive, and what it has counted so far.

        A run that lost a lock, and took so long to know it, was taken for killed.
        """
        alive = {"$set": {"alive_at": now, "counts": counts}, "$unset": {"finished_at": "", "finish_reason": ""}}
        await self._runs.update_one({"_id": run_id, "exit_status": {"$exists": False}}, alive)

    async def close_unfinished(self, host: str, run_id: ObjectId, now: datetime) -> None:
        """Close a host in the runs that left it open, once what they left undone has been repaired."""
        killed = {"open_hosts": host, "_id": {"$ne": run_id}, "finished_at": {"$exists": False}}
        await self._runs.update_many(killed, {"$set": {"finished_at": now, "finish_reason": KILLED}})
        await self._runs.update_many({"open_hosts": host}, _closed(host))

    async def lock(self, host: str, run_id: ObjectId, now: datetime) -> Document | None:
        """Take the lock of a host; None if taken now, else the lock of the run that has it."""
        lease = {"run_id": run_id, "expires_at": now + self._lease, **_this_process()}
        free: Document = {"_id": host, "$or": [{"expires_at": {"$lte": now}}, {"run_id": run_id}]}
        try:
            await self._locks.update_one(free, {"$set": lease}, upsert=True)
        except DuplicateKeyError:
            holder = await self._locks.find_one({"_id": host})
            if holder is None or not is_dead(holder):
                return holder or {}
            await self._locks.update_one({"_id": host, "run_id": holder["run_id"]}, {"$set": lease})
            now_held = await self._locks.find_one({"_id": host, "run_id": run_id})  # counts that were lost tell nothing
            return None if now_held else holder
        return None

    async def holder(self, host: str, now: datetime) -> Document | None:
        """The lock of the run that has a host; None if it can be had."""
        held = await self._locks.find_one({"_id": host, "expires_at": {"$gt": now}})
        return None if held is None or is_dead(held) else held

    async def renew(self, run_id: ObjectId, now: datetime) -> set[str]:
        """Keep the locks of a run for another lease: the hosts of which it has one. Others may have been taken from it,
        if it did not renew them in time."""
        await self._locks.update_many({"run_id": run_id}, {"$set": {"expires_at": now + self._lease}})
        return {lock["_id"] for lock in await self._locks.find({"run_id": run_id}, {"_id": 1}).to_list()}

    async def close_host(self, run_id: ObjectId, host: str) -> None:
        """Record that a run has left nothing undone of a host."""
        await self._runs.update_one({"_id": run_id}, _closed(host))

    async def unlock(self, run_id: ObjectId, host: str | None = None) -> None:
        """Give the locks of a run back, or only that of one host."""
        await self._locks.delete_many({"run_id": run_id} | ({"_id": host} if host else {}))
