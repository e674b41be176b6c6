"""``DUPLICATES=drop``: what an earlier article tells is not stored."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from scrapy import signals
from scrapy.exceptions import DropItem

from crawler.items import Article, Missing

from ..examples import NOW
from ..news import bridged, edited
from .conftest import Pipelines, crawler_of
from .test_group import BRIDGE, by_site, told


@pytest.fixture
async def dropping(mongodb_uri: str, database_name: str) -> AsyncIterator[Pipelines]:
    """The pipelines over an empty database, with ``DUPLICATES=drop``."""
    pipelines = Pipelines(crawler_of(mongodb_uri, database_name, DUPLICATES="drop"))
    await pipelines.database.prepare()
    yield pipelines
    await pipelines.manager.close_spider_async()
    await pipelines.crawler.signals.send_catch_log_async(signals.engine_stopped)


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_copy_is_left_out_and_counted(dropping: Pipelines, at_once: object) -> None:
    scrape = dropping.scrape if at_once else dropping.scrape_in_turn
    first, copy = await scrape(told("a", published=1), told("b", edited(BRIDGE), 2))
    assert isinstance(first, Article)
    assert isinstance(copy, DropItem)
    assert list(await by_site(dropping)) == ["a"]
    assert dropping.count("skipped/duplicate") == 1
    assert dropping.count("storage/failed") == 0


async def test_what_tells_it_first_is_stored_whenever_it_is_found(dropping: Pipelines) -> None:
    await dropping.scrape_in_turn(told("late", published=5), told("early", published=1), told("later", published=6))
    documents = await by_site(dropping)
    assert set(documents) == {"late", "early"}
    assert documents["late"]["duplicate_of"] == str(documents["early"]["_id"])


async def test_what_is_dropped_keeps_no_other_out(dropping: Pipelines) -> None:
    long, beginning, rest = bridged()
    await dropping.scrape(told("a", beginning, 1), told("b", long, 2), told("c", rest, 3))
    assert set(await by_site(dropping)) == {"a", "c"}


async def test_what_is_stored_is_kept_up_to_date(dropping: Pipelines) -> None:
    await dropping.scrape_in_turn(told("a", published=1), told("b", "Another story.", published=2))
    [outcome] = await dropping.scrape(told("b", BRIDGE, 2))
    assert isinstance(outcome, Article)
    assert (await by_site(dropping))["b"]["duplicate_of"]
    [missing] = await dropping.scrape(Missing(site="b.example", url="https://b.example/a/", status=404))
    assert "missing for the first time" in str(missing)
    [again] = await dropping.scrape(told("b", BRIDGE, 2, modified_at=NOW + timedelta(days=3)))
    assert isinstance(again, Article)


def test_another_value_is_refused(mongodb_uri: str, database_name: str) -> None:
    with pytest.raises(ValueError, match="DUPLICATES is 'keep'; it is mark or drop"):
        Pipelines(crawler_of(mongodb_uri, database_name, DUPLICATES="keep"))
