"""What happened to stored articles and was not announced yet, by their revisions and the events that are there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId

from crawler.changes import Document
from crawler.events import ArticleEvent, untold_events
from crawler.storage.indexes import Database

AT_ONCE = 100
"""Articles in one ``$in``: the embedded server compares every id with every document that it finds."""

_OF_A_REVISION = dict.fromkeys(
    ("article_id", "site", "revision", "replaced_at", "changed", "replaced_by", "url", "title"), 1
)


async def untold(database: Database, articles: Sequence[Mapping[str, Any]]) -> dict[ObjectId, list[ArticleEvent]]:
    """For each of these articles the events that are missing, oldest first. Raises PyMongoError."""
    told: dict[ObjectId, set[int]] = defaultdict(set)
    revisions: dict[ObjectId, list[Document]] = defaultdict(list)
    for start in range(0, len(articles), AT_ONCE):
        some = articles[start : start + AT_ONCE]
        for event in await _told(database, [article["_id"] for article in some]):
            told[event["article_id"]].add(event["revision"])
        for revision in await _revisions(database, [article["_id"] for article in some if article["revision"]]):
            revisions[revision["article_id"]].append(revision)
    return {
        article["_id"]: untold_events(article, revisions[article["_id"]], told[article["_id"]]) for article in articles
    }


async def _told(database: Database, ids: list[ObjectId]) -> list[Document]:
    query = {"article_id": {"$in": ids}, "type": {"$ne": "article.duplicate"}}
    return await database["events"].find(query, {"article_id": 1, "revision": 1}).to_list()


async def _revisions(database: Database, ids: list[ObjectId]) -> list[Document]:
    if not ids:
        return []
    found = database["revisions"].find({"article_id": {"$in": ids}}, _OF_A_REVISION)
    return await found.sort("revision", 1).to_list()
