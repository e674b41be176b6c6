"""What a site says is data: no key of a document, no operator of a query."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest

from crawler.documents import to_document
from crawler.items import Article, Embed, Image, Link, Source
from crawler.reading import read_post
from crawler.routes.restanswer import parse_posts
from pipelines.normalise import normalise

from .examples import HOME, NOW, SITE

OPERATORS: dict[str, Any] = {"$where": "sleep(9)", "$gt": "", "a.b": 1, "__proto__": {}, "\x00": 1}

NAMES = {f.name for kind in (Article, Embed, Image, Link, Source) for f in fields(kind)} | {"schema"}


def stored(article: Article) -> dict[str, Any]:
    return to_document(normalise(article, NOW))


def keys_of(value: Any) -> Iterator[str]:
    """Every key, however deep."""
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(part)


def leaves_of(value: Any) -> Iterator[Any]:
    """Everything that is no structure."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves_of(part)
    else:
        yield value


def page(node: dict[str, Any]) -> bytes:
    """A post with a node of structured data."""
    return (
        '<html><head><meta name="generator" content="WordPress 7.1"><script type="application/ld+json">'
        f'{json.dumps(node)}</script></head><body class="single single-post postid-7">'
        '<article class="post-7 post type-post hentry"><h1 class="entry-title">A title</h1>'
        '<div class="entry-content"><p>Some words of a text.</p></div></article></body></html>'
    ).encode()


def rest_item(**changed: Any) -> dict[str, Any]:
    """A post as REST tells it."""
    item = {
        "id": 7, "type": "post", "status": "publish", "link": f"{HOME}/a/", "date_gmt": "2025-12-01T10:00:00",
        "modified_gmt": "2025-12-01T10:00:00", "title": {"rendered": "A"}, "excerpt": {"rendered": ""},
        "content": {"rendered": "<p>Some words.</p>", "protected": False}, "categories": [4], "tags": [],
        "_embedded": {"author": [{"name": "Jane"}], "wp:term": [[{"id": 4, "name": "Town", "taxonomy": "category"}]]},
    }  # fmt: skip
    return item | changed


@pytest.mark.parametrize(
    "name", ["headline", "author", "datePublished", "image", "articleSection", "keywords", "@id", "inLanguage"]
)
@pytest.mark.parametrize(
    "value", [OPERATORS, [OPERATORS], {"name": OPERATORS, "url": OPERATORS}, {"@id": "#x", **OPERATORS}]
)
def test_nothing_that_a_site_says_is_a_key(name: str, value: Any) -> None:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A title", **OPERATORS, name: value}
    document = stored(read_post(page(node), f"{HOME}/a/"))
    assert set(keys_of(document)) <= NAMES
    assert document["site"] == SITE


@pytest.mark.parametrize("value", [{}, [], {"$gt": ""}, None, 1.5, "4", 10**30, True])
@pytest.mark.parametrize(
    "name", ["id", "name", "taxonomy", "slug", "link", "display_name", "source_url", "media_details"]
)
def test_what_is_embedded_may_be_of_any_type(name: str, value: Any) -> None:
    """A term whose id was an object broke a crawl off."""
    part = {"id": 4, "name": "Town", "taxonomy": "category", "slug": "town", name: value}
    author = {"id": 4, "name": "Town", "taxonomy": "author", "slug": "cap-town", name: value}
    told = {"author": [part], "wp:term": [[part], [author]], "wp:featuredmedia": [part]}
    answer = parse_posts(200, {}, json.dumps([rest_item(_embedded=told)]).encode(), f"{HOME}/")
    assert answer.listed == 1
    assert answer.refused is None


@pytest.mark.parametrize("field", sorted(rest_item()))
@pytest.mark.parametrize("value", [OPERATORS, [OPERATORS], {"rendered": OPERATORS, "name": OPERATORS}])
def test_an_object_in_the_place_of_a_text_is_no_text(field: str, value: Any) -> None:
    answer = parse_posts(200, {}, json.dumps([rest_item(**{field: value})]).encode(), f"{HOME}/")
    for article in [one.article for one in answer.candidates if one.article]:
        document = stored(article)
        assert set(keys_of(document)) <= NAMES
        assert all(isinstance(leaf, str | int | float | datetime) for leaf in leaves_of(document))
