"""Which site a pushed URL means, and who sent it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.push.addresses import limited_as, networks, sender
from crawler.push.matching import KnownSites

SITES = KnownSites(
    ["news.example", "example.org/blog", "example.org/blog/en", "127.0.0.1:8080"], {"n.example": "news.example"}
)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.example", "news.example"),
        ("http://www.News.example/", "news.example"),
        ("https://news.example:443/index.php", "news.example"),
        ("https://news.example/2026/05/ferry/?utm_source=x", "news.example"),
        ("https://n.example/feed/", "news.example"),
        ("https://example.org/blog/", "example.org/blog"),
        ("https://example.org/blog/en/feed/", "example.org/blog/en"),
        ("https://example.org/blog/english/", "example.org/blog"),
        ("http://127.0.0.1:8080/?feed=rss2", "127.0.0.1:8080"),
    ],
)
def test_a_url_of_a_site_that_is_followed(url: str, site: str) -> None:
    assert SITES.site_of(url) == site


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example",
        "https://other.example/",
        "https://news.example.evil.example/",
        "https://evilnews.example/",
        "https://sub.news.example/",
        "https://news.example@evil.example/",
        "https://evil.example/?news.example/",
        "https://evil.example\\@news.example/",
        "https://news.example:8080/",
        "https://example.org/",
        "https://example.org/blogs/",
        "https://example.org/blog/../",
        "http://127.0.0.1/",
        "http://127.0.0.1:27017/",
        "ftp://news.example/",
        "javascript:alert(1)//news.example",
        "file:///etc/passwd",
        "https://news.example/" + "x" * 2000,
        "https://news.exam\nple/",
        "https://[::1]/",
        "https://[/",
    ],
)
def test_any_other_url_is_of_none(url: str) -> None:
    assert SITES.site_of(url) is None


def test_the_first_url_that_is_known_counts() -> None:
    assert SITES.site_of("https://cdn.example/", "https://news.example/feed/") == "news.example"
    assert SITES.site_of("https://example.org/blog", "https://news.example/feed/") == "example.org/blog"
    assert SITES.site_of() is None
    assert len(SITES) == 4


@given(st.text(max_size=100))
def test_any_text_is_of_a_site_or_of_none(url: str) -> None:
    assert SITES.site_of(url) is None
    assert SITES.site_of(f"https://news.example/{url}") in ("news.example", None)


LOCAL = networks(["127.0.0.1", "10.0.0.0/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.9, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.9", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.9.9.9"], "10.9.9.9"),
        ("127.0.0.1", ["192.0.2.9, unknown"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["2001:db8::7"], "2001:db8::7"),
    ],
)
def test_only_a_trusted_proxy_is_believed(peer: str, forwarded: list[str], found: str) -> None:
    assert sender(peer, forwarded, LOCAL) == found


def test_a_customer_of_ipv6_is_limited_as_one() -> None:
    assert limited_as("2001:db8:1:2::7") == limited_as("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert limited_as("::ffff:203.0.113.7") == limited_as("203.0.113.7") == "203.0.113.7"
    assert limited_as("") == ""
