"""Of which site an archived answer is."""

import pytest

from crawler.reread.sites import SiteNames, api_home


def test_the_deepest_folder_that_is_known_is_the_site() -> None:
    names = SiteNames(["example.org", "example.org/blog", "news.example"])
    assert names.of("https://www.example.org/blog/a/") == "example.org/blog"
    assert names.of("https://example.org/blogs/a/") == "example.org"
    assert names.of("https://other.example/") is None


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://news.example/wp-json/wp/v2/posts?page=2", "https://news.example/"),
        ("https://example.org/blog/wp-json/wp/v2/posts", "https://example.org/blog/"),
        ("https://example.org/index.php/wp-json/wp/v2/posts", "https://example.org/"),
        ("https://example.org/?rest_route=/wp/v2/posts", "https://example.org/"),
        ("https://example.org/blog/?x=1&rest_route=/wp/v2/posts", "https://example.org/blog/"),
        ("https://public-api.wordpress.com/rest/v1.1/sites/news.example/posts/?number=100", "https://news.example/"),
        ("https://public-api.wordpress.com/rest/v1.1/sites/12345/posts/", None),
        ("https://news.example/a/", None),
    ],
)
def test_the_home_of_an_api(url: str, home: str | None) -> None:
    assert api_home(url) == home
