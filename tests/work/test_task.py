"""One message of a real queue, of a site whose crawls fail for a reason of ours."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.project import get_project_settings

from crawler.storage.indexes import Database
from crawler.storage.leases import Leases
from crawler.work.crawler import Shared, SiteCrawler
from crawler.work.decisions import MOST_FAILURES
from crawler.work.job import Job
from crawler.work.queue import Queue
from crawler.work.task import Bench, SiteTask

if TYPE_CHECKING:
    from nats.aio.msg import Msg

JOB = Job("unlisted.example", "https://unlisted.example/")


def bench_where_no_crawl_can_begin(database: Database, queue: Queue, counted: Counter[str]) -> Bench:
    settings = get_project_settings()
    settings.set("STATS_CLASS", "nowhere.Stats", priority="cmdline")
    return Bench(
        runner=AsyncCrawlerRunner(settings), settings=settings, shared=Shared(database.client, "test"),
        database=database, queue=queue, lease=timedelta(seconds=1), sites=2, longest=timedelta(days=1),
        count=lambda name: counted.update([name]), add=lambda _: None,
    )  # fmt: skip


async def taken(queue: Queue) -> "Msg":
    async with asyncio.timeout(10):
        while True:
            if messages := await queue.take(1, 1):
                return messages[0]


async def test_a_site_is_given_up_after_so_many_failures_however_often_it_has_waited_for_a_lock(
    database: Database, queue: Queue
) -> None:
    counted: Counter[str] = Counter()
    bench = bench_where_no_crawl_can_begin(database, queue, counted)
    await queue.put([JOB])
    for _ in range(MOST_FAILURES + 1):
        await (await taken(queue)).nak(delay=0.01)  # as of a host that others have
    for failures in (1, MOST_FAILURES - 1):
        await database["sites"].update_one({"_id": JOB.site}, {"$set": {"failed": failures - 1}})
        message = await taken(queue)
        assert message.metadata.num_delivered > MOST_FAILURES
        await SiteTask(bench, message, JOB).run(lambda: 0)
        assert await Leases(database).of(JOB.site) == {"failed": failures}
    await SiteTask(bench, await taken(queue), JOB).run(lambda: 0)
    await asyncio.sleep(0.1)  # it is told without an answer
    assert await queue.waiting() == (0, 0)
    assert await Leases(database).of(JOB.site) == {}, "the next time it is tried as often again"
    assert counted["failed"] == 3
    assert (await database["sites"].find_one({"_id": JOB.site}) or {})["listed"] is False


class Done(AsyncCrawlerRunner):
    """Whose crawls come to their end at once."""

    def crawl(self, crawler_or_spidercls: object, *args: object, **kwargs: object) -> "asyncio.Task[None]":
        assert isinstance(crawler_or_spidercls, SiteCrawler)
        stats = crawler_or_spidercls._stats = MemoryStatsCollector(crawler_or_spidercls)
        stats.set_value("finish_reason", "finished")
        return asyncio.create_task(asyncio.sleep(0))


async def test_failures_of_an_alias_are_in_a_row_until_a_crawl_of_it_is_done(database: Database, queue: Queue) -> None:
    failing = bench_where_no_crawl_can_begin(database, queue, Counter())
    done = replace(failing, runner=Done(failing.settings))
    await database["sites"].insert_one({"_id": "home.example", "aliases": [JOB.site], "listed": True})
    counted = []
    for bench in (failing, failing, done, failing):
        await queue.put([JOB])
        await SiteTask(bench, await taken(queue), JOB).run(lambda: 0)
        await asyncio.sleep(0.1)  # it is told without an answer
        counted.append((await Leases(database).of(JOB.site)).get("failed"))
    assert counted == [1, 2, None, 1]


async def test_failures_of_a_site_that_has_another_name_by_now_are_counted_of_that(database: Database) -> None:
    await database["sites"].insert_one({"_id": "home.example", "aliases": [JOB.site], "listed": True})
    leases = Leases(database)
    assert await leases.count_failure(JOB.site, JOB.url) == 1
    await database["sites"].insert_one({"_id": JOB.site, "lease": {"token": 1}})  # as while a crawl has it
    assert await leases.count_failure(JOB.site, JOB.url) == 2
    assert await leases.of(JOB.site) == {"lease": {"token": 1}, "failed": 2}
    await database["sites"].update_one({"_id": JOB.site}, {"$set": {"failed": 1}})  # before it was an alias
    await leases.forget_failures(JOB.site)
    assert await leases.of(JOB.site) == {"lease": {"token": 1}}
    await database["sites"].delete_one({"_id": JOB.site})
    assert await database["sites"].find().to_list() == [{"_id": "home.example", "aliases": [JOB.site], "listed": True}]
