"""``scrapy reread``: what an archived answer changes of what is stored, written or only told."""

import sys
from collections.abc import Sequence
from datetime import datetime

from bson import ObjectId

from crawler.asking.printable import printable
from crawler.changes import Decision, Document
from crawler.documents import to_document
from crawler.items import Article, Missing
from crawler.redaction import redact
from crawler.rereading import decide_reread, verdict
from pipelines.store import Store

_TOLD = {"added": "new", "reread": "read otherwise", "changed": "changed by the site"}


class Reread(Store):
    """Item pipeline: as ``Store``, but what was archived is no sighting of the site."""

    def decide(
        self, item: Article | Missing, known: dict[ObjectId, Document], now: datetime, began: datetime
    ) -> Decision:
        """What to write of an article."""
        if not isinstance(item, Article) or item.id is None:
            raise TypeError(f"{item.url}: an archive tells of no missing pages")
        article_id, seen = ObjectId(item.id), to_document(item)
        stored = known.get(article_id)
        self.stats.reread(verdict(stored, seen))
        return decide_reread(stored, seen, article_id, now)


class Preview(Reread):
    """Item pipeline: says what would be written, and writes nothing."""

    def open_spider(self) -> None:
        """Nothing was told yet."""
        self._told: set[str] = set()

    async def put(self, decisions: Sequence[Decision]) -> list[Exception | None]:
        """A line on standard output for each article that would change."""
        for decision in decisions:
            url, kind = decision.document.get("url", ""), decision.change.kind
            if kind in _TOLD and url not in self._told:
                self._told.add(url)
                fields = f"  ({', '.join(decision.change.fields)})" if decision.change.fields else ""
                sys.stdout.write(f"{_TOLD[kind]}  {printable(redact(url))}{fields}\n")
        return [None] * len(decisions)
