"""The indexes of every collection, created once."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import ASCENDING, DESCENDING, TEXT, AsyncMongoClient, IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

Database = AsyncDatabase[dict[str, Any]]
Client = AsyncMongoClient[dict[str, Any]]

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "articles": (
        IndexModel(
            [("site", ASCENDING), ("wp_id", ASCENDING)],
            name="site_wp_id",
            unique=True,
            partialFilterExpression={"wp_id": {"$exists": True}},
        ),
        IndexModel([("site", ASCENDING), ("published_at", DESCENDING)], name="site_published_at"),
        IndexModel([("site", ASCENDING), ("last_seen_at", ASCENDING)], name="site_last_seen_at"),
        IndexModel([("site", ASCENDING), ("last_changed_at", DESCENDING)], name="site_last_changed_at"),
        IndexModel([("published_at", DESCENDING)], name="published_at"),
        IndexModel([("last_changed_at", DESCENDING)], name="last_changed_at"),
        IndexModel([("first_seen_at", DESCENDING)], name="first_seen_at"),
        IndexModel([("gone_at", DESCENDING)], name="gone_at", sparse=True),
        IndexModel([("reread.at", DESCENDING)], name="reread_at", sparse=True),
        IndexModel([("url", ASCENDING)], name="url"),
        IndexModel([("url_keys", ASCENDING)], name="url_keys"),
        IndexModel([("categories", ASCENDING), ("published_at", DESCENDING)], name="categories_published_at"),
        IndexModel([("tags", ASCENDING), ("published_at", DESCENDING)], name="tags_published_at"),
        IndexModel([("authors", ASCENDING), ("published_at", DESCENDING)], name="authors_published_at"),
        IndexModel([("story_id", ASCENDING)], name="story_id"),
        IndexModel([("duplicate_of", ASCENDING)], name="duplicate_of", sparse=True),
        IndexModel([("content_hash", ASCENDING)], name="content_hash"),
        IndexModel([("sketch.bands", ASCENDING)], name="sketch_bands"),
        IndexModel([("grouping", ASCENDING)], name="grouping", sparse=True),
    ),
    "revisions": (IndexModel([("article_id", ASCENDING), ("revision", DESCENDING)], name="article_id_revision"),),
    "events": (
        IndexModel([("seq", ASCENDING)], name="seq", unique=True, sparse=True),  # events of earlier versions have none
        IndexModel([("at", ASCENDING)], name="at"),
        IndexModel([("article_id", ASCENDING), ("revision", ASCENDING)], name="article_id_revision"),
    ),
    "sites": (
        IndexModel([("listed", ASCENDING), ("next_due_at", ASCENDING)], name="listed_next_due_at"),
        IndexModel([("listed", ASCENDING), ("pushed_at", ASCENDING)], name="listed_pushed_at"),
        IndexModel([("aliases", ASCENDING)], name="aliases"),
    ),
    "runs": (
        IndexModel([("started_at", DESCENDING)], name="started_at"),
        IndexModel([("open_hosts", ASCENDING)], name="open_hosts"),
    ),
    "locks": (IndexModel([("run_id", ASCENDING)], name="run_id"),),
}

TEXT_INDEX = IndexModel(
    [("title", TEXT), ("text", TEXT)],
    name="text",
    weights={"title": 5, "text": 1},
    default_language="none",
    language_override="text_index_language",  # the field ``language`` holds tags that $text would refuse, such as pt-BR
)


async def ensure_indexes(database: Database) -> bool:
    """Create what is missing. Returns whether the server has the text index (the embedded one does not)."""
    for collection, models in INDEXES.items():
        await database[collection].create_indexes(list(models))
    try:
        await database["articles"].create_indexes([TEXT_INDEX])
    except OperationFailure:
        return False
    return True
