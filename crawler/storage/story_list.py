"""Stories that have copies, newest first, without an event loop: what ``scrapy stories`` shows."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from pymongo.database import Database

from crawler.asking.filters import Filters, article_query
from crawler.changes import Document

_FIELDS = dict.fromkeys(
    ("story_id", "site", "url", "title", "published_at", "published_precision", "first_seen_at", "syndicated_from",
     "gone_at"),
    1,
)  # fmt: skip

STORIES_AT_ONCE = 100


def articles_by_story(
    database: Database[dict[str, Any]], filters: Filters, *, text_index: bool = False
) -> Iterator[Document]:
    """The articles of every story of which the filters mean one, story after story; of most only one tells."""
    steps = _stories(filters, article_query(filters, text_index=text_index))
    stories = (group["_id"] for group in database["articles"].aggregate(steps, allowDiskUse=True))
    while some := list(islice(stories, STORIES_AT_ONCE)):
        members: dict[str, list[Document]] = {story: [] for story in some}
        for article in database["articles"].find({"story_id": {"$in": some}}, _FIELDS):
            members[article["story_id"]].append(article)
        for story in some:
            yield from members[story]


def _stories(filters: Filters, query: Document) -> list[Document]:
    """Ids of stories. Where only a time is asked for, those of copies are enough: they come after the first article."""
    match = {"duplicate_of": {"$exists": True}} if filters.only_dates else {"story_id": {"$exists": True}}
    newest = {"_id": "$story_id", "newest": {"$max": f"${filters.date_field}"}}
    return [{"$match": match | query}, {"$group": newest}, {"$sort": {"newest": -1, "_id": 1}}]
