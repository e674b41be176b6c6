"""Each theme shows the posts, their neighbours and their archives in the manner of its family."""

import pytest

from demo.content import demo_site
from demo.server import serve
from demo.themes import THEMES
from tests.demo.asking import body_classes, hrefs, status, tree

STICKY = "/2024/11/20/council-meets-in-the-dark/"


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_every_post(theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        for post in site.public_posts:
            page = tree(served, post.path)
            title = " ".join(page.cssselect("h1.entry-title, h1.wp-block-post-title")[0].text_content().split())
            assert title == ("Protected: " if post.password else "") + post.title
            assert all(line in " ".join(page.text_content().split()) for line in post.paragraphs[:1])
            assert len(page.cssselect("li.comment")) == min(post.comment_count, 2 if post.comment_count == 7 else 5)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_links_the_neighbours_it_should(theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        post = next(post for post in site.public_posts if post.id == 106)
        page = tree(served, post.path)
        previous, following = hrefs(page, "a[rel=prev]"), hrefs(page, "a[rel=next]")
        if theme == "bare":
            assert (previous, following) == ([], [])
        elif theme == "incategory":
            older, newer = site.neighbours(site.posts[post.id], same_category=True)
            assert older and newer
            assert [older.slug in previous[0], newer.slug in following[0]] == [True, True]
        else:
            assert post.previous_path and post.next_path
            assert previous == [served.origin + post.previous_path]
            assert following == [served.origin + post.next_path]


@pytest.mark.parametrize("theme", sorted(THEMES.keys() - {"chain"}))
def test_archives_page_through_all_posts(theme: str) -> None:
    site = demo_site()
    with serve(site, theme) as served:
        listed: list[str] = []
        for number in range(1, 6):
            page = tree(served, "/" if number == 1 else f"/page/{number}/")
            listed += hrefs(page, ".hentry h2 a, .hentry h3 a")
        assert {served.origin + post.path for post in site.public_posts} == set(listed)
        assert listed.index(served.origin + STICKY) == 1, "sticky posts come first"
        assert listed.count(served.origin + STICKY) == 2, "and again in their place"
        assert status(served, "/page/6/") == 404


def test_a_static_front_page_lists_nothing() -> None:
    with serve(demo_site(), "chain") as served:
        page = tree(served, "/")
        assert body_classes(page)[0] == "home"
        assert page.cssselect(".front-teaser a")
        assert not tree(served, "/category/town/").cssselect("main a")
