"""What it costs to put articles to their stories in a database that holds many: the crawler's own CPU, time, bytes.

All but the last articles are stored as a crawl would have left them; the last ones are settled as a crawl settles them.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

import pymongo
from bson import ObjectId, encode

from benchmarks.copies.numbered import copied, text
from crawler import settings
from crawler.changes import Document, decide_new
from crawler.identity import content_hash
from crawler.reading.text import word_count
from crawler.resemblance import sketch
from crawler.storage.connect import connect_async
from crawler.storage.embedded import embedded_server
from crawler.storage.indexes import INDEXES, Database
from crawler.storage.stories import FIELDS, Stories
from crawler.stories import keys, story_fields
from pipelines.settle import settle

_BATCH = settings.STORE_BATCH_SIZE
_PRELOADED = 250
"""Articles stored by one command of the filling."""
_SAMPLE = 1000
"""The last articles of each size: what one costs when so many are there."""
_LOOKED_AT = 100
"""Of how many of these the candidates are counted."""
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
_FIGURES = (
    "sketch, CPU ms", "settle, CPU ms", "settle, ms in all", "candidates", "copies found", "bytes without text",
    "of a sketch", "of the index of bands", "of the other indexes",
)  # fmt: skip
_FILLING_SECONDS = 300
"""For one command of the filling: at a checkpoint the embedded server answers nobody for a while."""
_STATISTICS_SECONDS = 3600
"""The embedded server reads the whole collection to tell its size."""


class _Cost(NamedTuple):
    """Of one sample, in all: CPU seconds of the crawler, seconds, and what was found and not."""

    sketching: float
    settling: float
    waiting: float
    candidates: int
    planted: int
    found: int
    wrong: int

    def row(self, size: int, bytes_each: str) -> str:
        """A line of the table, costs per article."""
        times = " | ".join(
            f"{seconds * 1000 / _SAMPLE:.2f}" for seconds in (self.sketching, self.settling, self.waiting)
        )
        found = f"{self.found:,} of {self.planted:,}, {self.wrong} wrong"
        return f"| {size:,} | {times} | {self.candidates / _LOOKED_AT:.1f} | {found} | {bytes_each} |"


def stored(sizes: list[int], uri: str | None = None) -> Iterator[str]:
    """A table, a row for each size of one growing database (``presswalk_bench``, which is dropped at the start)."""
    yield f"| articles | {' | '.join(_FIGURES)} |\n" + "|---" * (1 + len(_FIGURES)) + "|"
    with a_server(uri) as server:
        before = 0
        for size in sorted(sizes):
            yield asyncio.run(_row(server, before, size))
            before = size


@contextmanager
def a_server(uri: str | None) -> Iterator[str]:
    """The URI of that MongoDB, or of an embedded one over a folder of its own."""
    if uri:
        yield uri
        return
    with TemporaryDirectory() as folder, embedded_server(Path(folder)) as embedded:
        yield embedded


async def _row(uri: str, before: int, size: int) -> str:
    async with _database(uri, drop=not before) as database:
        for start in range(before, size - _SAMPLE, _PRELOADED):
            batch = range(start, min(start + _PRELOADED, size - _SAMPLE))
            with pymongo.timeout(_FILLING_SECONDS):
                await database["articles"].insert_many(map(_settled, batch), ordered=False)
        cost = await _cost(database, range(max(before, size - _SAMPLE), size))
        return cost.row(size, await _bytes_each(database))


@asynccontextmanager
async def _database(uri: str, *, drop: bool) -> AsyncIterator[Database]:
    """With the indexes that stories need."""
    async with connect_async(uri) as client:
        if drop:
            await client.drop_database("presswalk_bench")
        names = {"story_id", "duplicate_of", "content_hash", "sketch_bands", "grouping"}
        needed = [index for index in INDEXES["articles"] if index.document["name"] in names]
        await client["presswalk_bench"]["articles"].create_indexes(needed)
        yield client["presswalk_bench"]


async def _cost(database: Database, numbers: range) -> _Cost:
    sketching = settling = waiting = 0.0
    for first in range(numbers.start, numbers.stop, _BATCH):
        batch = [_waiting(number) for number in range(first, min(first + _BATCH, numbers.stop))]
        began = process_time()
        for document in batch:
            sketch(document["text"])
        sketching += process_time() - began
        await database["articles"].insert_many(batch)
        wall, cpu = perf_counter(), process_time()
        await settle(database, [document["_id"] for document in batch])
        settling, waiting = settling + process_time() - cpu, waiting + perf_counter() - wall
    return await _judged(database, numbers, (sketching, settling, waiting))


async def _judged(database: Database, numbers: range, seconds: tuple[float, float, float]) -> _Cost:
    stories, candidates, planted, found, wrong = Stories(database), 0, 0, 0, 0
    for article in await stories.read(_id(number) for number in numbers[:_LOOKED_AT]):
        candidates += len(await stories.resembling([keys(article)])) - 1
    for article in await stories.read(_id(number) for number in numbers):
        older = copied(int(str(article["_id"]), 16))
        planted += older is not None
        is_right = article.get("duplicate_of") == (None if older is None else str(_id(older)))
        found += is_right and older is not None
        wrong += not is_right and "duplicate_of" in article
    return _Cost(*seconds, candidates, planted, found, wrong)


async def _bytes_each(database: Database) -> str:
    """Per article: the whole document, of it the sketch, the index of the bands, the other indexes of stories."""
    with pymongo.timeout(_STATISTICS_SECONDS):
        statistics = await database.command("collStats", "articles")
    sizes, count = statistics["indexSizes"], statistics["count"]
    bands, others = sizes.pop("sketch_bands"), sum(sizes.values())
    sketches = [len(encode({"sketch": _settled(number)["sketch"]})) - 5 for number in range(100)]
    figures = statistics["size"] / count, sum(sketches) / len(sketches), bands / count, others / count
    return " | ".join(f"{figure:.0f}" for figure in figures)


def _waiting(number: int) -> Document:
    """As a crawl stores it."""
    site, published, words = f"{number % 50}.example", _BEGAN + timedelta(minutes=number), text(number)
    told = {
        "schema": 1, "site": site, "url": f"https://{site}/{number}/", "title": f"Number {number}", "text": words,
        "word_count": word_count(words), "content_hash": content_hash(words), "published_at": published,
    }  # fmt: skip
    return decide_new(told, _id(number), published).document


def _settled(number: int) -> Document:
    """As a crawl leaves it, without what deciding about copies does not need."""
    document, older = _waiting(number), copied(number)
    kept = {name: value for name, value in document.items() if name in FIELDS or name == "_id"}
    del kept["grouping"]
    if older is None:
        return kept | {"story_id": str(_id(number))}
    return kept | story_fields({"_id": _id(older), "site": f"{older % 50}.example"})


def _id(number: int) -> ObjectId:
    return ObjectId(f"{number:024x}")
