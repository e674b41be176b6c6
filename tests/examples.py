"""Articles and documents to start from, and the moments at which tests happen."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId

from crawler.changes import Document, decide_new
from crawler.documents import to_document
from crawler.identity import content_hash
from crawler.items import Article

NOW = datetime(2025, 12, 3, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MUCH_LATER = NOW + timedelta(days=1)

SITE = "news.example"
HOME = f"https://{SITE}"
TEXT = "The council met on Tuesday and agreed, after a long night, to keep the old bridge open for another year. " * 3


def an_article(slug: str = "bridge", **fields: Any) -> Article:
    """A post of ``news.example`` as the pipelines get it after normalisation."""
    told: dict[str, Any] = {
        "site": SITE,
        "url": f"{HOME}/{slug}/",
        "title": "The bridge stays",
        "authors": ["Jane Doe"],
        "published_at": NOW - timedelta(days=2),
        "categories": ["Town"],
        "text": TEXT.strip(),
        "word_count": 60,
    }
    article = Article(**(told | fields))
    article.content_hash = content_hash(article.text)
    return article


def a_document(slug: str = "bridge", **fields: Any) -> Document:
    """What a reading of ``an_article`` says, as MongoDB would keep it."""
    return to_document(an_article(slug, **fields))


def stored(slug: str = "bridge", **fields: Any) -> Document:
    """The document of an article that was seen once, at NOW."""
    return decide_new(a_document(slug, **fields), ObjectId(), NOW).document
