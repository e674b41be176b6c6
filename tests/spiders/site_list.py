"""Sites of the tests on the list, and what is kept of them."""

from datetime import UTC, datetime

from crawler.storage.connect import connect
from tests.spiders.rest_site import RestSite
from tests.spiders.running import Document, Scrapy
from tests.spiders.test_site_memory import record


def follow(scrapy: Scrapy, *sites: RestSite) -> None:
    """Put sites on the list, as another process does."""
    now = datetime.now(UTC)
    with connect(scrapy.uri) as client:
        for site in sites:
            name, url = site.origin.removeprefix("http://").strip("/"), site.origin
            listed = {"_id": name, "url": url, "listed": True, "added_at": now, "next_due_at": now}
            client[scrapy.database_name]["sites"].insert_one(listed)


def change(scrapy: Scrapy, site: RestSite, fields: Document) -> None:
    """Of what is kept of a site."""
    name = site.origin.removeprefix("http://").strip("/")
    with connect(scrapy.uri) as client:
        client[scrapy.database_name]["sites"].update_one({"_id": name}, {"$set": fields})


def is_known(scrapy: Scrapy, *sites: RestSite) -> bool:
    """Whether sites were crawled as a whole, and are not due."""
    return all(
        "swept_at" in record(scrapy, one) and record(scrapy, one)["next_due_at"] > datetime.now(UTC) for one in sites
    )


def looks(site: RestSite) -> int:
    """How often a known site was asked what is new."""
    return sum("modified_after=" in target for target in site.asked)


def a_site(*posts: int) -> RestSite:
    return RestSite({"post": {wp_id: wp_id for wp_id in posts}}, {"post": "posts"})


def publish(site: RestSite, wp_id: int) -> None:
    site.posts["post"][wp_id] = 100 + wp_id


def unfollow(scrapy: Scrapy, site: RestSite) -> None:
    """Take a site off the list."""
    change(scrapy, site, {"listed": False})
