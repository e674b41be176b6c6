"""Where feeds are."""

import pytest

from crawler.reading import Page, parse_page
from crawler.routes.feedurls import feed_urls, next_page_url

HOME = "https://news.example/"
GUESSED = ["https://news.example/feed/", "https://news.example/?feed=rss2"]


def page(*links: str, url: str = HOME) -> Page:
    head = "".join(f"<link rel='alternate' type='application/{link}'>" for link in links)
    return parse_page(f"<!doctype html><html><head>{head}</head><body><p>x</p></body></html>", url)


def urls(*links: str, url: str = HOME) -> list[str]:
    return feed_urls(page(*links, url=url), HOME, "news.example")


def test_what_the_page_announces_comes_first_and_rss_before_atom() -> None:
    announced = urls(
        "atom+xml' href='/feed/atom/", "rss+xml' href='/nachrichten/feed/", "rss+xml' href='/comments/feed/"
    )
    assert announced == ["https://news.example/nachrichten/feed/", "https://news.example/feed/atom/", *GUESSED]


@pytest.mark.parametrize(
    "link",
    [
        "rss+xml' href='/comments/feed/",
        "rss+xml' href='/?feed=comments-rss2",
        "rss+xml' href='https://other.example/feed/",
        "json' href='/wp-json/wp/v2/posts/7",
    ],
)
def test_other_feeds_are_left_out(link: str) -> None:
    assert urls(link) == GUESSED


@pytest.mark.parametrize(
    ("url", "feed"),
    [("https://news.example/2026/ferry/", "/2026/ferry/feed/"), ("https://news.example/?p=7", "/?feed=rss2&amp;p=7")],
)
def test_the_feed_of_a_post_is_its_comments(url: str, feed: str) -> None:
    assert urls("rss+xml' href='/feed/", f"rss+xml' href='{feed}", url=url) == GUESSED


def test_nothing_announced() -> None:
    assert urls() == GUESSED


def test_below_a_folder() -> None:
    found = feed_urls(page(url="https://news.example/blog"), "https://news.example/blog", "news.example/blog")
    assert found == ["https://news.example/blog/feed/", "https://news.example/blog?feed=rss2"]


def test_further_pages() -> None:
    assert next_page_url("https://news.example/feed/", 1) == "https://news.example/feed/"
    assert next_page_url("https://news.example/feed/", 2) == "https://news.example/feed/?paged=2"
    assert next_page_url("https://news.example/?feed=rss2&paged=2", 3) == "https://news.example/?feed=rss2&paged=3"
