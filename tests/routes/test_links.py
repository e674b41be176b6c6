"""The links of a page: so many are looked at, and what is rejected is counted by rule."""

from crawler.reading import parse_page
from crawler.routes.links import MOST_LINKS, rejected_links, site_links

URL, SITE = "https://news.example/", "news.example"


def test_what_is_rejected_is_counted_once_by_rule() -> None:
    page = parse_page(b"<html><body><p>Words.</p></body></html>", URL)
    assert rejected_links(page, SITE) == {}
    links = site_links(page, SITE)
    hrefs = ("/a/", "/a/?replytocom=1", "/a/?replytocom=1", "/?s=x", "/wp-login.php", "//else.example/", "javascript:x")
    assert [links.resolve(href) for href in hrefs] == ["https://news.example/a/", *[None] * 6]
    assert rejected_links(page, SITE) == {"replytocom": 1, "search": 1, "login": 1, "offsite": 1, "scheme": 1}


def test_a_page_of_more_links_than_anybody_writes() -> None:
    links = site_links(parse_page(b"<html><body><p>Words.</p></body></html>", URL), SITE)
    resolved = [links.resolve(f"/{number}/") for number in range(MOST_LINKS + 5)]
    assert [url is None for url in resolved[-6:]] == [False, *[True] * 5]
    assert links.rejected == {"too_many_links": 5}
    assert links.resolve("/7/") == "https://news.example/7/"
