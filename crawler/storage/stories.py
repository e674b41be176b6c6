"""Stories in the ``articles`` collection: find what may be copies, write where articles belong."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne

from crawler.changes import Document
from crawler.grouping import Place
from crawler.storage.indexes import Database
from crawler.stories import CHANGED, LATE, OUTDATED, Known, brought_up, keys

Key = int | str

FIELDS = dict.fromkeys(
    ("site", "url", "title", "revision", "content_hash", "word_count", "sketch", "published_at", "published_precision",
     "syndicated_from", "first_seen_at", "last_changed_at", "last_change", "reread", "story_id", "duplicate_of",
     "first_site", "grouping"),
    1,
)  # fmt: skip
"""What deciding about copies needs."""

AGE_FIELDS = dict.fromkeys(("url", "published_at", "published_precision", "syndicated_from", "first_seen_at"), 1)

ARTICLES_AT_ONCE = 5
"""How many articles one query looks up the candidates of: the embedded server compares what it finds with each value
that was asked for."""

HASHES_AT_ONCE = 25
"""The same by the hash of the whole text, which few others have: little is found to compare."""

CANDIDATES = 200
"""More articles than that are not read for one query. Where more have one of some runs of words, only the firsts of
stories are looked for among the rest, and it is looked again without the runs that many of them have: a story with
thousands of copies is found by its first, and a form that thousands fill in hides none that shares a rarer run."""

CROWD = 10
"""What more than one in so many of these articles has is too common to tell anything."""

LOOKS = 3
"""How often to look again without such runs."""


class Stories:
    """Gateway to the articles of one database as members of stories."""

    def __init__(self, database: Database) -> None:
        self._articles = database["articles"]

    async def waiting(self, count: int, after: ObjectId | None = None, *, with_late: bool = True) -> list[Document]:
        """What tells the age of some of the articles whose story has still to be found, in the order of their ids from
        after one on."""
        query: Document = {"grouping": {"$exists": True} | ({} if with_late else {"$ne": LATE})}
        query |= {"_id": {"$gt": after}} if after else {}
        return await self._articles.find(query, AGE_FIELDS).sort("_id", 1).limit(count).to_list()

    async def outdated(self, count: int) -> list[Document]:
        """Some of the articles that have no sketch of this version: their texts."""
        found: list[Document] = []
        for query in OUTDATED:
            cursor = self._articles.find(query, {"text": 1, "content_hash": 1, "grouping": 1})
            found += await cursor.limit(count - len(found)).to_list() if len(found) < count else []
        return found

    async def bring_up(self, outdated: Iterable[Document]) -> None:
        """Give these articles a sketch of this version, unless they were stored anew since they were read."""
        same = ("_id", "content_hash", "grouping")
        updates = [
            UpdateOne({name: article.get(name) for name in same}, {"$set": brought_up(article)}) for article in outdated
        ]
        await self._articles.bulk_write(updates, ordered=False)

    async def put_off(self, articles: Iterable[Known]) -> None:
        """Let these articles, which wait for their story and are in none, wait for the end of the run."""
        query = {"_id": {"$in": [article["_id"] for article in articles]}, "story_id": {"$exists": False}}
        await self._articles.update_many(query | {"grouping": {"$exists": True}}, {"$set": {"grouping": LATE}})

    async def call_in(self, ids: Iterable[ObjectId]) -> None:
        """What was put off of these articles waits no longer than others."""
        late = {"_id": {"$in": list(ids)}, "grouping": LATE}
        await self._articles.update_many(late, {"$set": {"grouping": CHANGED}})

    async def read(self, ids: Iterable[ObjectId]) -> list[Document]:
        """These articles."""
        return await self._find({"_id": {"$in": list(ids)}})

    async def firsts(self, story_ids: Iterable[str]) -> list[Document]:
        """The first articles of these stories, where they are there."""
        wanted = [ObjectId(story_id) for story_id in story_ids]
        return await self.read(wanted) if wanted else []

    async def members(self, story_ids: Iterable[str]) -> list[Document]:
        """All articles of these stories."""
        wanted = list(story_ids)
        return await self._find({"story_id": {"$in": wanted}}) if wanted else []

    async def resembling(self, wanted: Sequence[Sequence[Key]]) -> list[Document]:
        """The articles that have a key in common with one of several, given as the keys of each."""
        found: dict[ObjectId, Document] = {}
        for field, kind, at_once in (("sketch.bands", int, ARTICLES_AT_ONCE), ("content_hash", str, HASHES_AT_ONCE)):
            asked: set[Key] = set()
            for start in range(0, len(wanted), at_once):
                together = dict.fromkeys(key for some in wanted[start : start + at_once] for key in some)
                values = [key for key in together if isinstance(key, kind) and key not in asked]
                asked.update(values)
                found |= {document["_id"]: document for document in await self._having(field, values)}
        return list(found.values())

    async def place(self, places: Sequence[Place]) -> bool:
        """Put articles where they belong. Returns whether each was still where it had been read."""
        updates = [_placing(place) for place in places]
        if not updates:
            return True
        return (await self._articles.bulk_write(updates, ordered=False)).matched_count == len(updates)

    async def release(self, articles: Iterable[Document]) -> None:
        """The story of these articles is found, unless they were stored anew since they were read."""
        same = ("_id", "revision", "content_hash", "published_at", "grouping")
        released = {"$unset": {"grouping": ""}}
        updates = [UpdateOne({name: article.get(name) for name in same}, released) for article in articles]
        await self._articles.bulk_write(updates, ordered=False)

    async def _having(self, field: str, values: Sequence[Key]) -> list[Document]:
        """The articles that have one of these values; of those that have what very many do, the firsts of stories."""
        found: list[Document] = []
        for _ in range(LOOKS):
            some = await self._find({field: {"$in": values}}, CANDIDATES) if values else []
            found += some
            if len(some) < CANDIDATES:
                break
            firsts = {field: {"$in": values}, "duplicate_of": {"$exists": False}, "grouping": {"$ne": LATE}}
            some += await self._find(firsts, CANDIDATES)
            found += some
            crowded = _crowded(values, some)
            values = [value for value in values if value not in crowded]
        return found

    async def _find(self, query: Mapping[str, Any], limit: int = 0) -> list[Document]:
        return await self._articles.find(query, FIELDS).limit(limit).to_list()


def _crowded(values: Collection[Key], articles: Sequence[Document]) -> set[Key]:
    """Those of some keys that many of these articles have; at least one, the most frequent."""
    asked = set(values)
    holders = Counter(key for article in articles for key in asked.intersection(keys(article)))
    least = min(max(holders.values(), default=0), len(articles) // CROWD + 1)
    return {key for key, count in holders.items() if count >= least}


def _placing(place: Place) -> UpdateOne:
    """Only of an article that is still where it was: another process may have placed it since."""
    known = {name: value for name, value in place.fields.items() if value is not None}
    unknown = {name: "" for name, value in place.fields.items() if value is None}
    update = {operator: part for operator, part in (("$set", known), ("$unset", unknown)) if part}
    return UpdateOne({"_id": place.article["_id"], "story_id": place.article.get("story_id")}, update)
