"""docs/schema.md names every field of every collection: those of the code, and those that a crawl writes."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from crawler.events import ArticleEvent, RunFinished, SiteEvent
from crawler.items import Article, Change, Embed, Image, Link, Source
from crawler.layout import Shown
from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription
from crawler.sink_state import SinkState
from crawler.site_record import CompletenessRecord, Cursor, Health, Offer, PushOffer, Robots, SiteRecord, Validator
from demo.content import demo_site
from demo.server import serve
from tests.spiders.running import Scrapy

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "schema.md"
_SECTION = re.compile(r"^## `(?P<name>\w+)`.*?\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (?P<names>`[^|]+`) \| (?P<type>[^|]*) \|", re.MULTILINE)
_NAME = re.compile(r"`(\w+)`")
_PARTS = re.compile(r"\{([\w, ]+)\}")

_NOT_STORED = {"id", "change", "reread_at", "lost"}
"""Fields of items that are kept under another name: ``_id``, ``last_change``, ``reread.at``; or counted."""

_PARTS_OF = {
    "articles": {"images": Image, "embeds": Embed, "links": Link, "source": Source, "last_change": Change},
    "sites": {
        "offers": Offer, "validators": Validator, "cursor": Cursor, "complete": CompletenessRecord, "health": Health,
        "robots": Robots, "layout": Shown, "push": PushOffer,
    },
}  # fmt: skip


def sections() -> dict[str, str]:
    """What the page says of each collection."""
    return {found["name"]: found["body"] for found in _SECTION.finditer(_DOCUMENT.read_text("utf-8"))}


def documented(collection: str) -> set[str]:
    """The names in its tables; of a collection that is told in sentences, all names there."""
    body = sections()[collection]
    rows = [name for row in _ROW.finditer(body) for name in _NAME.findall(row["names"])]
    return set(rows or _NAME.findall(body))


def documented_parts(collection: str, field: str) -> set[str]:
    """The parts that the table names in the type of a field."""
    [row] = [row for row in _ROW.finditer(sections()[collection]) if f"`{field}`" in row["names"]]
    inner = _PARTS.search(row["type"])
    assert inner, row["type"]
    return {name.strip() for name in inner[1].split(",")}


def names_of(kind: type[Any]) -> set[str]:
    return {f.name for f in fields(kind)}


def test_every_field_of_an_article_is_documented() -> None:
    assert names_of(Article) - _NOT_STORED <= documented("articles")
    assert names_of(Source) <= documented("articles")


def test_every_field_of_a_site_is_documented() -> None:
    assert names_of(SiteRecord) - _NOT_STORED <= documented("sites")


def test_every_field_of_a_sink_is_documented() -> None:
    assert names_of(SinkState) - {"name"} <= documented("sinks")


def test_every_field_of_a_subscription_is_documented() -> None:
    assert names_of(Subscription) | names_of(Registration) <= documented("subscriptions") | {"token", "feed_url"}


def test_every_field_of_an_event_is_documented() -> None:
    events = names_of(ArticleEvent) | names_of(SiteEvent) | names_of(RunFinished)
    assert events - _NOT_STORED <= documented("events")


@pytest.mark.parametrize(("collection", "field"), [(name, field) for name in _PARTS_OF for field in _PARTS_OF[name]])
def test_the_parts_of_a_field_are_those_of_the_code(collection: str, field: str) -> None:
    assert documented_parts(collection, field) == names_of(_PARTS_OF[collection][field])


def test_what_crawls_write_is_documented(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        for _ in range(2):
            assert scrapy.crawl("wordpress", site=served.url).status == 0
    for collection in ("articles", "sites", "events", "runs"):
        written = {name for document in scrapy.find(collection) for name in document}
        assert written, collection
        assert written - {"_id"} <= documented(collection), collection
    told = {name for run in scrapy.find("runs") for site in run["sites"] for name in site}
    assert told <= documented_parts("runs", "sites")
