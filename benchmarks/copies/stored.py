"""What it costs to put articles to their stories in MongoDB: with the pipelines of a crawl, in the embedded server."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bson import ObjectId

from crawler import settings
from crawler.changes import Document, decide_new
from crawler.identity import content_hash
from crawler.reading.text import word_count
from crawler.storage.connect import connect_async
from crawler.storage.embedded import embedded_server
from crawler.storage.indexes import Database, ensure_indexes
from pipelines.settle import settle

_BATCH = settings.STORE_BATCH_SIZE
_SAMPLE = 500
"""The last articles of each size: what one costs when so many are there."""
_EVERY = 4
"""One text of so many is the one before, with another end."""
_WORDS = 50_000
_LENGTHS = (80, 800)
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


def stored(sizes: list[int]) -> Iterator[str]:
    """A table, a row for each size of one growing database: what each of the last articles cost."""
    yield "| articles | CPU ms of the crawler | ms in all | bytes of the database | copies |\n|---|---|---|---|---|"
    with TemporaryDirectory() as folder, embedded_server(Path(folder)) as uri:
        documents = map(_document, count(), _texts())
        for size, before in zip(sorted(sizes), [0, *sorted(sizes)], strict=False):
            asyncio.run(_fill(uri, islice(documents, max(0, size - before - _SAMPLE))))
            cost = asyncio.run(_cost(uri, list(islice(documents, _SAMPLE))))
            used = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            yield f"| {size:,} | {cost} | {used // size:,} | {asyncio.run(_copies(uri)):,} |"


async def _fill(uri: str, documents: Iterator[Document]) -> None:
    async with connect_async(uri) as client:
        await ensure_indexes(client["bench"])
        while batch := list(islice(documents, _BATCH)):
            await _store(client["bench"], batch)
            await settle(client["bench"], [document["_id"] for document in batch])


async def _cost(uri: str, documents: list[Document]) -> str:
    wall = cpu = 0.0
    async with connect_async(uri) as client:
        for first in range(0, len(documents), _BATCH):
            batch = documents[first : first + _BATCH]
            await _store(client["bench"], batch)
            wall, cpu = wall - perf_counter(), cpu - process_time()
            await settle(client["bench"], [document["_id"] for document in batch])
            wall, cpu = wall + perf_counter(), cpu + process_time()
    return f"{cpu * 1000 / len(documents):.2f} | {wall * 1000 / len(documents):.1f}"


async def _copies(uri: str) -> int:
    async with connect_async(uri) as client:
        return await client["bench"]["articles"].count_documents({"duplicate_of": {"$exists": True}})


async def _store(database: Database, documents: list[Document]) -> None:
    await database["articles"].insert_many(documents)


def _document(number: int, text: str) -> Document:
    """An article with this text, published an hour after the one before, on one of fifty sites."""
    site, published = f"{number % 50}.example", _BEGAN + timedelta(hours=number)
    told = {
        "schema": 1, "site": site, "url": f"https://{site}/{number}/", "title": f"Number {number}", "text": text,
        "word_count": word_count(text), "content_hash": content_hash(text), "published_at": published,
    }  # fmt: skip
    return decide_new(told, ObjectId(), published).document


def _texts() -> Iterator[str]:
    """Texts of made-up words, as often as words are used in a language (Zipf): by chance they share as little as news
    do, unlike the labelled set, whose few patterns recur."""
    random = Random(0)  # noqa: S311 - the same set in every run is wanted
    words = [f"w{number:x}" for number in range(_WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
    last: list[str] = []
    for number in count():
        if number % _EVERY or not last:
            last = random.choices(words, cum_weights=weights, k=random.randint(*_LENGTHS))
            yield " ".join(last)
        else:
            yield " ".join([*last, *random.choices(words, cum_weights=weights, k=20)])
