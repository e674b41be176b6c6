"""Crawls as commands ask for them, without an event loop."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo.database import Database

from crawler.changes import Document
from crawler.storage.article_list import AT_ONCE
from crawler.storage.runs import is_dead


def runs(database: Database[Document], query: Document, fields: Mapping[str, Any], limit: int) -> Iterator[Document]:
    """The crawls that a query means (see ``run_table.run_query``), the latest first; 0 is all of them."""
    return database["runs"].find(query, fields, batch_size=AT_ONCE).sort("started_at", -1).limit(limit)


def is_at_work(database: Database[Document], run_id: ObjectId, now: datetime) -> bool:
    """Whether a run that has not ended goes on: it holds locks, and says so from time to time."""
    lock = database["locks"].find_one({"run_id": run_id, "expires_at": {"$gt": now}})
    return lock is not None and not is_dead(lock)
