"""robots.txt is not fetched again for a day, and obeyed all the same."""

from datetime import UTC, datetime, timedelta

from crawler.storage.connect import connect
from tests.hostile.server import Page
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy

RULES = "User-agent: *\nDisallow: /private/\n"


def change(scrapy: Scrapy, fields: Document) -> None:
    """Of what is remembered of the site."""
    with connect(scrapy.uri) as client:
        client[scrapy.database_name]["sites"].update_one({}, {"$set": fields})


def crawl(scrapy: Scrapy, site: RestSite) -> bool:
    """Whether the crawl asked for robots.txt."""
    site.asked.clear()
    assert scrapy.crawl("wordpress", site=site.origin).status == 0
    return "/robots.txt" in site.asked


def test_it_is_believed_for_a_day(scrapy: Scrapy) -> None:
    robots = Page(RULES.encode(), headers={"Content-Type": "text/plain"})
    with serve(RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"}, pages={"/robots.txt": robots})) as site:
        assert crawl(scrapy, site)
        [first] = scrapy.find("sites")
        assert (first["robots"]["status"], first["robots"]["text"]) == (200, RULES)
        assert not crawl(scrapy, site)
        [again] = scrapy.find("sites")
        assert again["robots"] == first["robots"]
        change(scrapy, {"robots.fetched_at": datetime.now(UTC) - timedelta(hours=24)})
        assert crawl(scrapy, site)
        [later] = scrapy.find("sites")
        assert later["robots"]["fetched_at"] >= first["robots"]["fetched_at"]


def test_what_is_remembered_is_obeyed(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1}}, {"post": "posts"})) as site:
        assert crawl(scrapy, site)
        assert scrapy.find("sites")[0]["robots"]["status"] == 404
        change(scrapy, {"robots.status": 200, "robots.text": "User-agent: *\nCrawl-delay: 0.3\nDisallow: /\n"})
        site.asked.clear()
        outcome = scrapy.crawl("wordpress", site=site.origin)
        assert outcome.status == 4
        assert "is asked once in 0.3 s, as its robots.txt wants" in outcome.err
        assert site.asked == []
