"""Meta tags, links of head and header, base and title."""

from crawler.reading.head import base_url, document_title, link_of, links_of, meta, metas
from crawler.reading.page import Page, parse_page
from tests.reading.build import URL


def _page(head: str, headers: dict[str, str] | None = None) -> Page:
    return parse_page(f"<html><head>{head}</head><body></body></html>", URL, headers)


def test_metas_by_property_or_name_wherever_they_stand() -> None:
    page = _page(
        '<meta property="og:title" content=" A \n B "><noscript><img></noscript><div></div>'
        "<meta name=Author content=Jane><meta name=date value=2025-12-03>"
    )
    assert metas(page) == {"og:title": ["A B"], "author": ["Jane"], "date": ["2025-12-03"]}
    assert meta(page, "twitter:title", "og:title") == "A B"
    assert meta(page, "description") is None


def test_links_of_the_head_and_of_the_link_header() -> None:
    header = '<https://news.example/wp-json/>; rel="https://api.w.org/", </?p=7>; rel=shortlink; title="a, b"'
    page = _page(
        '<link rel="canonical" href="/a/"><link rel="stylesheet" href="/s.css"><link rel=canonical href="javascript:x">'
    )
    assert [link.href for link in links_of(page, "canonical")] == ["https://news.example/a/"]
    assert links_of(page, "stylesheet") == []
    page = _page("", {"Link": header})
    assert link_of(page, "https://api.w.org/") == "https://news.example/wp-json/"
    assert links_of(page, "shortlink")[0].title == "a, b"


def test_base_href_moves_relative_links() -> None:
    page = _page('<base href="https://other.example/x/"><link rel="prev" href="y">')
    assert base_url(page) == "https://other.example/x/"
    assert link_of(page, "prev") == "https://other.example/x/y"
    assert base_url(_page('<base href="//[">')) == URL


def test_the_title_is_not_that_of_a_drawing() -> None:
    assert document_title(_page("<svg><title>Logo</title></svg><title>Bridge  opens</title>")) == "Bridge opens"
    assert document_title(_page("")) is None
