"""The archive that docs/asking.md shows: a crawl of the demo site, with what differs from run to run made the same."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId

from crawler.changes import Document, decide_missing, decide_seen
from demo.content import demo_site
from demo.crawl import PORT
from demo.server import serve
from tests.spiders.running import Scrapy

CRAWLED = datetime(2025, 12, 4, 6, 0, tzinfo=UTC)
LATER = CRAWLED + timedelta(hours=3)
EDITED, GONE = 131, 124
"""WordPress's ids of the post that its editors change after the crawl, and of the one that they take away."""


def crawled(scrapy: Scrapy, *options: str) -> dict[str, list[Document]]:
    """The documents of a crawl, by collection; ids tell WordPress's, times are those of a crawl in December 2025."""
    with serve(demo_site(), "pressbook") as served:
        outcome = scrapy.crawl("wordpress", *options, site=served.url)
        assert outcome.status == 0, outcome.err
    found = {name: scrapy.find(name) for name in ("articles", "runs", "sites")}
    ids = {str(document["_id"]): ObjectId(f"{document['wp_id']:024x}") for document in found["articles"]}
    ids |= {str(run["_id"]): ObjectId("f" * 24) for run in found["runs"]}
    origin = served.origin.removeprefix("http://")
    return {name: [_same(document, ids, origin) for document in documents] for name, documents in found.items()}


def edited(articles: list[Document]) -> tuple[list[Document], list[Document]]:
    """What editors make of them after the crawl: the articles as they are then, and the revisions."""
    by_id = {document["wp_id"]: document for document in articles}
    before = by_id[EDITED]
    seen = before | {
        "title": before["title"].replace("treaty", "truce"),
        "text": before["text"].replace("a quarter to two", "ten past two"),
        "modified_at": LATER,
    }
    change = decide_seen(before, seen, LATER)
    missing = decide_missing(by_id[GONE], LATER)
    gone = decide_missing(missing.document, LATER + timedelta(hours=1))
    assert change.revision
    now = {EDITED: change.document, GONE: gone.document}
    return [now.get(document["wp_id"], document) for document in articles], [change.revision]


def _same(value: Any, ids: Mapping[str, ObjectId], origin: str) -> Any:
    if isinstance(value, dict):
        return {_same(key, ids, origin): _same(part, ids, origin) for key, part in value.items()}
    if isinstance(value, list):
        return [_same(part, ids, origin) for part in value]
    if isinstance(value, datetime) and value > CRAWLED:
        return CRAWLED
    if isinstance(value, ObjectId):
        return ids.get(str(value), value)
    if isinstance(value, str):
        return str(ids.get(value, value.replace(origin, f"127.0.0.1:{PORT}")))
    return value
