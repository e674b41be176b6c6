"""Articles as commands ask for them, without an event loop."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bson import ObjectId
from pymongo.database import Database

from crawler.asking.filters import Filters, article_query
from crawler.changes import Document
from crawler.storage.indexes import TEXT_INDEX

WHOLE = {"sketch": 0, "grouping": 0}
"""All but what copies are found by: nothing to read."""

AT_ONCE = 200
"""Documents in one answer of the server: all that is held of a million."""

MOST_NAMES = 200_000
"""Distinct names that are looked through for one like another."""

_CANDIDATES = 2_000
"""Articles whose URLs are compared with one that is not stored."""


class ArticleList:
    """Gateway to the articles, blocking, only reading."""

    def __init__(self, database: Database[Document]) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]

    def has_text_index(self) -> bool:
        """Whether words can be looked up; the embedded server cannot, nor one that no crawl has prepared."""
        return TEXT_INDEX.document["name"] in self._articles.index_information()

    def find(self, filters: Filters, fields: Mapping[str, int], limit: int = 0) -> Iterator[Document]:
        """The articles that are meant, the latest of the date that counts first; 0 is all of them."""
        query = article_query(filters, text_index=bool(filters.terms) and self.has_text_index())
        found = self._articles.find(query, fields, batch_size=AT_ONCE).sort(filters.date_field, -1)
        return found.limit(limit)

    def names(self, field: str, sites: Sequence[str]) -> list[str]:
        """The distinct values of a list of names, the most used first; of these sites, or of all."""
        steps: list[Mapping[str, Any]] = [{"$match": {"site": {"$in": list(sites)}}}] if sites else []
        steps += [{"$unwind": f"${field}"}, {"$group": {"_id": f"${field}", "articles": {"$sum": 1}}}]
        steps += [{"$sort": {"articles": -1, "_id": 1}}, {"$limit": MOST_NAMES}]
        return [str(group["_id"]) for group in self._articles.aggregate(steps, allowDiskUse=True)]

    def with_id(self, article_id: ObjectId) -> Document | None:
        """The article with this ``_id``."""
        return self._articles.find_one({"_id": article_id}, WHOLE)

    def with_wp_id(self, site: str, wp_id: int) -> Document | None:
        """The article of a site with WordPress's id."""
        return self._articles.find_one({"site": site, "wp_id": wp_id}, WHOLE)

    def with_key(self, key: str) -> list[Document]:
        """The articles that one of its URLs led to: see ``urls.url_key``."""
        return list(self._articles.find({"url_keys": key}, WHOLE))

    def urls_of_host(self, host: str) -> list[str]:
        """URLs of the newest articles of the sites of a host."""
        query = {"site": {"$regex": f"^{re.escape(host)}(/|$)"}}
        found = self._articles.find(query, {"url": 1}).sort("published_at", -1)
        return [str(document["url"]) for document in found.limit(_CANDIDATES)]

    def story(self, story_id: str, fields: Mapping[str, int], most: int) -> list[Document]:
        """Articles of a story."""
        return list(self._articles.find({"story_id": story_id}, fields).limit(most))

    def revisions(self, article_id: ObjectId) -> Iterator[Document]:
        """What an article said before, the oldest first."""
        return self._revisions.find({"article_id": article_id}, batch_size=AT_ONCE).sort("revision", 1)
