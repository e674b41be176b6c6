"""Crawls as commands ask for them, without an event loop."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo.database import Database

from crawler.changes import Document
from crawler.storage.article_list import AT_ONCE


def runs(database: Database[Document], query: Document, fields: Mapping[str, Any], limit: int) -> Iterator[Document]:
    """The crawls that a query means (see ``run_table.run_query``), the latest first; 0 is all of them."""
    return database["runs"].find(query, fields, batch_size=AT_ONCE).sort("started_at", -1).limit(limit)
