"""Reading ``events`` in order from a cursor on, by any number of readers while others append (see ``outbox``)."""

import time
from datetime import UTC, datetime, timedelta

from pymongo.errors import BulkWriteError

from crawler.changes import Document
from crawler.outbox import GAP, GRACE, Reading, in_order, is_overdue
from crawler.storage.events import Events
from crawler.storage.indexes import Database, ensure_indexes

WINDOW = 500
"""Numbers that are looked at in one go: the embedded server fetches all of a range before it heeds a limit."""

_MOST_CLOSED = 1_000
_DUPLICATE_KEY = 11000


class Outbox:
    """One reader of the events of one database."""

    def __init__(self, database: Database, grace: timedelta = GRACE) -> None:
        self._database = database
        self._collection = database["events"]
        self._events = Events(database)
        self._grace = grace
        self._held_up: tuple[int, float] | None = None
        """The cursor at which a gap is in the way, and since when, by the monotonic clock."""

    async def prepare(self) -> None:
        """What reading relies on: that numbers are unique, and that every event has one."""
        await ensure_indexes(self._database)
        await self._events.number()

    async def last(self) -> int:
        """The cursor behind all that is written or being written."""
        return await self._events.last()

    async def first_since(self, since: datetime) -> int:
        """The cursor before the first event that happened at or after a time."""
        query: Document = {"at": {"$gte": since}, "seq": {"$exists": True}}
        found = await self._collection.find_one(query, {"seq": 1}, sort=[("seq", 1)])
        return found["seq"] - 1 if found else await self.last()

    async def read(self, after: int) -> Reading:
        """What comes after a cursor, as far as nothing can come before it any more. Empty: nothing for now."""
        if await self.last() <= after:
            return Reading((), after)
        reading = in_order(await self._found(after), after)
        if reading.after > after:
            return reading
        if is_overdue(reading, datetime.now(UTC), self._waited(after), self._grace):
            await self._close(reading.missing)
            return in_order(await self._found(after), after)
        return reading

    def _waited(self, after: int) -> timedelta:
        """How long this reader has stood at a cursor."""
        now = time.monotonic()
        if self._held_up is None or self._held_up[0] != after:
            self._held_up = after, now
        return timedelta(seconds=now - self._held_up[1])

    async def _found(self, after: int) -> list[Document]:
        window = {"seq": {"$gt": after, "$lte": after + WINDOW}}
        if found := await self._collection.find(window).sort("seq", 1).to_list():
            return found
        return await self._collection.find({"seq": {"$gt": after}}).sort("seq", 1).limit(1).to_list()

    async def _close(self, missing: range) -> None:
        """Take the numbers of a gap, but for those that their writer has used at the last moment."""
        now = datetime.now(UTC)
        closed = [{"_id": f"{GAP}:{n}", "type": GAP, "at": now, "seq": n} for n in missing[:_MOST_CLOSED]]
        try:
            await self._collection.insert_many(closed, ordered=False)
        except BulkWriteError as error:
            if any(refused["code"] != _DUPLICATE_KEY for refused in error.details["writeErrors"]):
                raise
