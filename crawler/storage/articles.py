"""The ``articles`` and ``revisions`` collections: find, read and write what was decided elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import bson
from bson import ObjectId
from bson.errors import InvalidDocument
from pymongo import InsertOne, UpdateOne
from pymongo.errors import BulkWriteError, DocumentTooLarge

from crawler.changes import Decision, Document
from crawler.schedule import LATEST
from crawler.storage.indexes import Database

IDENTITY_FIELDS = {"site": 1, "wp_id": 1, "url": 1, "url_keys": 1}
STATE_FIELDS = IDENTITY_FIELDS | {
    "modified_at": 1, "gone_at": 1, "missing_since": 1, "last_seen_at": 1, "page_count": 1,
    "source.lastmod": 1, "source.fetched_at": 1,
}  # fmt: skip

TELLING = 5_000
"""So many articles have nearly all the terms of a site; reading more of them would cost more than they tell."""

MOST_BYTES = 16_000_000
"""Of an article. MongoDB takes 16 MiB, and a revision has to fit, too, which says more of itself."""


class Articles:
    """Gateway to the articles of one database."""

    def __init__(self, database: Database) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]

    async def with_keys(self, url_keys: Iterable[str]) -> list[Document]:
        """The stored articles that have one of these URL keys: their identity fields only."""
        return await self._articles.find({"url_keys": {"$in": list(url_keys)}}, IDENTITY_FIELDS).to_list()

    async def states(self, url_keys: Iterable[str]) -> list[Document]:
        """As ``with_keys``, with what tells whether they have to be read again: see ``routes.known``."""
        return await self._articles.find({"url_keys": {"$in": list(url_keys)}}, STATE_FIELDS).to_list()

    async def saw(self, ids: Sequence[ObjectId], now: datetime) -> None:
        """The site still names these articles."""
        if ids:
            seen = {"$set": {"last_seen_at": now}, "$unset": {"missing_since": ""}}
            await self._articles.update_many({"_id": {"$in": list(ids)}}, seen)

    async def latest_published(self, site: str, count: int = LATEST) -> list[datetime]:
        """When the newest articles of a site were published, newest first."""
        query = {"site": site, "published_at": {"$exists": True}}
        cursor = self._articles.find(query, {"published_at": 1}).sort("published_at", -1).limit(count)
        return [document["published_at"] for document in await cursor.to_list()]

    async def latest_terms(self, site: str, count: int = TELLING) -> tuple[list[str], list[str]]:
        """The names of all categories and of all tags that the newest articles of a site have."""
        cursor = self._articles.find({"site": site}, {"categories": 1, "tags": 1}).sort("published_at", -1).limit(count)
        categories: dict[str, None] = {}
        tags: dict[str, None] = {}
        for document in await cursor.to_list():
            categories |= dict.fromkeys(document.get("categories", ()))
            tags |= dict.fromkeys(document.get("tags", ()))
        return list(categories), list(tags)

    async def count_changed_since(self, site: str, since: datetime) -> int:
        """How many articles of a site were added, changed, gone or back since."""
        return await self._articles.count_documents({"site": site, "last_changed_at": {"$gte": since}})

    async def read(self, ids: Iterable[ObjectId]) -> dict[ObjectId, Document]:
        """The whole documents with these ids."""
        found = await self._articles.find({"_id": {"$in": list(ids)}}).to_list()
        return {document["_id"]: document for document in found}

    async def write(self, decisions: Sequence[Decision]) -> list[Exception | None]:
        """Write revisions first, then articles; for each decision None, or why it could not be stored.

        DocumentTooLarge is among these: what it is about can never be stored, which is no fault of the database.
        """
        faults = [_fault(decision.document) for decision in decisions]
        written = iter(await self._write([d for d, fault in zip(decisions, faults, strict=True) if fault is None]))
        return [next(written) if fault is None else fault for fault in faults]

    async def _write(self, decisions: Sequence[Decision]) -> list[Exception | None]:
        revisions = [d.revision for d in decisions if d.revision]
        if revisions:
            keep = [UpdateOne({"_id": r["_id"]}, {"$setOnInsert": r}, upsert=True) for r in revisions]
            await self._revisions.bulk_write(keep, ordered=False)
        operations = [_operation(decision) for decision in decisions]
        refused: dict[int, Exception] = {}
        if not operations:
            return []
        try:
            told: Mapping[str, Any] = (await self._articles.bulk_write(operations, ordered=False)).bulk_api_result
        except BulkWriteError as error:
            told = error.details
            refused = {e["index"]: ValueError(str(e.get("errmsg"))[:300]) for e in told["writeErrors"]}
        added = {one["index"] for one in told["upserted"]}
        there = [n for n, one in enumerate(decisions) if one.change.kind == "added" and n not in added | refused.keys()]
        if there or told["nMatched"] + len(added) + len(refused) < len(operations):
            refused = await self._overtaken(decisions, there) | refused
        return [refused.get(index) for index in range(len(decisions))]

    async def _overtaken(self, decisions: Sequence[Decision], there: Sequence[int]) -> dict[int, Exception]:
        """What was decided about another revision than the one that is stored: this process was frozen meanwhile.

        ``there``: what was to be added and is stored. The same change may be this process's own, written twice.
        """
        found = self._articles.find({"_id": {"$in": [one.document["_id"] for one in decisions]}}, _CHANGE)
        stored = {one["_id"]: _change_of(one) for one in await found.to_list()}
        return {
            index: ValueError("another run has stored it meanwhile")
            for index, decision in enumerate(decisions)
            if (decision.set or index in there)
            and stored.get(decision.document["_id"]) != _change_of(decision.document)
        }

    async def not_seen_since(
        self, site: str, since: datetime, types: Sequence[str] | None = None
    ) -> list[tuple[str, int | None]]:
        """URL and WordPress id of the articles of a site that are not gone and were last seen before ``since``.

        ``types``: only of these post types.
        """
        query: Document = {"site": site, "last_seen_at": {"$lt": since}, "gone_at": {"$exists": False}}
        if types is not None:
            query["type"] = {"$in": list(types)}
        found = await self._articles.find(query, {"url": 1, "wp_id": 1}).to_list()
        return [(str(document["url"]), document.get("wp_id")) for document in found]

    async def seen_since(self, site: str, since: datetime) -> list[tuple[str, int | None, str | None]]:
        """URL, WordPress id and route of the articles of a site that were seen since and are not gone."""
        query = {"site": site, "last_seen_at": {"$gte": since}, "gone_at": {"$exists": False}}
        found = await self._articles.find(query, {"url": 1, "wp_id": 1, "source.route": 1}).to_list()
        return [(str(one["url"]), one.get("wp_id"), one.get("source", {}).get("route")) for one in found]

    async def changed_since(self, host_sites: str, since: datetime) -> list[Document]:
        """Articles of the sites of a host that changed at or after ``since``: what an event is made of."""
        fields = dict.fromkeys(
            ("site", "url", "title", "revision", "first_seen_at", "last_changed_at", "last_change", "reread"), 1
        )
        dated = [{name: {"$gte": since}} for name in ("last_changed_at", "reread.at")]
        query = {"site": {"$regex": host_sites}, "$or": dated}
        return await self._articles.find(query, fields).to_list()


_CHANGE = {"revision": 1, "last_change": 1, "content_hash": 1}


def _change_of(document: Document) -> list[Any]:
    """What made a document what it is: of two runs that have read different things, both may have made a revision 3."""
    return [document.get(name) for name in _CHANGE]


def _fault(document: Document) -> Exception | None:
    """What is wrong with a document whatever is in the database, told before it takes its batch with it."""
    try:
        size = len(bson.encode(document))
    except (InvalidDocument, OverflowError, ValueError) as error:
        return error
    return DocumentTooLarge(f"{size} bytes; {MOST_BYTES} can be stored") if size > MOST_BYTES else None


def _operation(decision: Decision) -> UpdateOne | InsertOne[Document]:
    """With the site, by which a large database is sharded: else each write would go to every shard."""
    same: Document = {name: decision.document[name] for name in ("_id", "site") if name in decision.document}
    if decision.change.kind == "added":
        return UpdateOne(same, {"$setOnInsert": decision.document}, upsert=True)
    update: Document = {"$set": decision.set} if decision.set else {}
    if decision.unset:
        update["$unset"] = dict.fromkeys(decision.unset, "")
    if decision.set and decision.before is not None:
        same["revision"] = decision.before  # a process that was frozen writes nothing over what came meanwhile
    return UpdateOne(same, update or {"$set": {"_id": decision.document["_id"]}})
