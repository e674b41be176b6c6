"""WordPress's marks: signs, home, id, type, theme, names."""

import pytest

from crawler.reading.page import Page, parse_page
from crawler.reading.wordpress import generator, home_url, post_type, site_names, theme, wordpress_signs, wp_id


def _page(head: str = "", body: str = "", classes: str = "", headers: dict[str, str] | None = None) -> Page:
    text = f'<html><head>{head}</head><body class="{classes}">{body}</body></html>'
    return parse_page(text, "https://example.org/blog/bridge/", headers)


@pytest.mark.parametrize(
    ("page", "sign"),
    [
        (_page('<meta name="generator" content="WordPress 6.8">'), "generator meta"),
        (_page('<link rel="https://api.w.org/" href="/wp-json/">'), "api.w.org link"),
        (_page(headers={"Link": '</wp-json/>; rel="https://api.w.org/"'}), "api.w.org link"),
        (_page('<link rel="stylesheet" href="/wp-content/themes/x/style.css">'), "wp-content or wp-includes URLs"),
        (_page(classes="postid-5"), "body classes"),
        (_page('<link rel="pingback" href="/xmlrpc.php">'), "xmlrpc.php link"),
        (_page('<link rel="shortlink" href="/?p=5">'), "?p= shortlink"),
    ],
)
def test_signs_say_what_was_seen(page: Page, sign: str) -> None:
    assert wordpress_signs(page) == [sign]


def test_a_page_of_another_system_shows_none() -> None:
    assert wordpress_signs(_page('<meta name="generator" content="Hugo 0.1">', "<article>x</article>")) == []
    assert home_url(_page()) is None


@pytest.mark.parametrize(
    ("head", "home"),
    [
        ('<link rel="https://api.w.org/" href="https://example.org/blog/wp-json/">', "https://example.org/blog/"),
        ('<link rel="https://api.w.org/" href="https://example.org/index.php?rest_route=/">', "https://example.org/"),
        ('<link rel="https://api.w.org/" href="https://example.org/blog/?rest_route=/">', "https://example.org/blog/"),
        ('<link rel="https://api.w.org/" href="https://example.org/index.php/wp-json/">', "https://example.org/"),
        (
            '<link rel="alternate" type="application/json" href="/blog/wp-json/wp/v2/posts/5">',
            "https://example.org/blog/",
        ),
        (
            (
                '<link rel="alternate" type="application/rss+xml" href="/blog/bridge/feed/">'
                '<link rel="alternate" type="application/rss+xml" href="/blog/feed/">'
            ),
            "https://example.org/blog/",
        ),
        ('<link rel="EditURI" href="https://example.org/blog/xmlrpc.php?rsd">', "https://example.org/blog/"),
        ('<script src="/blog/wp-includes/js/x.js"></script>', "https://example.org/blog/"),
    ],
)
def test_home_of_installs_in_subfolders(head: str, home: str) -> None:
    assert home_url(_page(head)) == home


@pytest.mark.parametrize(
    ("page", "number", "evidence"),
    [
        (_page(classes="single postid-42"), 42, "body class postid-N"),
        (_page(classes="singular singular-post-42"), 42, "body class postid-N"),
        (_page('<link rel="alternate" href="/wp-json/wp/v2/posts/42">'), 42, "REST link"),
        (_page('<link rel="shortlink" href="/?p=42">'), 42, "shortlink ?p=N"),
        (_page(body='<input name="comment_post_ID" value="42">'), 42, "comment form"),
        (_page(body='<article id="post-42">x</article>'), 42, "element id post-N"),
    ],
)
def test_post_id(page: Page, number: int, evidence: str) -> None:
    found = wp_id(page)
    assert found is not None
    assert (found.value, found.evidence) == (number, evidence)


def test_a_shortlink_of_no_number_is_no_id() -> None:
    assert wp_id(_page('<link rel="shortlink" href="/?p=²">')) is None


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (_page(classes="brief-template-default single single-brief postid-5"), "brief"),
        (_page(classes="post-template-default single single-post"), "post"),
        (_page(classes="singular-video-5"), "video"),
        (_page('<link rel="alternate" href="/wp-json/wp/v2/posts/42">'), "post"),
        (_page(body='<article class="hentry type-event">x</article>'), "event"),
    ],
)
def test_post_type(page: Page, expected: str) -> None:
    found = post_type(page)
    assert found is not None
    assert found.value == expected


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (_page(classes="wp-theme-parent wp-child-theme-child"), "child"),
        (_page(classes="wp-theme-parent"), "parent"),
        (_page('<link rel="stylesheet" href="/wp-content/themes/pressbook/style.css">'), "pressbook"),
        (_page('<script src="/wp-includes/x.js"></script>'), None),
    ],
)
def test_theme(page: Page, name: str | None) -> None:
    assert theme(page) == name


def test_generator_is_wordpress_alone() -> None:
    assert (
        generator(_page('<meta name=generator content="Elementor 3"><meta name=generator content="WordPress 6.8">'))
        == "WordPress 6.8"
    )


def test_a_posts_feed_of_comments_tells_no_home() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/blog/bridge/feed/">'
    assert home_url(_page(feed)) is None


def test_names_of_the_site_in_all_spellings() -> None:
    head = (
        '<meta property="og:site_name" content="The News">'
        '<link rel="alternate" type="application/rss+xml" title="News » Feed" href="/feed/">'
    )
    names = site_names(_page(head, '<p class="site-title">THE NEWS</p>'))
    assert names == ["The News", "News", "THE NEWS", "example.org", "example"]
