"""JSON-LD: graphs, references, broken scripts, and which node is about the article."""

import pytest

from crawler.reading.structured import article_node, json_ld_nodes, page_node, resolve, text_of, types_of
from tests.reading.build import URL, page


def _script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_references_in_a_graph_are_resolved() -> None:
    graph = _script(
        '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","author":{"@id":"#j"}},'
        '{"@type":"Person","@id":"#j","name":"Jane Doe"}]}'
    )
    post = page(head=graph)
    node = article_node(post)
    assert node is not None
    assert resolve(post, node["author"])["name"] == "Jane Doe"
    assert resolve(post, {"@id": "#nobody"}) == {"@id": "#nobody"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"Article","headline":"Ferry"}',
        '[{"@type":["Article"],"headline":"Ferry"}]',
        '{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Ferry"}}',
        '\n//<![CDATA[\n{"@type":"http://schema.org/Article","headline":"Ferry",}\n//]]>\n',
        '<!-- {"@type":"Article","headline":"Ferry","description":"two\nlines"} -->',
        "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Ferry&quot;}",
    ],
)
def test_scripts_as_sites_write_them(text: str) -> None:
    node = article_node(page(head=_script(text)))
    assert node is not None
    assert node["headline"] == "Ferry"


@pytest.mark.parametrize("text", ["", "{", "null", '"x"', "[1, 2]", "[" * 5000, "{" * 5000])
def test_what_is_past_mending_is_nothing(text: str) -> None:
    assert json_ld_nodes(page(head=_script(text))) == []


def test_the_article_that_names_this_page_comes_before_others() -> None:
    other = '{"@type":"Article","headline":"Other","url":"https://news.example/other/"}'
    own = f'{{"@type":"Article","headline":"Own","mainEntityOfPage":{{"@id":"{URL}"}}}}'
    node = article_node(page(head=_script(f"[{other},{own}]")))
    assert node is not None
    assert node["headline"] == "Own"


def test_a_page_node_with_a_date_is_preferred() -> None:
    node = page_node(page(head=_script('[{"@type":"WebPage"},{"@type":"Recipe","datePublished":"2025-12-03"}]')))
    assert node is not None
    assert types_of(node) == ["Recipe"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Tom &amp;amp; Ann", "Tom & Ann"),
        ({"@value": " a  b "}, "a b"),
        ({"name": "Jane"}, "Jane"),
        (["x", "y"], "x"),
        ([], None),
        (None, None),
        (True, None),
        ("<b>bold</b> word", "bold word"),
        (3, "3"),
    ],
)
def test_text_of(value: object, text: str | None) -> None:
    assert text_of(value) == text
