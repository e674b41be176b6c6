"""What the receiver of pushes asks and stores."""

from datetime import UTC, datetime, timedelta

from crawler.push.rsscloud import Registration
from crawler.push.subscription import Subscription, verified
from crawler.site_record import PushOffer
from crawler.storage.following import FollowedSites
from crawler.storage.indexes import Database

from ..examples import NOW, SITE

KNOWN = Subscription(site=SITE, topic="https://news.example/feed/", hub="https://hub.example/", token="t" * 43,
                     secret="s", asked_at=NOW)  # fmt: skip
REGISTERED = Registration(site=SITE, feed_url="https://news.example/feed/", cloud_url="http://a.example/", asked_at=NOW)


def following(database: Database, told: list[timedelta] | None = None) -> FollowedSites:
    return FollowedSites(database, lambda _: None, (told if told is not None else []).append)


async def test_the_list_is_known_by_all_its_names(database: Database) -> None:
    listed = {"listed": True, "next_due_at": NOW}
    await database["sites"].insert_many(
        [
            {"_id": SITE, "url": "https://old.example/", "aliases": ["older.example"], **listed},
            {"_id": "gone.example", "listed": False},
        ]
    )
    followed = following(database)
    assert followed.sites().site_of("https://news.example/") is None
    await followed.load()
    homes = [f"https://{name}/" for name in (SITE, "old.example", "older.example", "gone.example")]
    assert [followed.sites().site_of(home) for home in homes] == [SITE, SITE, SITE, None]
    await database["sites"].insert_one({"_id": "new.example", "push": {"hubs": ["https://h.example/"]}, **listed})
    await database["sites"].update_one({"_id": SITE}, {"$set": {"listed": False}})
    await followed.refresh()
    assert followed.sites().site_of("https://new.example/", homes[0]) == "new.example"
    assert followed.sites().site_of(homes[0]) is None
    assert followed.offers == {"new.example": PushOffer(hubs=["https://h.example/"])}


async def test_a_push_is_in_the_database_before_anybody_is_told(database: Database) -> None:
    told: list[timedelta] = []
    await database["sites"].insert_one({"_id": SITE, "listed": True, "next_due_at": NOW + timedelta(days=9999)})
    before = datetime.now(UTC)
    await following(database, told).accept(SITE, "ping", timedelta(seconds=20))
    site = await database["sites"].find_one()
    assert site is not None
    assert site["next_due_at"] == site["pushed_at"]
    assert timedelta(seconds=19) < site["pushed_at"] - before < timedelta(seconds=40)
    assert told == [timedelta(seconds=20)]


async def test_what_is_arranged_outlives_the_process(database: Database) -> None:
    first, second = following(database), following(database)
    granted = verified(KNOWN, timedelta(days=1), NOW)
    await first.store(KNOWN)
    await first.store(granted)
    await first.register(REGISTERED)
    await second.load()
    assert second.subscription(KNOWN.token) == first.subscription(KNOWN.token) == granted
    assert second.registration(REGISTERED.feed_url) == REGISTERED
    await second.forget(granted)
    await second.forget(REGISTERED)
    assert (second.subscription(KNOWN.token), second.registration(REGISTERED.feed_url)) == (None, None)
    assert await database["subscriptions"].find().to_list() == []
