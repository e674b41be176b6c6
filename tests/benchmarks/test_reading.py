"""The reader on every theme of the demo: what the theme shows is read exactly."""

import pytest

from crawler.items import Article
from crawler.reading import parse_page, read_pages
from demo.content import demo_site
from demo.paths import post_path
from demo.server import Served
from demo.site import DemoSite
from demo.themes import THEMES
from demo.truth import PublicPost, public_posts

ORIGIN = "http://demo.example"


def demo(theme: str) -> Served:
    site = demo_site()
    site.front_page = THEMES[theme].front_page
    return Served(site, THEMES[theme], ORIGIN)


def read(served: Served, post: PublicPost) -> Article:
    paths = [post.path, *(f"{post.path}{number}/" for number in range(2, post.page_count + 1))]
    answers = {path: served.answer(path) for path in paths}
    assert {status for status, _, _ in answers.values()} == {200}
    return read_pages([parse_page(body, ORIGIN + path, headers) for path, (_, headers, body) in answers.items()])


def neighbours(site: DemoSite, post: PublicPost, theme: str) -> tuple[str | None, str | None]:
    """The posts that the theme links: none, those in time, or those in time of the same category."""
    if theme == "bare":
        return None, None
    older, newer = site.neighbours(site.posts[post.id], same_category=theme == "incategory")
    return (ORIGIN + post_path(site, older) if older else None), (ORIGIN + post_path(site, newer) if newer else None)


@pytest.mark.parametrize("theme", THEMES)
def test_every_field_that_a_theme_shows_is_exact(theme: str) -> None:
    served = demo(theme)
    posts = public_posts(served.site)
    assert len(posts) > 20
    for post in posts:
        article = read(served, post)
        assert (article.wp_id, article.title, article.language) == (post.id, post.title, post.language)
        assert (article.published_at, article.modified_at) in (
            (post.published_at, post.modified_at),
            (post.published_at, None),  # shown only where the post was edited later
        )
        assert article.authors == post.authors
        assert article.categories == post.categories
        assert sorted(article.tags) == sorted(post.tags)
        assert (article.previous_url, article.next_url) == neighbours(served.site, post, theme)
        assert article.page_count == post.page_count


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_whole_and_nothing_else(theme: str) -> None:
    served = demo(theme)
    for post in public_posts(served.site):
        article = read(served, post)
        assert (article.text or "").split("\n\n") == (post.paragraphs or [""]), post.path
        assert (article.access == "password") is post.password


@pytest.mark.parametrize("theme", THEMES)
def test_comments_are_counted_where_they_are_shown(theme: str) -> None:
    served = demo(theme)
    for post in public_posts(served.site):
        if not post.password:
            assert read(served, post).comment_count == post.comment_count, post.path
