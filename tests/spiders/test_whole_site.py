"""``scrapy crawl wordpress``: every public post of the demo site once, whatever its theme shows of it."""

import pytest

from crawler.urls import canonical_url
from demo.content import demo_site
from demo.server import Served, serve
from demo.site import DemoSite
from demo.truth import PublicPost
from tests.spiders.running import Document, Scrapy

THEMES = ("pressbook", "classic", "block", "bare", "chain", "loadmore", "incategory")

PAGES = "archive,navigation"
"""The routes over pages alone, which every site has."""

WITHOUT_DATES = frozenset({"block", "bare"})
"""Themes whose posts need not carry a time of publication."""


def path_of(served: Served, url: str | None) -> str | None:
    return url.removeprefix(served.origin) if url else None


def expected_path(served: Served, path: str | None) -> str | None:
    return canonical_url(served.origin + path).removeprefix(served.origin) if path else None


def check_article(served: Served, article: Document, post: PublicPost, theme: str) -> None:
    """What an article says against the truth; a field that a theme does not show may be absent, never wrong."""
    assert article["title"] == post.title
    assert path_of(served, article["url"]) == expected_path(served, post.path)
    assert article["type"] == "post"
    assert article.get("published_at") in ({post.published_at, None} if theme in WITHOUT_DATES else {post.published_at})
    assert article["authors"] in ([post.authors] if theme not in WITHOUT_DATES else [post.authors, []])
    assert article["access"] == ("password" if post.password else "open")
    assert article["page_count"] == (1 if post.password else post.page_count)
    neighbours = {path_of(served, article.get(name)) for name in ("previous_url", "next_url")} - {None}
    assert theme == "incategory" or neighbours <= {
        expected_path(served, path) for path in (post.previous_path, post.next_path)
    }


@pytest.mark.parametrize("theme", THEMES)
def test_every_public_post_is_stored_once_with_every_theme(scrapy: Scrapy, theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        outcome = scrapy.crawl("wordpress", site=served.url, routes=PAGES)
        assert outcome.status == 0, outcome.err
        articles = {article["wp_id"]: article for article in scrapy.find()}
        assert len(articles) == len(scrapy.find())
        assert articles.keys() == {post.id for post in site.public_posts}
        for post in site.public_posts:
            check_article(served, articles[post.id], post, theme)


def test_what_the_users_example_shows_is_read_exactly(scrapy: Scrapy) -> None:
    """The PressBook kind of page: date, author, no comments, category, neighbours, and a text without the rest."""
    site = demo_site()
    with serve(site, "pressbook") as served:
        scrapy.crawl("wordpress", site=served.url, routes=PAGES)
        articles = {article["wp_id"]: article for article in scrapy.find()}
        for post in site.public_posts:
            article = articles[post.id]
            assert article["published_at"] == post.published_at
            assert article["authors"] == post.authors
            assert article["categories"] == post.categories
            assert article["tags"] == post.tags
            assert article.get("comment_count") == post.comment_count
            assert path_of(served, article.get("previous_url")) == expected_path(served, post.previous_path)
            assert path_of(served, article.get("next_url")) == expected_path(served, post.next_path)
            text = article.get("text") or ""
            assert text.split("\n\n") == post.paragraphs or (post.password and text == "")


def test_every_url_is_fetched_once_and_only_what_a_reader_would(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        scrapy.crawl("wordpress", site=served.url, routes=PAGES)
        paths = [hit.path for hit in served.requests]
    assert len(paths) == len(set(paths))
    assert paths[0] == "/robots.txt"
    forbidden = ("replytocom", "wp-login", "wp-admin", "/feed", "?s=", "wp-json", "comment-page", "share=")
    assert [path for path in paths if any(part in path for part in forbidden)] == []


@pytest.mark.parametrize(
    ("permalinks", "home_path"),
    [("", ""), ("/archives/%post_id%", ""), ("/%category%/%postname%.html", ""), ("/index.php/%postname%/", "/blog")],
)
def test_permalinks_and_folders_make_no_difference(scrapy: Scrapy, permalinks: str, home_path: str) -> None:
    site = demo_site(permalinks=permalinks, home_path=home_path)
    with serve(site, "classic") as served:
        assert scrapy.crawl("wordpress", site=served.url, routes=PAGES).status == 0
        articles = scrapy.find()
        assert sorted(article["wp_id"] for article in articles) == sorted(post.id for post in site.public_posts)
        assert {article["site"] for article in articles} == {served.url.removeprefix("http://").rstrip("/")}


def test_limit_and_period(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        assert scrapy.crawl("wordpress", site=served.url, routes=PAGES, limit="5").status == 0
        assert len(scrapy.find()) == 5
        scrapy.crawl("wordpress", site=served.url, routes=PAGES, since="2025-03-01", until="2025-06-16")
    wanted = {post.id for post in site.public_posts if "2025-03-01" <= f"{post.published_at:%F}" <= "2025-06-16"}
    seen = {article["wp_id"] for article in scrapy.find() if article["last_seen_at"] >= scrapy.last_run()["started_at"]}
    assert seen == wanted


def test_two_sites_with_the_same_ids_and_one_that_is_no_wordpress(scrapy: Scrapy, plain_site: str) -> None:
    first, second = demo_site(), demo_site()
    with serve(first, "classic") as one, serve(second, "block") as two:
        outcome = scrapy.crawl("wordpress", site=f"{one.url},{two.url},{plain_site}", limit="4")
    assert outcome.status == 3
    assert f"{plain_site} is not a WordPress site: looked for" in outcome.err
    assert len({(article["site"], article["wp_id"]) for article in scrapy.find()}) == 8


def one_article(scrapy: Scrapy, wp_id: int) -> Document:
    (article,) = scrapy.find(query={"wp_id": wp_id})
    return article


def crawl_again(scrapy: Scrapy, served: Served) -> Document:
    assert scrapy.crawl("wordpress", site=served.url, routes=PAGES).status == 0
    counts: Document = scrapy.last_run()["counts"]["articles"]
    return {name: count for name, count in counts.items() if count and name not in ("found", "unchanged")}


def changed_site(site: DemoSite) -> tuple[PublicPost, PublicPost, PublicPost]:
    """Edit one post, rename another, delete a third."""
    edited, renamed, deleted = site.public_posts[3], site.public_posts[6], site.public_posts[9]
    site.edit(edited.id, body="Corrected: the clock was right after all.", title="The clock was right")
    site.reslug(renamed.id, "a-better-name")
    site.delete(deleted.id)
    return edited, renamed, deleted


def test_a_second_crawl_changes_nothing_and_a_third_what_the_site_changed(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "classic") as served:
        scrapy.crawl("wordpress", site=served.url, routes=PAGES)
        before = scrapy.find()
        assert crawl_again(scrapy, served) == {}
        varying = {"last_seen_at": None}
        assert [article | varying for article in before] == [article | varying for article in scrapy.find()]
        edited, renamed, deleted = changed_site(site)
        former = {article["wp_id"]: article for article in before}

        changes = crawl_again(scrapy, served)
        assert changes["changed"] == 2
        now = one_article(scrapy, edited.id)
        assert (now["title"], now["text"]) == ("The clock was right", "Corrected: the clock was right after all.")
        assert now["revision"] == 1
        (revision,) = scrapy.find("revisions", {"article_id": now["_id"]})
        assert revision["text"] == former[edited.id]["text"]
        assert revision["title"] == edited.title
        assert {"title", "text"} <= set(revision["changed"])
        moved = one_article(scrapy, renamed.id)
        assert moved["url"].endswith("/a-better-name/")
        assert former[renamed.id]["url"] in moved["aliases"]
        assert "gone_at" not in one_article(scrapy, deleted.id)

        assert crawl_again(scrapy, served) == {"gone": 1}
        gone = one_article(scrapy, deleted.id)
        assert gone["gone_at"] == gone["last_changed_at"]
        assert gone["text"] == former[deleted.id]["text"]
        assert crawl_again(scrapy, served) == {}
        kinds = [event["type"] for event in scrapy.find("events", {"article_id": gone["_id"]})]
        assert kinds == ["article.added", "article.gone"]


def test_navigation_alone_goes_from_what_the_home_page_lists_to_both_ends(scrapy: Scrapy) -> None:
    site = demo_site()
    with serve(site, "chain") as served:
        assert scrapy.crawl("wordpress", site=served.url, routes="navigation").status == 0
    articles = scrapy.find()
    assert {article["wp_id"] for article in articles} == {post.id for post in site.public_posts}
    assert {article["source"]["route"] for article in articles} == {"navigation"}
    told = scrapy.last_run()["sites"][0]
    assert (told["route"], told["complete"]) == ("navigation", True)
