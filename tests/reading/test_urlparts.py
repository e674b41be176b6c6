"""Parts of any URL."""

import pytest

from crawler.reading.urlparts import last_segment, same_url, url_parts, url_query


def test_a_broken_url_has_no_parts() -> None:
    assert url_parts("http://[x").path == ""
    assert url_query("http://[x?p=1") == {}


def test_query_and_slug() -> None:
    assert url_query("/?p=7&p=8&x=") == {"p": "7", "x": ""}
    assert last_segment("https://news.example/tag/%D0%BC%D0%BE/?a=/b#/c") == "%D0%BC%D0%BE"
    assert [last_segment(url) for url in ("/tag/x", "x", "//news.example", "http://[", "")] == ["x", "x", "", "", ""]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.news.example/a/", "https://news.example/A", True),
        ("https://news.example/a/", "https://news.example/b/", False),
        ("x", "x", True),
        ("x", "https://news.example/x", False),
    ],
)
def test_same_url(one: str, other: str, same: bool) -> None:
    assert same_url(one, other) is same
