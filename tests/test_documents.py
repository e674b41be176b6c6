"""Article to document."""

from datetime import UTC, datetime, timedelta, timezone

import bson
from bson import ObjectId

from crawler.documents import fill_bookkeeping, to_document
from crawler.items import Article, Change, Embed, Image, Link, Source

from .examples import HOME, NOW, an_article


def test_what_is_not_known_is_absent() -> None:
    assert to_document(Article(site="news.example", url=f"{HOME}/a/")) == {
        "schema": 1,
        "site": "news.example",
        "url": f"{HOME}/a/",
        "aliases": [],
        "authors": [],
        "categories": [],
        "tags": [],
        "images": [],
        "embeds": [],
        "links": [],
        "access": "open",
        "source": {"read_from": "page"},
    }


def test_parts_become_documents_without_what_is_not_known() -> None:
    document = to_document(
        an_article(
            images=[Image(url=f"{HOME}/a.jpg", alt="A bridge", width=640)],
            embeds=[Embed(url="https://video.example/1", kind="video")],
            links=[Link(url=f"{HOME}/b/", text="b")],
            source=Source(route="archive", status=200, fetched_at=NOW),
        )
    )
    assert document["images"] == [{"url": f"{HOME}/a.jpg", "alt": "A bridge", "width": 640}]
    assert document["embeds"] == [{"url": "https://video.example/1", "kind": "video"}]
    assert document["links"] == [{"url": f"{HOME}/b/", "text": "b"}]
    assert document["source"] == {"read_from": "page", "route": "archive", "status": 200, "fetched_at": NOW}


def test_times_are_utc_in_the_milliseconds_that_mongodb_keeps() -> None:
    moment = datetime(2025, 12, 3, 20, 0, 0, 123999, timezone(timedelta(hours=2)))
    document = to_document(an_article(published_at=moment))
    assert document["published_at"] == datetime(2025, 12, 3, 18, 0, 0, 123000, UTC)
    assert document["published_at"].tzinfo is UTC
    options: bson.CodecOptions[dict[str, object]] = bson.CodecOptions(tz_aware=True)
    assert bson.decode(bson.encode(document), options) == document


def test_bookkeeping_is_the_databases_and_not_the_pages() -> None:
    article = an_article(id=str(ObjectId()), revision=7, gone_at=NOW, change=Change(kind="gone"), last_seen_at=NOW)
    assert not {"id", "_id", "revision", "gone_at", "change", "last_seen_at"} & to_document(article).keys()


def test_a_stored_article_knows_what_the_database_knows() -> None:
    article, article_id, change = an_article(gone_at=NOW), ObjectId(), Change(kind="changed", fields=["title"])
    document = {"_id": article_id, "first_seen_at": NOW, "last_seen_at": NOW, "last_changed_at": NOW, "revision": 3}
    fill_bookkeeping(article, document, change)
    assert (article.id, article.revision, article.change) == (str(article_id), 3, change)
    assert article.first_seen_at == article.last_seen_at == article.last_changed_at == NOW
    assert article.gone_at is None
