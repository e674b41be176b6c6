"""What is known of a site."""

from crawler.storage.indexes import Database
from crawler.storage.sites import Sites

from ..examples import LATER, NOW, SITE


async def test_facts_gather_and_the_latest_counts(database: Database) -> None:
    sites = Sites(database)
    await sites.record(SITE, {"home": "https://news.example/", "seen_at": NOW})
    await sites.record(SITE, {"seen_at": LATER, "theme": "broadsheet"})
    await sites.record("other.example", {"seen_at": NOW})
    assert await database["sites"].find_one({"_id": SITE}) == {
        "_id": SITE,
        "home": "https://news.example/",
        "seen_at": LATER,
        "theme": "broadsheet",
    }
    assert await database["sites"].count_documents({}) == 2
