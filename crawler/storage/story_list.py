"""Stories that have copies, newest first, without an event loop: what ``scrapy stories`` shows."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from pymongo.database import Database

from crawler.changes import Document

_FIELDS = dict.fromkeys(
    ("story_id", "site", "url", "title", "published_at", "published_precision", "first_seen_at", "syndicated_from",
     "gone_at"),
    1,
)  # fmt: skip

STORIES_AT_ONCE = 100


def articles_by_story(database: Database[dict[str, Any]], since: datetime | None) -> Iterator[Document]:
    """The articles of every story with a copy (published since then, if given), story after story."""
    stories = (group["_id"] for group in database["articles"].aggregate(_stories(since)))
    while some := list(islice(stories, STORIES_AT_ONCE)):
        members: dict[str, list[Document]] = {story: [] for story in some}
        for article in database["articles"].find({"story_id": {"$in": some}}, _FIELDS):
            members[article["story_id"]].append(article)
        for story in some:
            yield from members[story]


def _stories(since: datetime | None) -> list[Document]:
    match: Document = {"duplicate_of": {"$exists": True}}
    if since is not None:
        match["published_at"] = {"$gte": since}
    newest = {"_id": "$duplicate_of", "newest": {"$max": "$published_at"}}
    return [{"$match": match}, {"$group": newest}, {"$sort": {"newest": -1, "_id": 1}}]
