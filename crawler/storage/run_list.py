"""Crawls as commands ask for them, without an event loop."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pymongo.database import Database

from crawler.changes import Document
from crawler.storage.article_list import AT_ONCE
from crawler.storage.runs import KILLED, LEASE, is_dead

JUDGED_BY = {"started_at": 1, "exit_status": 1, "finish_reason": 1, "alive_at": 1}
"""The projection that ``judged`` needs."""


def runs(database: Database[Document], query: Document, fields: Mapping[str, Any], limit: int) -> Iterator[Document]:
    """The crawls that a query means (see ``run_table.run_query``), the latest first; 0 is all of them."""
    return database["runs"].find(query, fields, batch_size=AT_ONCE).sort("started_at", -1).limit(limit)


def judged(database: Database[Document], found: Iterable[Document], now: datetime) -> Iterator[Document]:
    """Runs, of which ``JUDGED_BY`` was read: one that was killed says so, as the next run of its hosts will record."""
    for run in found:
        is_told = "exit_status" in run or "finish_reason" in run
        yield run if is_told or _is_at_work(database, run, now) else run | {"finish_reason": KILLED}


def _is_at_work(database: Database[Document], run: Document, now: datetime) -> bool:
    """Whether a run that has not ended goes on: who has its locks is alive and renews them. Without any it has begun or
    said that it is alive a short time ago: ``listen`` holds none between two looks."""
    if lock := database["locks"].find_one({"run_id": run["_id"]}, sort=[("expires_at", -1)]):
        return bool(lock["expires_at"] > now) and not is_dead(lock)
    seen_at: datetime = run.get("alive_at") or run["started_at"]
    return seen_at > now - 2 * LEASE
