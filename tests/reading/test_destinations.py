"""Where links lead, by their addresses."""

from typing import Any

import pytest

from crawler.reading.destinations import destination, destinations, leads_to_author
from tests.reading.build import page


@pytest.mark.parametrize(
    ("href", "told"),
    [
        ("https://news.example/category/town/", {"term_kind": "category", "term_class": "town"}),
        ("/kategorie/stadt", {"term_kind": "category", "term_class": "stadt"}),
        ("/?tag=Old-Mill", {"term_kind": "tag", "term_class": "old-mill"}),
        ("/?category_name=town", {"term_kind": "category", "term_class": "town"}),
        ("/?cat=7", {"term_kind": "category", "term_class": ""}),
        ("/tag/2024/", {"term_kind": "tag", "term_class": ""}),
        ("/tag/%d0%bc%d0%be%d1%81%d1%82/", {"term_kind": "tag", "term_class": ""}),
        ("/author/jane/", {"is_author": True, "term_kind": None}),
        ("/?author=3", {"is_author": True}),
        ("/authority/jane/", {"is_author": False}),
        ("/bridge/#comments", {"address": "/bridge/", "is_of_thread": True}),
        ("#respond", {"address": "", "is_of_thread": True}),
        ("/bridge/#comment-3", {"is_of_thread": False, "is_comment_page": False}),
        ("/bridge/comment-page-2/#comments", {"is_of_thread": True, "is_comment_page": True}),
        ("/bridge/comment-page-2/#comment-9", {"is_comment_page": False}),
        ("/?p=7&cpage=2", {"is_comment_page": True}),
        ("", {"address": "", "term_kind": None, "term_class": "", "is_author": False, "is_of_thread": False}),
        ("http://[", {"term_class": "", "is_author": False}),
    ],
)
def test_an_address_tells(href: str, told: dict[str, Any]) -> None:
    found = destination(href)
    assert {name: getattr(found, name) for name in told} == told


def test_links_of_a_page() -> None:
    post = page('<a href="/tag/mill/">Mill</a><a>nowhere</a><a rel="author" href="/jane/">Jane</a>')
    (tag, told), (author, other) = destinations(post)
    assert (tag.text, told.term_class, author.text, other.is_author) == ("Mill", "mill", "Jane", False)
    assert not leads_to_author(tag)
    assert leads_to_author(author)
