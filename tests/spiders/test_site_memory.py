"""What a crawl keeps of a site for the next one, and what not: the record, end to end."""

import time
from datetime import UTC, datetime, timedelta

from crawler.storage.connect import connect
from tests.hostile.server import Page, serve_answers
from tests.spiders.faults import raising_at
from tests.spiders.rest_site import RestSite, serve
from tests.spiders.running import Document, Scrapy

POSTS = {wp_id: wp_id for wp_id in range(1, 6)}
XML = {"Content-Type": "application/xml"}


def record(scrapy: Scrapy, site: RestSite) -> Document:
    """What is remembered of a site, if anything is."""
    name = site.origin.removeprefix("http://").strip("/")
    return next((one for one in scrapy.find("sites") if one["_id"] == name), {})


def stored(scrapy: Scrapy, site: RestSite) -> set[int]:
    """The ids of the stored posts of a site."""
    return {one["wp_id"] for one in scrapy.find() if one["url"].startswith(site.origin) and "wp_id" in one}


def refuse(scrapy: Scrapy, url: str) -> None:
    """Let the database refuse an article: another one has its identity, and was put there by nobody's crawl."""
    with connect(scrapy.uri) as client:
        articles = client[scrapy.database_name]["articles"]
        articles.create_index("url", unique=True)
        articles.insert_one({"url": url, "url_keys": []})


def map_posts(site: RestSite) -> None:
    """Give a site that is served a sitemap of its posts."""
    urls = "".join(f"<url><loc>{site.origin}post-{wp_id}/</loc></url>" for wp_id in site.posts["post"])
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    site.pages["/post-sitemap.xml"] = site.pages["/wp-sitemap.xml"] = Page(body.encode(), headers=XML)


def test_nothing_is_learned_from_a_crawl_in_which_a_callback_raised(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": dict(POSTS)}, None)) as site:
        map_posts(site)
        assert scrapy.crawl("wordpress", *raising_at("/post-3/"), site=site.origin).status == 3
        assert stored(scrapy, site) == {1, 2, 3, 4, 5}
        kept = record(scrapy, site)
        assert kept["health"] == {"failures": 1, "last_error": "exception"}
        assert not {"swept_at", "complete", "cursor", "validators", "offers"} & kept.keys()
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert record(scrapy, site)["complete"]["value"] is True


def test_a_crawl_that_raised_leaves_the_record_of_the_one_before(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1}}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        before = record(scrapy, site)
        site.posts["post"][2] = 2
        site.asked.clear()
        assert scrapy.crawl("wordpress", *raising_at("modified_after="), site=site.origin).status == 3
        first = site.asked[0]
        after = record(scrapy, site)
        changed = {"health", "checked_at", "next_due_at", "interval_seconds"}
        assert {key for key in before | after if before.get(key) != after.get(key)} <= changed
        site.asked.clear()
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert site.asked[0] == first
        assert stored(scrapy, site) == {1, 2}


def test_a_site_of_which_no_route_went_to_its_end_is_not_swept(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1}}, None)) as site:
        scrapy.crawl("wordpress", site=site.origin, routes="rest")
        assert "swept_at" not in record(scrapy, site)


def test_what_one_site_cannot_have_stored_is_not_forgotten_of_the_other(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": dict(POSTS)}, {"post": "posts"})) as well, serve(RestSite({"post": {}}, None)) as ill:
        ill.posts["post"] = {1: 1, 2: 2}
        map_posts(ill)
        refuse(scrapy, f"{ill.origin}post-2/")
        assert scrapy.crawl("wordpress", site=f"{well.origin},{ill.origin}").status == 7
        assert (stored(scrapy, well), stored(scrapy, ill)) == ({1, 2, 3, 4, 5}, {1})
        assert record(scrapy, well)["complete"]["value"] is True
        assert record(scrapy, ill)["health"] == {"failures": 1, "last_error": "not_stored"}
        assert "swept_at" not in record(scrapy, ill)


def test_an_article_too_large_for_mongodb_is_skipped_and_the_next_crawl_is_no_whole_one(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1, 2: 2}}, {"post": "posts"})) as site:
        site.texts[2] = "nine megabytes of words " * 375_000
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert scrapy.last_run()["counts"]["skipped"] == {"too_large_to_store": 1}
        assert stored(scrapy, site) == {1}
        assert record(scrapy, site)["swept_at"]
        site.asked.clear()
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert [one for one in site.asked if "modified_after" in one]
        assert not [one for one in site.asked if "orderby=id" in one or one == "/"]


def test_after_more_failed_pages_than_are_remembered_the_next_crawl_is_a_whole_one(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {wp_id: wp_id for wp_id in range(1, 106)}}, None)) as site:
        map_posts(site)
        down = [f"/post-{wp_id}/" for wp_id in range(5, 106)]
        site.pages |= dict.fromkeys(down, Page(status=500))
        assert scrapy.crawl("wordpress", "-s", "RETRY_TIMES=0", site=site.origin).status == 3
        assert len(record(scrapy, site)["unread"]) == 100
        assert not {"swept_at", "cursor"} & record(scrapy, site).keys()
        for path in down:
            del site.pages[path]
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert stored(scrapy, site) == set(range(1, 106))
        assert record(scrapy, site)["complete"]["value"] is True


def test_what_is_seen_is_seen_up_to_when_the_crawl_began(scrapy: Scrapy) -> None:
    asked_at: list[datetime] = []

    def slow(target: str) -> Page | None:
        asked_at.append(datetime.now(UTC))
        time.sleep(1.5 if target.startswith("/post-1/") else 0)
        return site.answer(target)

    site = RestSite({"post": {1: 1, 2: 2}}, None)
    with serve_answers(slow) as site.origin:
        map_posts(site)
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
    kept = record(scrapy, site)
    assert kept["cursor"].keys() == {"sitemap"}
    assert kept["cursor"]["sitemap"] <= min(at for at in asked_at) + timedelta(seconds=1) < kept["checked_at"]


def test_a_crawl_by_rest_knows_what_was_published_and_nothing_of_sitemaps(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": {1: 1}}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        kept = record(scrapy, site)
        assert kept["cursor"].keys() == {"modified", "published"}
        assert kept["cursor"]["published"] <= kept["checked_at"]
        site.asked.clear()
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        since = f"after={kept['cursor']['published'] - timedelta(minutes=65, seconds=1):%Y-%m-%dT%H:%M:%SZ}"
        assert [one for one in site.asked if "orderby=date" in one and since in one]


def test_what_has_changed_of_a_site_and_that_it_keeps_crawlers_out_is_told_once(scrapy: Scrapy) -> None:
    with serve(RestSite({"post": dict(POSTS)}, {"post": "posts"})) as site:
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert scrapy.find("events", {"type": {"$regex": "^site"}}) == [], "nothing was known of it before"
        map_posts(site)
        site.bases = None
        assert scrapy.crawl("wordpress", site=site.origin, full="1").status == 0
        site.pages["/"] = Page(b"no", status=403)
        for _ in range(2):
            assert scrapy.crawl("wordpress", site=site.origin, full="1").status == 4
        changed, blocked = sorted(scrapy.find("events", {"type": {"$regex": "^site"}}), key=lambda one: one["seq"])
        name = site.origin.removeprefix("http://").strip("/")
        assert (changed["type"], changed["site"]) == ("site.changed", name)
        assert {"route", "offers.rest"} <= set(changed["fields"])
        assert (blocked["type"], blocked["site"], blocked["reason"]) == ("site.blocked", name, "http_403")
        assert blocked["at"] == record(scrapy, site)["health"]["blocked_since"]
