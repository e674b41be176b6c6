"""Same post? Readings of one post become one article, however they come."""

import asyncio

import pytest
from bson import ObjectId
from scrapy import signals
from scrapy.exceptions import DropItem

from crawler.items import Article, Missing
from crawler.urls import url_key
from pipelines.deduplicate import Deduplicate

from ..examples import HOME, SITE, TEXT, an_article
from .conftest import Outcome, Pipelines

BY_ID = f"{HOME}/?p=12"


def ids(outcomes: list[Outcome]) -> list[str]:
    """The ids that articles were given; the errors of the others are raised."""
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return [outcome.id or "" for outcome in outcomes if isinstance(outcome, Article)]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (an_article("a", wp_id=12), an_article("b", wp_id=12)),
        (an_article("a", wp_id=12), an_article("a", url="http://www.news.example/A?utm_source=x")),
        (an_article("a"), an_article("b", aliases=[f"{HOME}/a"])),
        (an_article("a", wp_id=12), an_article("b", url=BY_ID)),
        (an_article("a"), an_article("a", wp_id=12)),
    ],
)
async def test_two_readings_of_one_post_become_one_article(
    pipelines: Pipelines, one: Article, other: Article, at_once: object
) -> None:
    scrape = pipelines.scrape if at_once else pipelines.scrape_in_turn
    first, second = ids(await scrape(one, other))
    assert first == second
    [document] = await pipelines.stored()
    assert str(document["_id"]) == first
    assert {url_key(one.url), url_key(other.url)} <= set(document["url_keys"])
    assert document.get("wp_id") == (one.wp_id or other.wp_id)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (an_article("a"), an_article("b")),
        (an_article("a", wp_id=12), an_article("a", wp_id=13)),
        (an_article("a", wp_id=12), an_article("b", wp_id=13, aliases=[f"{HOME}/a/"])),
        (an_article("a", wp_id=12), an_article("a", wp_id=12, site="other.example", url="https://other.example/a/")),
        (an_article(url="https://example.org/blog/?p=1", site="example.org/blog"),
         an_article(url="https://example.org/news/?p=1", site="example.org/news")),
    ],
)  # fmt: skip
async def test_two_posts_stay_two(pipelines: Pipelines, one: Article, other: Article, at_once: object) -> None:
    scrape = pipelines.scrape if at_once else pipelines.scrape_in_turn
    first, second = ids(await scrape(one, other))
    assert first != second
    assert {document["url"] for document in await pipelines.stored()} == {one.url, other.url}
    assert len(await pipelines.stored()) == 2


async def test_two_urls_of_one_post_in_one_batch_are_its_url_and_its_alias(pipelines: Pipelines) -> None:
    await pipelines.scrape(an_article("former", wp_id=12), an_article("bridge", wp_id=12))
    [document] = await pipelines.stored()
    assert (document["url"], document["aliases"]) == (f"{HOME}/bridge/", [f"{HOME}/former/"])


async def test_an_id_read_later_does_not_let_a_third_post_in(pipelines: Pipelines) -> None:
    readings = [an_article("a"), an_article("a", wp_id=12), an_article("a", wp_id=13)]
    first, second, third = ids(await pipelines.scrape(*readings))
    assert first == second != third
    assert sorted(document["wp_id"] for document in await pipelines.stored()) == [12, 13]


async def test_what_was_stored_by_an_earlier_run_is_known(pipelines: Pipelines) -> None:
    [first] = ids(await pipelines.scrape(an_article("a", wp_id=12)))
    again = Pipelines(pipelines.crawler)
    assert ids(await again.scrape(an_article("moved", wp_id=12), an_article("a"))) == [first, first]


async def test_a_reading_that_arrives_while_the_database_answers_is_not_lost(pipelines: Pipelines) -> None:
    deduplicate = Deduplicate.from_crawler(pipelines.crawler)
    first, second = an_article("a"), an_article("b", aliases=[f"{HOME}/a/"])
    await deduplicate.process_item(first)
    asking = asyncio.ensure_future(deduplicate._identify([second]))
    await asyncio.sleep(0)  # the question is on its way, and says that nothing is stored
    await pipelines.crawler.signals.send_catch_log_async(signals.item_scraped, item=first)
    assert await asking == [first.id]


async def test_what_has_arrived_is_not_kept_in_memory(pipelines: Pipelines) -> None:
    deduplicate = Deduplicate.from_crawler(pipelines.crawler)
    articles = [an_article(str(number), wp_id=number) for number in range(5)]
    for article, signal in zip(
        articles, [signals.item_scraped, signals.item_dropped, signals.item_error] * 2, strict=False
    ):
        await deduplicate.process_item(article)
        await pipelines.crawler.signals.send_catch_log_async(signal, item=article)
    assert deduplicate.on_the_way == {}


async def test_one_posts_arrival_leaves_another_with_its_url_on_the_way(pipelines: Pipelines) -> None:
    deduplicate = Deduplicate.from_crawler(pipelines.crawler)
    first, second, third = an_article("a", wp_id=12), an_article("a", wp_id=13), an_article("a", url=f"{HOME}/a")
    await deduplicate.process_item(first)
    await deduplicate.process_item(second)
    await pipelines.crawler.signals.send_catch_log_async(signals.item_scraped, item=first)
    await deduplicate.process_item(third)
    assert third.id == second.id != first.id


async def test_a_missing_url_finds_its_article_and_ends_where_there_is_none(pipelines: Pipelines) -> None:
    deduplicate = Deduplicate.from_crawler(pipelines.crawler)
    [known] = ids(await pipelines.scrape(an_article("a", wp_id=12, aliases=[f"{HOME}/old/"])))
    missing = Missing(site=SITE, url=f"{HOME}/a", status=410)
    assert (await deduplicate.process_item(missing)).id == known
    former = f"{HOME}/old/"  # a dead former address is no sign that the post is gone
    for url, site in ((f"{HOME}/never/", SITE), (former, SITE), (f"{HOME}/a/", "news.example/blog")):
        with pytest.raises(DropItem, match="nothing stored under"):
            await deduplicate.process_item(Missing(site=site, url=url, status=404))


async def test_a_new_article_gets_an_id_of_its_own(pipelines: Pipelines) -> None:
    [given] = ids(await pipelines.scrape(an_article("a", text=TEXT)))
    assert ObjectId.is_valid(given)


async def test_an_address_that_led_to_two_posts_makes_them_no_single_one(pipelines: Pipelines) -> None:
    """``/latest/`` redirects to another post every day; without ids it must not merge them."""
    latest = f"{HOME}/latest/"
    first, second = ids(
        await pipelines.scrape_in_turn(an_article("a", aliases=[latest]), an_article("b", aliases=[latest]))
    )
    assert first != second
