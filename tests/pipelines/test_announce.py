"""What is announced, once, and what a killed crawl had no time to announce."""

import pytest
import time_machine
from bson import ObjectId

from crawler.changes import Document
from crawler.extensions.run_record import RunRecord
from crawler.items import Article, Missing
from crawler.storage.runs import Runs

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE, TEXT, an_article
from .conftest import Pipelines


async def events(pipelines: Pipelines) -> list[Document]:
    """All that was announced, in order."""
    return await pipelines.database.db["events"].find().sort([("at", 1), ("_id", 1)]).to_list()


async def test_every_change_is_one_event_and_nothing_is_none(pipelines: Pipelines) -> None:
    missing = Missing(site=SITE, url=f"{HOME}/bridge/", status=410)
    edited = an_article(text=TEXT + "More.", title="The bridge goes")
    items: tuple[Article | Missing, ...] = (
        an_article(),
        an_article(),
        edited,
        edited,
        missing,
        missing,
        missing,
        edited,
    )
    for minute, item in enumerate(items):
        with time_machine.travel(NOW.replace(minute=minute), tick=False):
            await pipelines.scrape(item)
    [document] = await pipelines.stored()
    announced = await events(pipelines)
    assert [(event["type"], event["at"].minute, event["revision"]) for event in announced] == [
        ("article.added", 0, 0),
        ("article.changed", 2, 1),
        ("article.gone", 5, 2),
        ("article.returned", 7, 3),
    ]
    assert [event["_id"].removeprefix(str(document["_id"])) for event in announced] == [
        ":0:added", ":1:changed", ":2:gone", ":3:returned",
    ]  # fmt: skip
    assert announced[1] == {
        "_id": f"{document['_id']}:1:changed",
        "type": "article.changed",
        "at": NOW.replace(minute=2),
        "article_id": document["_id"],
        "site": SITE,
        "url": f"{HOME}/bridge/",
        "revision": 1,
        "title": "The bridge goes",
        "fields": ["title", "text"],
        "seq": 2,
        "recorded_at": NOW.replace(minute=2),
    }


async def test_what_was_not_stored_is_not_announced(pipelines: Pipelines) -> None:
    await pipelines.scrape(an_article("huge", text="x" * 17_000_000), an_article("a"))
    assert [event["url"] for event in await events(pipelines)] == [f"{HOME}/a/"]


async def killed_run(pipelines: Pipelines, *articles: Article) -> ObjectId:
    """A run that stored articles, announced none of them and never ended."""
    runs, run_id = Runs(pipelines.database.db), ObjectId()
    await runs.start(run_id, {"spider": "wordpress", "started_at": NOW, "hosts": []})
    await runs.add_host(run_id, SITE, NOW)
    with time_machine.travel(LATER, tick=False):
        await pipelines.scrape(*articles)
    await pipelines.database.db["events"].delete_many({})
    return run_id


async def test_the_next_run_announces_what_a_killed_one_could_not(pipelines: Pipelines) -> None:
    blog = an_article("x", site=f"{SITE}/blog", url=f"{HOME}/blog/x/")
    elsewhere = an_article("y", site=f"{SITE}.evil.example", url=f"https://{SITE}.evil.example/y/")
    killed = await killed_run(pipelines, an_article("a"), an_article("b"), blog, elsewhere)
    record = RunRecord.of(pipelines.crawler)
    with time_machine.travel(MUCH_LATER, tick=False):
        for _ in range(2):
            assert await record.take(SITE)
    announced = await events(pipelines)
    assert [event["url"] for event in announced] == [f"{HOME}/a/", f"{HOME}/b/", f"{HOME}/blog/x/"]
    assert {(event["type"], event["at"]) for event in announced} == {("article.added", LATER)}
    run = await pipelines.database.db["runs"].find_one({"_id": killed})
    assert run is not None
    assert (run["finish_reason"], run["finished_at"]) == ("killed", MUCH_LATER)


async def test_an_event_that_the_killed_run_did_announce_stays_one(pipelines: Pipelines) -> None:
    await killed_run(pipelines, an_article("a"), an_article("b"))
    [first, _] = await pipelines.stored()
    before = {"_id": f"{first['_id']}:0:added", "type": "article.added", "at": LATER}
    await pipelines.database.db["events"].insert_one(before)
    assert await RunRecord.of(pipelines.crawler).take(SITE)
    announced = await events(pipelines)
    assert len(announced) == 2
    assert before in announced


async def test_what_a_killed_run_had_not_announced_is_told_in_the_order_in_which_it_happened(
    pipelines: Pipelines,
) -> None:
    readings = [an_article("a", title=title, text=f"{TEXT}{title}") for title in ("One", "Two", "Three")]
    await killed_run(pipelines)
    for minute, article in enumerate(readings):
        with time_machine.travel(LATER.replace(minute=minute), tick=False):
            await pipelines.scrape(article)
    await pipelines.database.db["events"].delete_many({})
    assert await RunRecord.of(pipelines.crawler).take(SITE)
    told = await pipelines.database.db["events"].find().sort("seq", 1).to_list()
    assert [(event["type"], event["revision"], event["at"]) for event in told] == [
        ("article.added", 0, LATER.replace(minute=0)),
        ("article.changed", 1, LATER.replace(minute=1)),
        ("article.changed", 2, LATER.replace(minute=2)),
    ]
    assert [event.get("fields") for event in told] == [None, ["title", "text"], ["title", "text"]]


async def test_a_host_that_another_run_crawls_is_left_to_it(
    pipelines: Pipelines, caplog: pytest.LogCaptureFixture
) -> None:
    await killed_run(pipelines, an_article("a"))
    with time_machine.travel(NOW, tick=False):
        await Runs(pipelines.database.db).lock(SITE, ObjectId(), NOW)
        assert not await RunRecord.of(pipelines.crawler).take(SITE)
    assert await events(pipelines) == []
    assert f"{SITE} is being crawled by another run" in caplog.text
