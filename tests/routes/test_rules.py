"""Which URLs may be fetched as pages of a site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.routes.rules import rejection

SITE = "news.example"
HOME = "https://news.example"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/a-post/",
        "/2025/12/03/a-post/",
        "/2025/12/",
        "/2025/12/03/a-post/2/",
        "/?p=12",
        "/?cat=3&paged=2",
        "/?m=202512",
        "/category/town/council/page/3/",
        "/archives/123",
        "/index.php/2025/12/a-post/",
        "/a-post.html",
        "/%d0%bb%d1%91%d0%b4-%d1%81%d0%be%d1%88%d1%91%d0%bb/",
        "/feeding-the-ducks/",
        "/searching-for-gold/",
        "/embedded/",
        "/the-share-of-the-town/",
        "/a-post/?utm_source=x",
    ],
)
def test_pages_may_be_fetched(path: str) -> None:
    assert rejection(HOME + path, SITE) is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/wp-admin/", "admin"),
        ("/wp-admin/post.php?post=3", "admin"),
        ("/wp-comments-post.php", "admin"),
        ("/wp-login.php?redirect_to=%2F", "login"),
        ("/wp-json/wp/v2/posts", "rest"),
        ("/?rest_route=/wp/v2/posts", "rest"),
        ("/xmlrpc.php?rsd", "rest"),
        ("/a-post/?replytocom=17#respond", "replytocom"),
        ("/a-post/comment-page-2/", "comment_page"),
        ("/?p=3&cpage=2", "comment_page"),
        ("/a-post/?share=facebook", "share"),
        ("/?s=bridge", "search"),
        ("/search/bridge/page/2/", "search"),
        ("/feed/", "feed"),
        ("/a-post/feed/", "feed"),
        ("/feed/atom/", "feed"),
        ("/?feed=rss2", "feed"),
        ("/a-post/embed/", "embed"),
        ("/a-post/trackback/", "trackback"),
        ("/?p=9&preview=true", "preview"),
        ("/?attachment_id=60", "attachment"),
        ("/a-post/attachment/wheel/", "attachment"),
        ("/wp-content/uploads/2024/03/wheel.JPG", "file"),
        ("/wp-content/themes/classic/", "file"),
        ("/report.pdf", "file"),
        ("/sitemap.xml", "file"),
        ("/robots.txt", "file"),
        ("/shop/?add-to-cart=5", "shop"),
        ("/2025/12/03/", "calendar"),
        ("/2025/12/03/page/2/", "calendar"),
        ("/?m=20251203", "calendar"),
        ("/events/?tribe-bar-date=2025-01-01", "calendar"),
        ("/a/b/a/b/a/", "too_deep"),
        ("/" + "x/" * 3, "too_deep"),
        ("/" + "/".join(map(str, range(13))) + "/", "too_deep"),
        ("/" + "x" * 2000, "too_long"),
    ],
)
def test_rejections_are_named(path: str, name: str) -> None:
    assert rejection(HOME + path, SITE) == name


@pytest.mark.parametrize(
    "url", ["mailto:a@news.example", "javascript:void(0)", "ftp://news.example/", "", "http://[", "/a/"]
)
def test_only_web_urls_may_be_fetched(url: str) -> None:
    assert rejection(url, SITE) == "scheme"


@pytest.mark.parametrize("url", ["https://other.example/", "https://cdn.news.example/", "http://news.example:8080/"])
def test_other_hosts_and_ports_are_off_the_site(url: str) -> None:
    assert rejection(url, SITE) == "offsite"


def test_a_site_in_a_folder_is_judged_below_it() -> None:
    assert rejection("https://news.example/blog/a-post/", "news.example/blog") is None
    assert rejection("https://news.example/a-post/", "news.example/blog") == "offsite"
    assert rejection("https://news.example/blog/2025/12/03/", "news.example/blog") == "calendar"
    assert rejection("https://news.example/search/?x=1", "news.example/search") is None


@given(st.text(max_size=300))
def test_any_string_gets_an_answer(text: str) -> None:
    assert rejection(text, SITE) in (None, "scheme", "offsite")
    assert rejection(f"{HOME}/{text}", SITE) is None or isinstance(rejection(f"{HOME}/{text}", SITE), str)
