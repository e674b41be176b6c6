"""What articles cost of which hundreds share words: one text on all, newest first, as REST tells them; and one end."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import NamedTuple

from bson import ObjectId
from pymongo import AsyncMongoClient, monitoring

from benchmarks.copies.numbered import text
from benchmarks.copies.stored import a_server
from crawler import settings
from crawler.changes import Document, decide_new
from crawler.identity import content_hash
from crawler.reading.text import word_count
from crawler.storage.indexes import Database, ensure_indexes
from crawler.storage.stories import Stories
from crawler.stories import age
from pipelines.settle import settle

_BATCH = settings.STORE_BATCH_SIZE
_NEWEST = datetime(2025, 12, 31, tzinfo=UTC)
_SHARED = 60
"""Words of the text, or of the end, that all have."""


class _Traffic(monitoring.CommandListener):
    """Counts documents that are read and updates that are asked for."""

    def __init__(self) -> None:
        self.read = self.updates = 0

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        self.updates += len(event.command.get("updates", ()))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        cursor = event.reply.get("cursor", {})
        self.read += len(cursor.get("firstBatch", cursor.get("nextBatch", ())))

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Told as an exception."""


class _Crowd(NamedTuple):
    """So many articles; whether they share all of their text."""

    size: int
    is_whole: bool

    def batches(self) -> Iterator[list[Document]]:
        """As they come from a crawl."""
        for first in range(0, self.size, _BATCH):
            yield [self._article(number) for number in range(first, min(first + _BATCH, self.size))]

    def _article(self, number: int) -> Document:
        shared = " ".join(text(1).split()[:_SHARED])
        words = shared if self.is_whole else f"{text(4 * number + 5)} {shared}"  # none of these is a copy of another
        told = {
            "schema": 1, "site": "a.example", "url": f"https://a.example/{number}/", "text": words,
            "word_count": word_count(words), "content_hash": content_hash(words),
            "published_at": _NEWEST - timedelta(hours=number),
        }  # fmt: skip
        return decide_new(told, ObjectId(), _NEWEST).document


def crowd(counts: list[int], uri: str | None = None) -> Iterator[str]:
    """A table, a row for each kind and count of articles that one run brings to an empty database."""
    yield "| in common | articles | CPU ms of the crawler | documents read | updates | stories |\n" + "|---" * 6 + "|"
    with a_server(uri) as server:
        for count in counts:
            yield asyncio.run(_row(server, _Crowd(count, is_whole=True)))
            yield asyncio.run(_row(server, _Crowd(count, is_whole=False)))


async def _row(uri: str, found: _Crowd) -> str:
    traffic = _Traffic()
    async with AsyncMongoClient[Document](uri, tz_aware=True, event_listeners=[traffic]) as client:
        await client.drop_database("presswalk_bench")
        await ensure_indexes(client["presswalk_bench"])
        cpu = await _cpu(client["presswalk_bench"], found)
        stories = len(await client["presswalk_bench"]["articles"].distinct("story_id"))
    kind = "all" if found.is_whole else "the end"
    each = " | ".join(f"{figure / found.size:.1f}" for figure in (cpu * 1000, traffic.read, traffic.updates))
    return f"| {kind} | {found.size} | {each} | {stories} |"


async def _cpu(database: Database, found: _Crowd) -> float:
    """Seconds that a run takes to settle them, its end included."""
    seconds = 0.0
    for batch in found.batches():
        await database["articles"].insert_many(batch)
        began = process_time()
        await settle(database, [document["_id"] for document in batch])
        seconds += process_time() - began
    began = process_time()
    late = sorted(await Stories(database).waiting(found.size), key=age)
    for first in range(0, len(late), _BATCH):
        await settle(database, [article["_id"] for article in late[first : first + _BATCH]], at_last=True)
    return seconds + process_time() - began
