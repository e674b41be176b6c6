"""Stories in the ``articles`` collection: find what may be copies, write where articles belong."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo import UpdateOne

from crawler.changes import Document
from crawler.grouping import Place
from crawler.storage.indexes import Database

FIELDS = dict.fromkeys(
    ("site", "url", "title", "revision", "content_hash", "word_count", "sketch", "published_at", "published_precision",
     "first_seen_at", "last_changed_at", "last_change", "story_id", "duplicate_of", "first_site", "grouping"),
    1,
)  # fmt: skip
"""What deciding about copies needs."""

ARTICLES_AT_ONCE = 5
"""How many articles one query looks up the candidates of: the embedded server compares what it finds with each value
that was asked for."""

CANDIDATES = 200
"""Where more articles than that have one of some runs of words, only the firsts of stories are looked for among the
rest, and where these are more, the runs are looked up in two halves, and so on: a story with thousands of copies is
found by its first, and a form that thousands fill in hides none of those that share a rarer run."""


HALVINGS = 2
"""At most 9 queries for five articles whose every run is in hundreds of others."""


class Stories:
    """Gateway to the articles of one database as members of stories."""

    def __init__(self, database: Database) -> None:
        self._articles = database["articles"]

    async def waiting(self, count: int, after: ObjectId | None = None) -> list[ObjectId]:
        """Some of the articles whose story has still to be found, in the order of their ids from after one on."""
        query: Document = {"grouping": {"$exists": True}} | ({"_id": {"$gt": after}} if after else {})
        found = await self._articles.find(query, {"_id": 1}).sort("_id", 1).limit(count).to_list()
        return [document["_id"] for document in found]

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

    async def resembling(self, keys: Sequence[Sequence[int | str]]) -> list[Document]:
        """The articles that have a key in common with one of several, given as the ``stories.keys`` of each."""
        found: dict[ObjectId, Document] = {}
        for start in range(0, len(keys), ARTICLES_AT_ONCE):
            together = list(dict.fromkeys(key for some in keys[start : start + ARTICLES_AT_ONCE] for key in some))
            bands = [key for key in together if isinstance(key, int)]
            hashes = [key for key in together if isinstance(key, str)]
            for document in [*await self._having("sketch.bands", bands), *await self._having("content_hash", hashes)]:
                found[document["_id"]] = document
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

    async def _having(self, field: str, values: Sequence[int | str]) -> list[Document]:
        """The articles that have one of these values; of what very many have, the firsts of stories."""
        found = await self._find({field: {"$in": list(values)}}, CANDIDATES) if values else []
        return found + await self._firsts_having(field, values) if len(found) == CANDIDATES else found

    async def _firsts_having(self, field: str, values: Sequence[int | str], halvings: int = HALVINGS) -> list[Document]:
        """Those that are copies of none; of what very many of these have, some."""
        found = await self._find({field: {"$in": list(values)}, "duplicate_of": {"$exists": False}}, CANDIDATES)
        if len(found) < CANDIDATES or len(values) == 1 or not halvings:
            return found
        half, left = len(values) // 2, halvings - 1
        parts = [await self._firsts_having(field, part, left) for part in (values[:half], values[half:])]
        return [*parts[0], *parts[1]]

    async def _find(self, query: Mapping[str, Any], limit: int = 0) -> list[Document]:
        return await self._articles.find(query, FIELDS).limit(limit).to_list()


def _placing(place: Place) -> UpdateOne:
    """Only of an article that is still where it was: another process may have placed it since."""
    known = {name: value for name, value in place.fields.items() if value is not None}
    unknown = {name: "" for name, value in place.fields.items() if value is None}
    update = {operator: part for operator, part in (("$set", known), ("$unset", unknown)) if part}
    return UpdateOne({"_id": place.article["_id"], "story_id": place.article.get("story_id")}, update)
