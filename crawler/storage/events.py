"""The ``events`` collection: an append-only outbox."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pymongo import UpdateOne

from crawler.events import Event
from crawler.redaction import redact
from crawler.storage.indexes import Database


def to_document(event: Event) -> dict[str, Any]:
    """The event as kept in MongoDB: its id is the ``_id``, unknown and empty fields are absent, no URL has a secret."""
    document = asdict(event)
    if document.get("url"):
        document["url"] = redact(document["url"])
    return {"_id": document.pop("id")} | {name: value for name, value in document.items() if value not in (None, ())}


class Events:
    """Gateway to the events of one database."""

    def __init__(self, database: Database) -> None:
        self._events = database["events"]

    async def append(self, events: Sequence[Event]) -> None:
        """Add what is not there yet; an event written twice stays one."""
        documents = [to_document(event) for event in events]
        if documents:
            await self._events.bulk_write(
                [UpdateOne({"_id": d["_id"]}, {"$setOnInsert": d}, upsert=True) for d in documents],
                ordered=False,
            )
