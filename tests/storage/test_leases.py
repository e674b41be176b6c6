"""Leases of sites, and what is not written without one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.changes import Document
from crawler.site_record import SiteRecord
from crawler.storage.indexes import Database
from crawler.storage.leases import LeaseLost, Leases
from crawler.storage.sites import Sites

from ..examples import HOME, LATER, MUCH_LATER, NOW, SITE

LEASE = timedelta(seconds=60)
URL = f"{HOME}/"


async def site(database: Database) -> Document:
    found = await database["sites"].find_one({"_id": SITE})
    assert found is not None
    return found


async def test_a_lease_is_taken_renewed_and_given_back(database: Database) -> None:
    leases = Leases(database)
    fence = await leases.take(SITE, URL, "a:1", NOW, LEASE)
    lease = {"owner": "a:1", "token": fence.token, "since": NOW, "renewed_at": NOW, "until": NOW + LEASE}
    assert await site(database) == {"_id": SITE, "url": URL, "listed": False, "lease": lease}
    await leases.renew(fence, LATER, LEASE)
    assert await leases.of(SITE) == {"lease": lease | {"renewed_at": LATER, "until": LATER + LEASE}}
    assert await leases.of("other.example") == {}
    await leases.release(fence)
    assert await site(database) == {"_id": SITE, "url": URL, "listed": False}


async def test_who_was_frozen_neither_renews_nor_gives_back_nor_writes(database: Database) -> None:
    leases, sites = Leases(database), Sites(database)
    old = await leases.take(SITE, URL, "a:1", NOW, LEASE)
    before = await sites.find(SITE)
    assert before is not None
    new = await leases.take(SITE, URL, "b:1", LATER, LEASE)
    assert new.token > old.token
    await leases.renew(old, MUCH_LATER, LEASE)
    await leases.release(old)
    held = (await site(database))["lease"]
    assert (held["owner"], held["token"], held["renewed_at"], held["lost"]) == ("b:1", new.token, LATER, 1)
    with pytest.raises(LeaseLost):
        await sites.save(before, replace(before, checked_at=MUCH_LATER), NOW, old)
    await sites.save(before, replace(before, checked_at=LATER), NOW, new)
    await leases.release(new)
    with pytest.raises(LeaseLost):
        await sites.save(before, replace(before, checked_at=MUCH_LATER), NOW, old)
    kept = await site(database)
    assert (kept["checked_at"], "lease" in kept) == (LATER, False)


async def test_the_home_to_which_a_start_url_led_is_written_unless_a_later_number_is_there(database: Database) -> None:
    leases, sites = Leases(database), Sites(database)
    fence = await leases.take("start.example", "https://start.example/", "a:1", NOW, LEASE)
    home = SiteRecord(id=SITE, url=URL)
    await sites.save(home, replace(home, checked_at=NOW), NOW, fence)
    assert (await site(database))["checked_at"] == NOW
    await leases.take(SITE, URL, "b:1", LATER, LEASE)
    with pytest.raises(LeaseLost):
        await sites.save(home, replace(home, checked_at=LATER), NOW, fence)


async def test_who_was_frozen_on_its_way_from_a_start_to_its_home_neither_writes_nor_adopts(database: Database) -> None:
    leases, sites = Leases(database), Sites(database)
    old = await leases.take("start.example", "https://start.example/", "a:1", NOW, LEASE)
    new = await leases.take("start.example", "https://start.example/", "b:1", LATER, LEASE)
    home = SiteRecord(id=SITE, url=URL)
    with pytest.raises(LeaseLost):
        await sites.save(home, replace(home, checked_at=LATER), NOW, old)
    with pytest.raises(LeaseLost):
        await sites.adopt("start.example", SITE, old)
    assert (await leases.of("start.example"))["lease"]["token"] == new.token
    await sites.save(home, replace(home, checked_at=LATER), NOW, new)
    await sites.adopt("start.example", SITE, new)
    kept = await site(database)
    assert (kept["checked_at"], kept["aliases"], await sites.find("start.example")) == (
        LATER, ["start.example"], await sites.find(SITE),
    )  # fmt: skip


async def test_a_site_that_ends_its_workers_is_parked(database: Database) -> None:
    leases = Leases(database)
    for count in range(3):
        await leases.take(SITE, URL, f"a:{count}", NOW, LEASE)
    assert (await site(database))["lease"]["lost"] == 2
    why = "3 workers in a row did not come to its end"
    assert not await leases.park(SITE, why, NOW, MUCH_LATER), "somebody has it"
    assert await leases.park(SITE, why, NOW + LEASE, MUCH_LATER)
    parked = await site(database)
    assert parked == {
        "_id": SITE, "url": URL, "listed": False, "next_due_at": MUCH_LATER, "not_before": MUCH_LATER,
        "health": {"failures": 1, "last_error": why}, "parked": {"at": NOW + LEASE, "times": 1},
    }  # fmt: skip
    await leases.take(SITE, URL, "b:1", MUCH_LATER, LEASE)
    assert (await leases.of(SITE))["parked"]["times"] == 1
    assert await leases.park(SITE, why, MUCH_LATER + LEASE, MUCH_LATER + 2 * LEASE)
    assert await leases.of(SITE) == {"parked": {"at": MUCH_LATER + LEASE, "times": 2}}
    fence = await leases.take(SITE, URL, "c:1", MUCH_LATER, LEASE)
    await leases.release(fence)
    assert await leases.of(SITE) == {}, "a crawl came to its end"
