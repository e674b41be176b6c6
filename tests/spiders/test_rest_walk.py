"""``scrapy crawl wordpress`` on sites that have a REST API: post types, WordPress.com, languages."""

from datetime import UTC, datetime, timedelta

from crawler.storage.connect import connect
from tests.hostile.server import Page
from tests.spiders.rest_site import RestSite, serve, serve_hosted
from tests.spiders.running import Document, Scrapy

BASES = {"post": "posts", "page": "pages", "product": "catalogue"}
HOUR = 3600


def shop(**more: object) -> RestSite:
    posts = {"post": {1: 10, 2: 20}, "page": {3: 30}, "product": {4: 5, 5: 40 * HOUR}}
    return RestSite(posts=posts, bases=BASES, **more)  # type: ignore[arg-type]  # the fields by their names


def kinds(scrapy: Scrapy) -> dict[int, str]:
    return {article["wp_id"]: article["type"] for article in scrapy.find()}


def record(scrapy: Scrapy) -> Document:
    (found,) = scrapy.find("sites")
    return found


def report(scrapy: Scrapy) -> Document:
    (told,) = scrapy.last_run()["sites"]
    found: Document = told
    return found


def sitemap(root: str, *urls: str) -> Page:
    entry = "url" if root == "urlset" else "sitemap"
    listed = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    body = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'
    return Page(body.encode(), headers={"Content-Type": "application/xml"})


def test_without_types_only_posts_are_asked_for(scrapy: Scrapy) -> None:
    with serve(shop()) as site:
        assert scrapy.crawl("wordpress", site=site.origin).status == 0
        assert kinds(scrapy) == {1: "post", 2: "post"}
        assert not [path for path in site.asked if "/types" in path or "catalogue" in path]
    assert "types" not in record(scrapy)


def test_each_type_is_walked_and_the_newest_of_all_is_the_cursor(scrapy: Scrapy) -> None:
    with serve(shop()) as site:
        assert scrapy.crawl("wordpress", site=site.origin, types="post,product").status == 0
        assert kinds(scrapy) == {1: "post", 2: "post", 4: "product", 5: "product"}
        assert sum(path.startswith("/wp-json/wp/v2/types") for path in site.asked) == 1
        assert report(scrapy)["complete"] is True
        started = datetime.fromtimestamp(1_750_000_000, UTC)
        assert record(scrapy)["cursor"]["modified"] == started + timedelta(hours=40)
        assert record(scrapy)["types"] == ["post", "product"]

        site.posts["product"] |= {4: 41 * HOUR, 6: 42 * HOUR}
        site.texts[4] = "Sold out, alas, until the next barge comes."
        site.asked.clear()
        assert scrapy.crawl("wordpress", site=site.origin, types="post,product").status == 0
    assert report(scrapy)["full"] is False
    assert kinds(scrapy)[6] == "product"
    (changed,) = scrapy.find(query={"wp_id": 4})
    assert (changed["revision"], changed["text"]) == (1, "Sold out, alas, until the next barge comes.")
    assert all("after=" in path for path in site.asked if "catalogue" in path)
    assert sum(path.startswith("/wp-json/wp/v2/types") for path in site.asked) == 1


def test_other_types_than_before_are_asked_for_from_the_beginning(scrapy: Scrapy) -> None:
    with serve(shop()) as site:
        scrapy.crawl("wordpress", site=site.origin)
        assert scrapy.crawl("wordpress", site=site.origin, types="product").status == 0
    assert report(scrapy)["full"] is True
    assert kinds(scrapy) == {1: "post", 2: "post", 4: "product", 5: "product"}
    assert not [one for one in scrapy.find() if "missing_since" in one]


def test_a_site_that_is_due_is_asked_for_the_types_of_before(scrapy: Scrapy) -> None:
    with serve(shop()) as site:
        assert scrapy.run("sites", "add", site.origin).status == 0
        assert scrapy.crawl("wordpress", site=site.origin, types="post,product").status == 0
        site.posts["product"][6] = 41 * HOUR
        with connect(scrapy.uri) as client:
            client[scrapy.database_name]["sites"].update_one({}, {"$set": {"next_due_at": datetime.now(UTC)}})
        assert scrapy.crawl("wordpress", due="1").status == 0
    assert report(scrapy)["full"] is False
    assert kinds(scrapy)[6] == "product"
    assert record(scrapy)["types"] == ["post", "product"]


def test_a_type_that_rest_does_not_show_is_looked_for_in_sitemaps(scrapy: Scrapy) -> None:
    site = shop()
    site.posts["event"] = {7: 50, 8: 60}
    with serve(site):
        names = ("post", "event", "page", "rival")
        files = [f"{site.origin}wp-sitemap-posts-{name}-1.xml" for name in names]
        site.pages["/wp-sitemap.xml"] = sitemap("sitemapindex", *files)
        site.pages["/wp-sitemap-posts-post-1.xml"] = sitemap("urlset", f"{site.origin}post-1/")
        site.pages["/wp-sitemap-posts-event-1.xml"] = sitemap("urlset", *[f"{site.origin}event-{n}/" for n in (7, 8)])
        outcome = scrapy.crawl("wordpress", site=site.origin, types="post,event")
    assert outcome.status == 0
    assert "does not show posts of the type event (not_shown)" in outcome.err
    assert kinds(scrapy) == {1: "post", 2: "post", 7: "event", 8: "event"}
    assert scrapy.last_run()["counts"]["skipped"]["type_not_in_rest"] == 1
    assert report(scrapy)["complete"] is True
    assert not [path for path in site.asked if "page-1.xml" in path or "rival" in path]


def test_a_type_that_nothing_tells_of_is_missing(scrapy: Scrapy) -> None:
    with serve(shop()) as site:
        scrapy.crawl("wordpress", site=site.origin, types="post,event")
    assert report(scrapy)["why"] == ["no route tells of posts of the type event"]


def hosted_site(scrapy: Scrapy, site: RestSite, api: str) -> int:
    return scrapy.crawl("wordpress", "-s", f"WPCOM_API={api}rest/v1.1/sites", site=site.origin).status


def test_a_site_at_wordpress_com_is_read_from_its_api(scrapy: Scrapy) -> None:
    posts = {"post": {1: 10, 2: 20, 3: 30 * HOUR}}
    site = RestSite(posts=posts, bases=None, generator="WordPress.com")
    with serve(site), serve_hosted(site) as api:
        assert hosted_site(scrapy, site, api.url) == 0
        assert kinds(scrapy) == dict.fromkeys((1, 2, 3), "post")
        assert {one["source"]["route"] for one in scrapy.find()} == {"wpcom"}
        assert {tuple(one["categories"]) for one in scrapy.find()} == {("World",)}
        assert record(scrapy)["offers"]["rest"]["url"] == f"{api.url}rest/v1.1/sites/127.0.0.1"
        assert (report(scrapy)["route"], report(scrapy)["complete"]) == ("rest", True)
        assert [path for path in api.asked if path == "/robots.txt"] == ["/robots.txt"]
        assert not [path for path in site.asked if path.startswith("/post-")]


def test_the_api_of_wordpress_com_is_asked_again_only_for_what_changed(scrapy: Scrapy) -> None:
    posts = {"post": {1: 10, 2: 20, 3: 30 * HOUR}}
    site = RestSite(posts=posts, bases=None, generator="WordPress.com")
    with serve(site), serve_hosted(site) as api:
        feed = b'<rss version="2.0"><channel><item><guid>1</guid><link>/post-1/</link></item></channel></rss>'
        site.pages["/feed/"] = Page(feed, headers={"Content-Type": "application/rss+xml"})
        hosted_site(scrapy, site, api.url)
        site.posts["post"][4] = 31 * HOUR
        api.asked.clear()
        site.asked.clear()
        assert hosted_site(scrapy, site, api.url) == 0
        assert report(scrapy)["full"] is False
        assert kinds(scrapy) == dict.fromkeys((1, 2, 3, 4), "post")
        (asked,) = [path for path in api.asked if "/posts/" in path]
        assert "modified_after=" in asked
        assert not [path for path in site.asked if "wp-json" in path]


def test_robots_txt_of_wordpress_com_is_obeyed(scrapy: Scrapy) -> None:
    site = RestSite(posts={"post": {1: 10}}, bases=None, generator="WordPress.com")
    with serve(site), serve_hosted(site, b"User-agent: *\nDisallow: /rest/\n") as api:
        hosted_site(scrapy, site, api.url)
        assert api.asked == ["/robots.txt"]
    assert report(scrapy)["routes"]["rest"] == {"state": "refused", "reason": "robots"}


def test_what_the_home_page_states_is_the_language_of_posts_that_do_not_tell(scrapy: Scrapy) -> None:
    bulgarian = "Фериботът потегли от кея в шест часа сутринта, час преди мъглата да падне над залива."
    korean = "페리는 아침 여섯 시에 부두를 떠났고 한 시간 뒤에 안개가 강어귀에 내려앉았다."
    site = RestSite({"post": {1: 10, 2: 20, 3: 30}}, BASES, language="bg-BG", texts={1: bulgarian, 2: korean})
    with serve(site):
        scrapy.crawl("wordpress", site=site.origin)
        site.posts["post"][4] = 9 * HOUR
        scrapy.crawl("wordpress", site=site.origin)
    assert (record(scrapy)["home"], record(scrapy)["language"]) == (site.origin, "bg-BG")
    assert {one["wp_id"]: one["language"] for one in scrapy.find()} == {1: "bg-BG", 2: "ko", 3: "bg-BG", 4: "bg-BG"}
