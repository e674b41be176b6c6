"""The ``events`` collection: an append-only outbox, numbered in the order in which it is read (see ``outbox``)."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from pymongo import ReturnDocument, UpdateOne
from pymongo.errors import BulkWriteError, PyMongoError

from crawler.changes import Document
from crawler.events import Event
from crawler.redaction import redact
from crawler.storage.indexes import Database

COUNTER = "events"
"""The ``_id`` of the counter in ``counters``."""

ATTEMPTS = 10
"""Each is refused only if a number was closed, or the event written by another process, meanwhile."""

AT_ONCE = 1_000
"""Events that get their number in one go when those from before there were any are numbered."""

_DUPLICATE_KEY = 11000


class EventsRefused(PyMongoError):
    """Other processes were faster each time; the events wait for the next run."""


def to_document(event: Event) -> dict[str, Any]:
    """The event as kept in MongoDB: its id is the ``_id``, unknown and empty fields are absent, no URL has a secret."""
    document = {field.name: getattr(event, field.name) for field in fields(event)}  # not deeply copied, as by asdict
    if document.get("url"):
        document["url"] = redact(document["url"])
    return {"_id": document.pop("id")} | {name: value for name, value in document.items() if value not in (None, ())}


class Events:
    """Gateway to the events of one database."""

    def __init__(self, database: Database) -> None:
        self._events = database["events"]
        self._counters = database["counters"]

    async def append(self, events: Sequence[Event]) -> None:
        """Add events, numbered in this order; one that is there already stays as it is.

        Raises PyMongoError, EventsRefused among them.
        """
        documents = list({event.id: to_document(event) for event in events}.values())
        for _ in range(ATTEMPTS):
            if not documents:
                return
            try:
                await self._insert(documents)
            except BulkWriteError as error:
                self._check_taken(error)
                documents = await self._missing(documents)
            else:
                return
        raise EventsRefused(f"{len(documents)} events could not be appended: others were faster each time")

    async def append_missing(self, events: Sequence[Event]) -> None:
        """The same for events most of which may be there: those waste no numbers, which readers would wait for."""
        by_id = {event.id: event for event in events}
        known = self._events.find({"_id": {"$in": list(by_id)}}, {"_id": 1})
        there = {document["_id"] for document in await known.to_list()} if by_id else set()
        await self.append([event for event_id, event in by_id.items() if event_id not in there])

    async def last(self) -> int:
        """The highest number that was reserved; 0 if none was."""
        counter = await self._counters.find_one({"_id": COUNTER})
        return int(counter["seq"]) if counter else 0

    async def number(self) -> None:
        """Number the events from before there were numbers, in the order in which they happened.

        Before anything is appended or read; by several processes at once, if need be: all give the same numbers.
        """
        counter = await self._counters.find_one({"_id": COUNTER}) or await self._first_counter()
        if counter.get("all_numbered"):
            return
        base, last = counter["base"], counter["base"] + counter["old"]
        old = {"$or": [{"seq": {"$exists": False}}, {"seq": {"$gt": base, "$lte": last}}]}
        order = [("at", 1), ("revision", 1), ("_id", 1)]
        found = self._events.find(old, {"_id": 1}).sort(order).allow_disk_use(True)
        ids = [document["_id"] for document in await found.to_list()]
        for start in range(0, len(ids), AT_ONCE):
            await self._number(ids[start : start + AT_ONCE], base + 1 + start)
        await self._counters.update_one({"_id": COUNTER}, {"$set": {"all_numbered": True}})

    async def _first_counter(self) -> Document:
        """The counter, behind what has a number (it was lost) and behind what is to get one."""
        highest = await self._events.find_one({"seq": {"$exists": True}}, {"seq": 1}, sort=[("seq", -1)])
        base, old = highest["seq"] if highest else 0, await self._events.count_documents({"seq": {"$exists": False}})
        begun = {"seq": base + old, "base": base, "old": old, "all_numbered": not old}
        await self._counters.update_one({"_id": COUNTER}, {"$setOnInsert": begun}, upsert=True)
        return await self._counters.find_one({"_id": COUNTER}) or begun

    async def _number(self, ids: Sequence[str], first: int) -> None:
        now = datetime.now(UTC)
        updates = [
            UpdateOne({"_id": event_id, "seq": {"$exists": False}}, {"$set": {"seq": seq, "recorded_at": now}})
            for seq, event_id in enumerate(ids, first)
        ]
        await self._events.bulk_write(updates)

    async def _insert(self, documents: Sequence[Document]) -> None:
        """Ordered: of an article, none is there before those that come before it."""
        first, now = await self._reserve(len(documents)), datetime.now(UTC)
        numbered = [document | {"seq": seq, "recorded_at": now} for seq, document in enumerate(documents, first)]
        await self._events.insert_many(numbered, ordered=True)

    async def _reserve(self, count: int) -> int:
        """The first of so many numbers that are now ours."""
        while True:
            counter = await self._counters.find_one_and_update(
                {"_id": COUNTER}, {"$inc": {"seq": count}}, return_document=ReturnDocument.AFTER
            )
            if counter:
                return int(counter["seq"]) - count + 1
            await self.number()

    async def _missing(self, documents: Sequence[Document]) -> list[Document]:
        found = self._events.find({"_id": {"$in": [document["_id"] for document in documents]}}, {"_id": 1})
        there = {document["_id"] for document in await found.to_list()}
        return [document for document in documents if document["_id"] not in there]

    @staticmethod
    def _check_taken(error: BulkWriteError) -> None:
        """Whether it was only a number or an event that is there already. Raises the error if it was anything else."""
        if any(refused["code"] != _DUPLICATE_KEY for refused in error.details["writeErrors"] or [{"code": None}]):
            raise error
