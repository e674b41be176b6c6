"""What a crawl reads and writes of a site."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.changes import Document
from crawler.site_record import Cursor, Health, SiteRecord
from crawler.storage.indexes import Database
from crawler.storage.sites import Sites, due_before

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE
from .test_indexes import stages

NEW = SiteRecord(id=SITE)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


async def documents(database: Database) -> list[Document]:
    """Every site."""
    return await database["sites"].find().sort("_id", 1).to_list()


async def test_a_site_is_kept_and_found(database: Database) -> None:
    sites = Sites(database)
    assert await sites.find(SITE) is None
    crawled = SiteRecord(id=SITE, url=f"{HOME}/", home=f"{HOME}/", cursor=Cursor(modified=NOW), checked_at=NOW)
    await sites.save(NEW, crawled, NOW)
    assert await sites.find(SITE) == crawled
    await sites.save(crawled, replace(crawled, cursor=None, health=Health(status=200)), NOW)
    assert await documents(database) == [
        {
            "_id": SITE,
            "listed": False,
            "url": f"{HOME}/",
            "home": f"{HOME}/",
            "checked_at": NOW,
            "health": {"status": 200, "failures": 0},
        }
    ]


async def test_a_home_is_found_by_its_host(database: Database) -> None:
    homes = {
        "a.example": "http://a.example/", "a.example/blog": "https://a.example/blog/", "b.example/x": "http://b.example/x/",
        "b.example.test/x": "https://b.example.test/x/", "b.example0": "https://b.example0/",
    }  # fmt: skip
    await database["sites"].insert_many([{"_id": site, "home": home} for site, home in homes.items()])
    await database["sites"].insert_one({"_id": "c.example", "url": "https://c.example/"})
    hosts = ("a.example", "b.example", "c.example", "example")
    found = [await Sites(database).home_on(host) for host in hosts]
    assert found == ["https://a.example/blog/", "http://b.example/x/", None, None]


async def test_what_the_list_said_during_a_crawl_is_not_undone(database: Database) -> None:
    sites = Sites(database)
    listed = {"_id": SITE, "url": f"{HOME}/", "listed": True, "added_at": NOW, "next_due_at": NOW}
    await database["sites"].insert_one(dict(listed))
    before = await sites.find(SITE)
    assert before is not None
    await database["sites"].update_one({"_id": SITE}, {"$set": {"listed": False}})
    await sites.save(before, replace(before, checked_at=LATER, next_due_at=MUCH_LATER), NOW)
    assert await documents(database) == [
        listed | {"listed": False, "checked_at": LATER, "next_due_at": MUCH_LATER},
    ]


async def test_nothing_learned_of_an_unknown_site_still_makes_it_known(database: Database) -> None:
    await Sites(database).save(NEW, NEW, NOW)
    assert await documents(database) == [{"_id": SITE, "listed": False}]


async def test_due_are_the_listed_ones_whose_time_has_come(database: Database) -> None:
    sites = Sites(database)
    for name, listed, due in (
        ("a.example", True, LATER),
        ("b.example", True, NOW),
        ("c.example", False, NOW),
        ("d.example", True, MUCH_LATER),
        ("e.example", True, NOW - timedelta(days=9)),
    ):
        await database["sites"].insert_one({"_id": name, "listed": listed, "next_due_at": due})
    assert [site.id for site in await sites.due(LATER)] == ["e.example", "b.example", "a.example"]
    assert [site.id for site in await sites.due(LATER, limit=1)] == ["e.example"]
    assert await sites.due(NOW - timedelta(days=10)) == []
    assert await sites.next_due_at() == NOW - timedelta(days=9)


async def test_without_a_list_nothing_is_due(database: Database) -> None:
    await Sites(database).save(NEW, replace(NEW, next_due_at=NOW), NOW)
    assert await Sites(database).due(MUCH_LATER) == []
    assert await Sites(database).next_due_at() is None


async def test_a_start_url_that_leads_elsewhere_is_an_alias_of_that_site(database: Database) -> None:
    sites = Sites(database)
    start = {"_id": "old.example", "url": "https://old.example/", "listed": True, "added_at": NOW, "next_due_at": NOW}
    await database["sites"].insert_one(start)
    for _ in range(2):  # the second time there is nothing left to do
        await sites.adopt("old.example", SITE)
        assert await documents(database) == [
            {
                "_id": SITE,
                "url": "https://old.example/",
                "listed": True,
                "added_at": NOW,
                "next_due_at": NOW,
                "aliases": ["old.example"],
            }
        ]
    found = await sites.find("old.example")
    assert found == await sites.find(SITE)
    assert [site.id for site in await sites.due(NOW)] == [SITE]


async def test_a_site_that_is_known_keeps_its_own_start_and_its_earlier_time(database: Database) -> None:
    own = SiteRecord(id=SITE, url=f"{HOME}/", next_due_at=NOW, checked_at=NOW)
    await Sites(database).save(NEW, own, NOW)
    start = {"_id": "old.example", "url": "https://old.example/", "listed": True, "added_at": NOW, "next_due_at": LATER}
    await database["sites"].insert_one(start)
    await Sites(database).adopt("old.example", SITE)
    assert await Sites(database).find(SITE) == replace(own, listed=True, added_at=NOW, aliases=["old.example"])


async def test_an_address_that_nobody_listed_lists_nothing(database: Database) -> None:
    await Sites(database).adopt("old.example", SITE)
    assert await documents(database) == [{"_id": SITE, "listed": False, "aliases": ["old.example"]}]


async def test_a_site_goes_by_its_own_name_before_it_is_another_ones_alias(database: Database) -> None:
    await database["sites"].insert_many([{"_id": "a.example", "aliases": [SITE]}, {"_id": SITE}])
    found = await Sites(database).find(SITE)
    assert found is not None
    assert found.id == SITE


@pytest.mark.parametrize(
    ("query", "index"),
    [(due_before(LATER), "listed_next_due_at"), ({"aliases": SITE}, "aliases")],
)
async def test_the_list_may_be_long(database: Database, query: Document, index: str) -> None:
    await database["sites"].insert_many(
        {"_id": f"{number}.example", "listed": True, "next_due_at": NOW} for number in range(50)
    )
    answer = await database.command("explain", {"find": "sites", "filter": query}, verbosity="queryPlanner")
    plan = stages(answer["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in plan
    assert index in plan


async def test_a_push_makes_a_listed_site_due(database: Database) -> None:
    sites = Sites(database)
    await database["sites"].insert_many(
        [
            {"_id": "late.example", "listed": True, "next_due_at": NOW - DAY},
            {"_id": "calm.example", "listed": True, "next_due_at": NOW + DAY},
            {"_id": "other.example", "listed": False, "next_due_at": NOW + DAY},
        ]
    )
    for name in ("calm.example", "other.example", "unknown.example"):
        await sites.push(name, NOW)
    assert [site.id for site in await sites.pushed(NOW)] == ["calm.example"]
    assert [site.id for site in await sites.due(NOW)] == ["late.example", "calm.example"]
    await sites.push("late.example", LATER)
    assert [site.id for site in await sites.pushed(LATER)] == ["calm.example", "late.example"]
    assert [(one["_id"], one["next_due_at"]) for one in await documents(database)] == [
        ("calm.example", NOW),
        ("late.example", NOW - DAY),
        ("other.example", NOW + DAY),
    ]


async def test_what_a_site_told_during_a_crawl_is_not_overwritten(database: Database) -> None:
    sites = Sites(database)
    await database["sites"].insert_one({"_id": SITE, "listed": True, "next_due_at": NOW})
    before = await sites.find(SITE)
    assert before is not None
    await sites.push(SITE, LATER)
    await sites.save(before, replace(before, next_due_at=MUCH_LATER), NOW)
    [site] = await sites.pushed(LATER)
    assert site.next_due_at == LATER
    assert await sites.due(NOW) == []
    await sites.save(site, replace(site, next_due_at=MUCH_LATER), LATER)
    assert await documents(database) == [{"_id": SITE, "listed": True, "next_due_at": MUCH_LATER}]


async def test_a_site_that_is_to_be_left_alone_is_whatever_it_tells(database: Database) -> None:
    sites = Sites(database)
    await database["sites"].insert_one({"_id": SITE, "listed": True, "next_due_at": NOW})
    before = await sites.find(SITE)
    assert before is not None
    await sites.push(SITE, NOW + SECOND)  # while it is being crawled
    paused = replace(before, next_due_at=LATER, not_before=LATER)
    await sites.save(before, paused, NOW)
    await sites.push(SITE, NOW + 2 * SECOND)
    alias = {"_id": "old.example", "listed": True, "added_at": NOW, "next_due_at": NOW}
    await database["sites"].insert_one(alias)
    await sites.adopt("old.example", SITE)
    assert await sites.due(LATER - SECOND) == []
    [site] = await sites.pushed(LATER)
    assert (site.next_due_at, site.pushed_at) == (LATER, NOW + 2 * SECOND)
    await sites.push(SITE, LATER)  # its time has come
    await sites.save(site, replace(site, next_due_at=MUCH_LATER, not_before=None), LATER)
    await sites.push(SITE, LATER + SECOND)
    assert [one.next_due_at for one in await sites.pushed(LATER + SECOND)] == [LATER + SECOND]


async def test_a_look_that_came_to_nothing_is_put_off(database: Database) -> None:
    sites = Sites(database)
    await database["sites"].insert_many(
        [
            {"_id": "left.example", "listed": True, "next_due_at": NOW},
            {"_id": "told.example", "listed": True, "next_due_at": LATER},
        ]
    )
    for name in ("left.example", "told.example"):
        await sites.put_off(name, NOW, MUCH_LATER)
    assert [one["next_due_at"] for one in await documents(database)] == [MUCH_LATER, LATER]


async def test_what_was_told_under_another_name_moves_along(database: Database) -> None:
    alias = {"_id": "old.example", "listed": True, "added_at": NOW, "next_due_at": NOW, "pushed_at": LATER}
    await database["sites"].insert_one(alias)
    await Sites(database).adopt("old.example", SITE)
    [moved] = await documents(database)
    assert (moved["_id"], moved["pushed_at"], moved["next_due_at"]) == (SITE, LATER, NOW)


async def test_a_push_between_reading_and_writing_is_seen(database: Database) -> None:
    sites, turns = Sites(database), 20
    await database["sites"].insert_one({"_id": SITE, "listed": True, "next_due_at": NOW})
    before = await sites.find(SITE)
    assert before is not None
    for turn in range(turns):
        told = LATER + turn * SECOND
        await asyncio.gather(
            sites.push(SITE, told), sites.save(before, replace(before, next_due_at=MUCH_LATER + DAY), NOW)
        )
        [site] = await sites.pushed(told)
        assert site.next_due_at is not None
        assert site.next_due_at <= told
