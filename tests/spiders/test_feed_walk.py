"""``scrapy crawl wordpress -a routes=feed``: whole articles, with the terms that a feed does not tell apart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.urls import canonical_url
from demo.content import demo_site
from demo.server import Served, serve
from demo.site import DemoSite
from demo.truth import PublicPost
from tests.hostile.server import Page, serve_pages
from tests.spiders.running import Document, Scrapy

LONG = "a-long-walk-around-the-town-wall"
"""The post of several pages."""


def stored(scrapy: Scrapy) -> dict[int, Document]:
    return {article["wp_id"]: article for article in scrapy.find()}


def pages_read_for_terms(scrapy: Scrapy, served: Served) -> list[str]:
    """The pages that were fetched of posts whose text the feed has whole."""
    whole = {canonical_url(article["url"]) for article in by_feed(scrapy)}
    return [url for hit in served.requests if (url := canonical_url(served.origin + hit.path)) in whole]


def by_feed(scrapy: Scrapy) -> list[Document]:
    """Very short posts are not among them: their feed entries may be excerpts."""
    return [article for article in scrapy.find() if article["source"]["read_from"] == "feed"]


def terms(article: Document) -> tuple[list[str], list[str]]:
    return article["categories"], article["tags"]


def truth(site: DemoSite) -> dict[int, PublicPost]:
    return {post.id: post for post in site.public_posts}


@pytest.mark.parametrize("theme", ["pressbook", "bare"])
def test_pages_are_read_only_for_names_that_are_not_known(scrapy: Scrapy, theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        assert scrapy.crawl("wordpress", site=served.url, routes="feed").status == 0
        articles, posts = stored(scrapy), truth(site)
        assert articles.keys() == posts.keys()
        for wp_id, article in articles.items():
            post = posts[wp_id]
            assert (sorted(article["categories"]), sorted(article["tags"])) == (
                sorted(post.categories),
                sorted(post.tags),
            )
        names = {name for post in posts.values() for name in (*post.categories, *post.tags)}
        read = pages_read_for_terms(scrapy, served)
        assert len(set(read)) == len(read) < len(names) < len(by_feed(scrapy)) < len(posts)


def test_names_of_stored_articles_need_no_page(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        scrapy.crawl("wordpress", site=served.url, routes="feed")
        before = stored(scrapy)
        served.requests.clear()
        new = site.public_posts[0]
        site.add(replace(site.posts[new.id], id=7001, slug="another-one", date=new.published_at + timedelta(hours=1)))
        assert scrapy.crawl("wordpress", site=served.url, routes="feed").status == 0
        added = stored(scrapy)[7001]
        assert terms(added) == terms(before[new.id])
        assert added["source"]["read_from"] == "feed"
        assert pages_read_for_terms(scrapy, served) == []


def test_a_post_of_several_pages_is_read_from_its_pages(scrapy: Scrapy) -> None:
    site = demo_site()
    (post,) = [post for post in site.public_posts if post.path.endswith(f"/{LONG}/")]
    with serve(site, "classic") as served:
        scrapy.crawl("wordpress", site=served.url, routes="feed")
        article = stored(scrapy)[post.id]
        assert (article["page_count"], article["text"].split("\n\n")) == (post.page_count, post.paragraphs)
        scrapy.crawl("wordpress", site=served.url, routes="feed")
        assert stored(scrapy)[post.id]["revision"] == 0
        site.edit(post.id, title="A longer walk")
        scrapy.crawl("wordpress", site=served.url, routes="feed")
        edited = stored(scrapy)[post.id]
        assert (edited["title"], edited["text"], edited["page_count"]) == (
            "A longer walk", article["text"], post.page_count,
        )  # fmt: skip


@pytest.fixture
def repeating() -> Callable[[str], dict[str, Page]]:
    """A site whose feed answers every page number with the same post."""

    def feed(*items: str) -> Page:
        head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
        body = f"{head}{''.join(items)}</channel></rss>".encode()
        return Page(body, headers={"Content-Type": "application/rss+xml"})

    def pages(origin: str) -> dict[str, Page]:
        def item(title: str, number: int) -> str:
            return (
                f"<item><title>{title}</title><link>{origin}{title.lower()}/</link><guid>{origin}?p={number}</guid>"
                "<content:encoded>&lt;p&gt;The ferry left at six.&lt;/p&gt;</content:encoded></item>"
            )

        home = (
            b'<html><head><meta name="generator" content="WordPress 7.1"></head><body class="home blog">'
            b'<a rel="category" href="/category/sea/">Sea</a></body></html>'
        )
        same, of_category = feed(item("Fog", 7)), feed(item("Fog", 7), item("Quay", 3))
        return {"/": Page(home), "/feed/": same, "/feed/?paged=2": same, "/category/sea/feed/": of_category}

    return pages


def test_a_feed_without_further_pages_is_not_the_whole_site_and_those_of_categories_tell_more(
    scrapy: Scrapy, repeating: Callable[[str], dict[str, Page]]
) -> None:
    served: dict[str, Page] = {}
    with serve_pages(served) as url:
        served.update(repeating(url))
        scrapy.crawl("wordpress", site=url, routes="feed")
    (told,) = scrapy.last_run()["sites"]
    assert told["routes"]["feed"] == {"state": "partial", "reason": "same_page_again"}
    assert [article["title"] for article in scrapy.find()] == ["Fog", "Quay"]
    assert scrapy.last_run()["counts"]["articles"]["found"] == 2
