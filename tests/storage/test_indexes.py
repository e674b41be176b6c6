"""The indexes are there once, and used."""

from typing import Any

import pytest
from pymongo.errors import DuplicateKeyError

from crawler.storage.indexes import INDEXES, Database, ensure_indexes

from ..examples import NOW, SITE, stored


async def names(database: Database, collection: str) -> list[str]:
    """The indexes of a collection that are ours, without the text index, which not every server has."""
    information = await database[collection].index_information()
    return sorted(set(information) - {"_id_", "text"})


async def test_every_index_is_there_and_made_once(database: Database) -> None:
    first = await ensure_indexes(database)
    assert await ensure_indexes(database) is first
    for collection, models in INDEXES.items():
        assert await names(database, collection) == sorted(model.document["name"] for model in models)


def stages(plan: Any) -> list[str]:
    """The names in a query plan: stages and the indexes they use."""
    if isinstance(plan, list):
        return [name for part in plan for name in stages(part)]
    if not isinstance(plan, dict):
        return []
    own = [plan[key] for key in ("stage", "indexName") if key in plan]
    return own + [name for part in plan.values() for name in stages(part)]


@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("url_keys", {"url_keys": {"$in": ["news.example/1", "news.example/2"]}}),
        ("content_hash", {"content_hash": {"$in": ["1:a", "1:b"]}}),
        ("url", {"url": "https://news.example/3/"}),
        ("site_last_seen_at", {"site": SITE, "last_seen_at": {"$lt": NOW}}),
        ("story_id", {"story_id": "x"}),
    ],
)
async def test_what_the_crawl_asks_is_answered_by_an_index(database: Database, index: str, query: Any) -> None:
    await database["articles"].insert_many([stored(str(number), wp_id=number) for number in range(50)])
    answer = await database.command("explain", {"find": "articles", "filter": query}, verbosity="queryPlanner")
    plan = stages(answer["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in plan
    assert "IXSCAN" in plan
    assert index in plan


async def test_an_id_is_given_once_on_a_site_and_articles_without_one_do_not_meet(database: Database) -> None:
    articles = database["articles"]
    await articles.insert_many(
        [stored("a"), stored("b"), stored("c", wp_id=1), stored("c", wp_id=1, site="other.example")]
    )
    with pytest.raises(DuplicateKeyError):
        await articles.insert_one(stored("d", wp_id=1))
    assert await articles.count_documents({}) == 4
