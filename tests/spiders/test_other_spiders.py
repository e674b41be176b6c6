"""``scrapy crawl navigation`` and ``category``."""

import pytest

from demo.content import demo_site
from demo.server import serve
from demo.site import DemoSite
from tests.spiders.running import Scrapy


@pytest.mark.parametrize(("direction", "count"), [("both", 42), ("older", 32), ("newer", 11)])
def test_navigation_walks_the_chain(scrapy: Scrapy, direction: str, count: int) -> None:
    site = demo_site()
    with serve(site, "block") as served:
        start = site.public_posts[10]
        outcome = scrapy.crawl("navigation", url=served.origin + start.path, direction=direction)
        assert outcome.status == 0, outcome.err
    chain = [post.id for post in site.public_posts]
    wanted = {"both": chain, "older": chain[10:], "newer": chain[:11]}[direction]
    assert sorted(article["wp_id"] for article in scrapy.find()) == sorted(wanted)
    assert len(wanted) == count


def test_navigation_stops_at_its_limit(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        scrapy.crawl("navigation", url=f"{served.url}?p={site.public_posts[0].id}", limit="3")
    assert [article["wp_id"] for article in scrapy.find()] == [post.id for post in site.public_posts[:3]]


def below(site: DemoSite, slug: str) -> set[str]:
    """The names of all categories below one: WordPress's archives include their posts."""
    children = [term for term in site.categories.values() if term.parent == slug]
    return {name for term in children for name in (term.name, *below(site, term.slug))}


@pytest.mark.parametrize("theme", ["pressbook", "block", "bare", "loadmore"])
def test_category_stores_the_posts_of_the_archive_and_no_others(scrapy: Scrapy, theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        assert scrapy.crawl("category", url=f"{served.url}category/town/").status == 0
    wanted = {post.id for post in site.public_posts if {"Town", *below(site, "town")} & set(post.categories)}
    assert {article["wp_id"] for article in scrapy.find()} == wanted


def test_an_author_archive_is_an_archive_too(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        scrapy.crawl("category", url=f"{served.url}author/anselm-roth/", limit="50")
    wanted = {post.id for post in site.public_posts if post.authors == ["Anselm Roth"]}
    assert {article["wp_id"] for article in scrapy.find()} == wanted


def test_category_says_that_a_post_is_no_archive(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        outcome = scrapy.crawl("category", url=served.origin + site.public_posts[0].path)
    assert outcome.status == 6
    assert "is a post, not a category or other archive" in outcome.err
    assert "skipped       1 (wrong_start 1)" in outcome.out
    assert scrapy.find() == []


def test_navigation_says_that_an_archive_is_no_post(scrapy: Scrapy) -> None:
    with serve(demo_site(), "classic") as served:
        outcome = scrapy.crawl("navigation", url=f"{served.url}category/town/")
    assert outcome.status == 6
    assert "is no post (archive), and has no neighbours" in outcome.err
    assert scrapy.find() == []
