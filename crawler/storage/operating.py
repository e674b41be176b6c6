"""What operators watch of a database, in a handful of queries."""

import asyncio
import logging
from collections.abc import Collection
from datetime import datetime
from typing import Any

from pymongo.errors import PyMongoError

from crawler.changes import Document
from crawler.leases import SINK, TOO_LONG
from crawler.metrics.figures import Figures, SinkFigures
from crawler.sink_state import SinkState
from crawler.storage.indexes import Database
from crawler.storage.outbox import Outbox
from crawler.storage.sinks import Sinks

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 10.0
"""How long the database may take: nobody waits for metrics."""


class Operating:
    """Gateway to these figures, only reading."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sinks = Sinks(database)
        self._outbox = Outbox(database)

    async def figures(self, now: datetime, webhooks: Collection[str] = ()) -> Figures:
        """As they are now; of sinks, those of these webhooks. Raises PyMongoError."""
        sites = await self._grouped("sites", _of_sites(now), _worth_a_look(now))
        locks = await self._grouped("locks", _of_locks(now))
        longest = sites.pop("first_due_at", None)
        site_leases = {("site", state): sites.pop(state, 0) for state in ("held", "stuck")}
        kinds = {("host", state): locks.get(f"host_{state}", 0) for state in ("held", "stuck")}
        kinds |= {("webhook", state): locks.get(f"webhook_{state}", 0) for state in ("held", "stuck")}
        return Figures(
            at=now,
            listed=await self._database["sites"].count_documents({"listed": True}),
            longest_due_seconds=max(0.0, (now - longest).total_seconds()) if longest else 0.0,
            articles=await self._database["articles"].estimated_document_count(),
            leases=site_leases | kinds,
            sinks={sink.name: await self._lag(sink, now) for sink in await self._sinks.all() if sink.name in webhooks},
            **sites,
        )

    async def look(self, now: datetime, webhooks: Collection[str] = ()) -> Figures | None:
        """The same for who does without, where the database does not tell them in time."""
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                return await self.figures(now, webhooks)
        except (PyMongoError, TimeoutError) as error:
            logger.warning("the figures of the database could not be had: %s", type(error).__name__)
            return None

    async def _grouped(self, collection: str, counted: Document, query: Document | None = None) -> dict[str, Any]:
        steps = [{"$match": query or {}}, {"$group": {"_id": None} | counted}]
        cursor = await self._database[collection].aggregate(steps)
        found = await cursor.to_list()
        return {name: value for name, value in found[0].items() if name != "_id"} if found else {}

    async def _lag(self, sink: SinkState, now: datetime) -> SinkFigures:
        query = {"seq": {"$gt": sink.after}}
        first = await self._database["events"].find_one(query, {"at": 1}, sort=[("seq", 1)])
        return SinkFigures(
            lag_events=max(0, await self._outbox.last() - sink.after),
            lag_seconds=max(0.0, (now - first["at"]).total_seconds()) if first else 0.0,
            failures=sink.failures,
            is_parked=sink.state == "parked",
        )


def _number(*conditions: Document) -> Document:
    return {"$sum": {"$cond": [{"$and": list(conditions)}, 1, 0]}}


def _there(field: str) -> Document:
    return {"$gt": [f"${field}", None]}


def _by(field: str, moment: datetime) -> list[Document]:
    return [_there(field), {"$lte": [f"${field}", moment]}]


def _after(field: str, moment: datetime) -> list[Document]:
    return [_there(field), {"$gt": [f"${field}", moment]}]


def _worth_a_look(now: datetime) -> Document:
    """Sites of which anything but that they are listed is counted: of a long list, a few."""
    return {
        "$or": [
            {"listed": True, "next_due_at": {"$lte": now}},
            {"listed": True, "checked_at": {"$exists": False}},
            {"listed": True, "health.failures": {"$gt": 0}},
            {"listed": True, "health.blocked_since": {"$exists": True}},
            {"listed": True, "pushed_at": {"$exists": True}},
            {"lease": {"$exists": True}},
        ]
    }


def _of_sites(now: datetime) -> Document:
    listed: Document = {"$eq": ["$listed", True]}
    due = _by("next_due_at", now)
    return {
        "not_crawled": _number(listed, {"$not": [_there("checked_at")]}),
        "due": _number(listed, *due),
        "overdue": _number(listed, *_by("next_due_at", now - TOO_LONG)),
        "first_due_at": {"$min": {"$cond": [{"$and": [listed, *due]}, "$next_due_at", None]}},
        "failing": _number(listed, {"$gt": ["$health.failures", 0]}),
        "blocked": _number(listed, _there("health.blocked_since")),
        "pushed": _number(listed, *_by("pushed_at", now)),
        "debounced": _number(listed, *_after("pushed_at", now)),
        "held": _number(*_after("lease.until", now)),
        "stuck": _number(*_by("lease.until", now)),
    }


def _of_locks(now: datetime) -> Document:
    is_sink: Document = {"$eq": [{"$substrCP": ["$_id", 0, len(SINK)]}, SINK]}
    kinds: dict[str, Document] = {"host": {"$not": [is_sink]}, "webhook": is_sink}
    states = {"held": _after("expires_at", now), "stuck": _by("expires_at", now)}
    return {f"{kind}_{state}": _number(kinds[kind], *states[state]) for kind in kinds for state in states}
