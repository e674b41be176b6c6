"""Categories and tags of this post, told apart."""

import pytest

from crawler.reading.evidence import Found
from crawler.reading.terms import categories, tags
from tests.reading.build import article, page

_HEAD = "<title>Bridge opens</title>"


def _names(found: Found[list[str]] | None) -> list[str]:
    return found.value if found else []


@pytest.mark.parametrize(
    ("inside", "in_categories", "in_tags"),
    [
        (
            '<a rel="category tag" href="/category/local/">Local</a><a rel="tag" href="/tag/river/">River</a>',
            ["Local"],
            ["River"],
        ),
        (
            '<a rel="tag" href="/rubrik/local/">Local</a><a rel="tag" href="/stichwort/river/">River</a>',
            ["Local"],
            ["River"],
        ),
        ('<a rel="tag" href="/category/town/">Town</a><a rel="tag" href="/tag/rail/">#rail</a>', ["Town"], ["rail"]),
        ('<a rel="tag" href="/?cat=3">Town</a><a rel="tag" href="/?tag=rail">rail</a>', ["Town"], ["rail"]),
        (
            (
                '<div class="taxonomy-category wp-block-post-terms"><a href="/x/local/" rel="tag">Local</a></div>'
                '<div class="taxonomy-post_tag wp-block-post-terms"><a href="/x/river/" rel="tag">River</a></div>'
            ),
            ["Local"],
            ["River"],
        ),
        ('<span class="cat-links"><a href="/a/">Arts &amp; Culture</a></span>', ["Arts & Culture"], []),
        ('<div class="mystery"><a href="/category/local/">Local</a></div>', ["Local"], []),
        ('<span class="tags-links">Tags: <a href="/b/">one</a>, <a href="/c/">two</a></span>', [], ["one", "two"]),
        ("", [], []),
    ],
)
def test_shown_terms(inside: str, in_categories: list[str], in_tags: list[str]) -> None:
    post = page(article(inside), _HEAD)
    assert _names(categories(post)) == in_categories
    assert _names(tags(post)) == in_tags


def test_terms_of_menus_sidebars_and_related_posts_are_not_the_posts() -> None:
    links = '<a rel="category tag" href="/category/sports/">Sports</a><a rel="tag" href="/tag/ball/">ball</a>'
    around = (
        f'<nav class="menu">{links}</nav><aside class="widget">{links}</aside><div class="related-posts">{links}</div>'
    )
    post = page(around + article(f'<div class="jp-relatedposts">{links}</div>'), _HEAD)
    assert (categories(post), tags(post)) == (None, None)


def test_structured_data_where_nothing_is_shown() -> None:
    node = '{"@type":"Article","articleSection":["Local","Town"],"keywords":"river, rail"}'
    post = page(article(""), f'<script type="application/ld+json">{node}</script>')
    assert _names(categories(post)) == ["Local", "Town"]
    assert _names(tags(post)) == ["river", "rail"]
    metas = '<meta property="article:section" content="Local"><meta property="article:tag" content="river">'
    post = page(article(""), metas)
    assert (_names(categories(post)), _names(tags(post))) == (["Local"], ["river"])


def test_keywords_are_tags_where_the_posts_classes_name_them() -> None:
    found = tags(page(article(""), _HEAD + '<meta name="news_keywords" content="Local, River, bridges">'))
    assert found == Found(["River"], "keywords among the post's classes")
    assert tags(page(article(""), _HEAD + '<meta name="keywords" content="Local, bridges">')) is None
