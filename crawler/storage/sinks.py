"""The ``sinks`` collection: how far each sink is. Its lease is in ``locks``, under ``sink:NAME``."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from bson import ObjectId

from crawler.changes import Document
from crawler.sink_state import SinkState
from crawler.storage.indexes import Database
from crawler.storage.runs import Runs

_ACTIVE: Document = {"state": "active", "failures": 0}
_TROUBLE = {"next_try_at": "", "last_error": "", "last_failed_at": "", "parked_at": ""}


class Sinks:
    """Gateway to the sinks of one database."""

    def __init__(self, database: Database) -> None:
        self._sinks = database["sinks"]
        self._leases = Runs(database)

    async def register(self, name: str, after: int, now: datetime) -> None:
        """A sink that is not known begins behind a cursor; a known one goes on where it is."""
        new = _ACTIVE | {"after": after, "delivered": 0, "created_at": now}
        await self._sinks.update_one({"_id": name}, {"$setOnInsert": new}, upsert=True)

    async def find(self, name: str) -> SinkState | None:
        """A sink as it is now."""
        document = await self._sinks.find_one({"_id": name})
        return _state(document) if document else None

    async def all(self) -> list[SinkState]:
        """All sinks that ever were, by name."""
        return [_state(document) for document in await self._sinks.find().sort("_id", 1).to_list()]

    async def advance(self, sink: SinkState, after: int, count: int, now: datetime) -> bool:
        """It has ``count`` more events, up to a cursor. False if it was moved meanwhile."""
        update: Document = {"$set": {"after": after}}
        if count:
            update = {"$set": {"after": after, "last_delivered_at": now, **_ACTIVE}, "$inc": {"delivered": count}}
            update["$unset"] = _TROUBLE
        return await self._update(sink, update)

    async def fail(self, failed: SinkState, now: datetime) -> bool:
        """A message was not taken. False if the sink was moved meanwhile."""
        told: Document = {"failures": failed.failures, "state": failed.state, "next_try_at": failed.next_try_at}
        told |= {"last_error": failed.last_error, "last_failed_at": now}
        if failed.state == "parked":
            told["parked_at"] = now
        return await self._update(failed, {"$set": told})

    async def resume(self, name: str, after: int | None = None) -> bool:
        """Try again at once, from another cursor if one is given. False if there is no such sink."""
        told = _ACTIVE | ({} if after is None else {"after": after})
        found = await self._sinks.update_one({"_id": name}, {"$set": told, "$unset": _TROUBLE})
        return found.matched_count > 0

    async def lease(self, name: str, owner: ObjectId, now: datetime) -> Document | None:
        """Take or renew the right to deliver; None if it is ours now, else whose it is."""
        return await self._leases.lock(f"sink:{name}", owner, now)

    async def release(self, owner: ObjectId) -> None:
        """Give it back."""
        await self._leases.unlock(owner)

    async def _update(self, sink: SinkState, update: Document) -> bool:
        """Only of a sink that is still where it was: the lease may have been lost, or ``--resume`` moved it."""
        updated = await self._sinks.update_one({"_id": sink.name, "after": sink.after}, update)
        return updated.matched_count > 0


def _state(document: Document) -> SinkState:
    told: dict[str, Any] = {f.name: document[f.name] for f in fields(SinkState) if f.name in document}
    return SinkState(**told | {"name": document["_id"]})
