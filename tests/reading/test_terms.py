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
            '<a rel="CATEGORY TAG" href="/news/local/">Local</a><a rel="Tag" href="/river/">River</a>',
            ["Local"],
            ["River"],
        ),
        (
            '<a rel="tag" href="/rubrik/local/">Local</a><a rel="tag" href="/stichwort/river/">River</a>',
            ["Local"],
            ["River"],
        ),
        (
            '<a rel="tag" href="/category/local/">Local</a><a rel="tag" href="/tag/river/">#river (12)</a>',
            ["Local"],
            ["river"],
        ),
        ('<a rel="tag" href="/?cat=3">Local</a><a rel="tag" href="/?tag=river">river</a>', ["Local"], ["river"]),
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


_RIVAL = '<a rel="category tag" href="/category/sports/">Sports</a><a rel="tag" href="/tag/ball/">ball</a>'


def test_the_posts_classes_tell_its_terms_from_those_of_others() -> None:
    own = '<a rel="category tag" href="/category/local/">Local</a><a rel="tag" href="/tag/river/">River</a>'
    post = page(article(f"<div class='mystery'>{_RIVAL}</div>{own}"), _HEAD)
    assert (_names(categories(post)), _names(tags(post))) == (["Local"], ["River"])
    post = page(article(f"<div class='mystery'>{_RIVAL}</div>"), _HEAD)
    assert (categories(post), tags(post)) == (None, None)


_CLOUD = '<aside class="widget"><a class="tag-link-12" href="/tag/%d1%80%d0%b5%d0%ba%d0%b0/">Река (3)</a></aside>'
_MENU = '<nav><ul><li class="menu-item {}"><a href="/category/local/">Local News</a></li></ul></nav>'


def test_what_the_classes_name_may_be_called_elsewhere() -> None:
    body = article("").replace("tag-river", "tag-12")
    post = page(_MENU.format("menu-item-type-taxonomy") + body + _CLOUD, _HEAD)
    assert categories(post) == Found(["Local News"], "links to the categories among its classes")
    assert tags(post) == Found(["Река"], "links to the tags among its classes")
    post = page(_MENU.format("menu-item-type-post_type") + body.replace("tag-12", "tag-12 tag-13") + _CLOUD, _HEAD)
    assert (categories(post), tags(post)) == (None, None)


def test_buttons_and_links_of_the_story_are_no_names_of_terms() -> None:
    button = '<a class="wp-block-button__link" href="/category/local/">View more</a>'
    story = '<p>See <a href="/category/local/">all that we wrote of it</a>.</p></div></article>'
    post = page(article(button).replace("</div></article>", story), _HEAD)
    assert categories(post) is None


def test_keywords_without_latin_letters_have_an_id_among_the_classes() -> None:
    keywords = '<meta name="news_keywords" content="Local, São Paulo, Река">'
    body = article("").replace("tag-river", "tag-sao-paulo tag-12")
    assert _names(tags(page(body, _HEAD + keywords))) == ["São Paulo", "Река"]


def test_sections_joined_by_a_plugin() -> None:
    node = '{"@type":"Article","articleSection":"Local,Town, Land"}'
    post = page(article(""), f'<script type="application/ld+json">{node}</script>')
    assert _names(categories(post)) == ["Local", "Town, Land"]


_CARD = f'<div class="mystery"><p class="tags">{_RIVAL}</p><h3><a href="/2025/12/01/match/">Match won</a></h3></div>'


@pytest.mark.parametrize(
    "body",
    [
        article("") + f"<div>{_CARD}{_CARD}</div>",
        article(_CARD),
        article(f"<div>{_CARD}{_CARD.replace('/01/', '/02/')}</div>"),  # a list of other posts within the post
    ],
)
def test_terms_in_boxes_of_other_posts_are_not_those_of_a_post_whose_classes_name_none(body: str) -> None:
    post = page(body.replace("category-local tag-river", ""), _HEAD)
    assert (categories(post), tags(post)) == (None, None)


def test_terms_that_share_a_footer_with_other_posts_are_the_posts() -> None:
    others = "".join(f'<h4><a href="/2025/12/0{n}/match/">Match {n}</a></h4>' for n in (1, 2))
    post = page(article(f"<footer>{_RIVAL}<div>{others}</div></footer>").replace("category-local tag-river", ""), _HEAD)
    assert (_names(categories(post)), _names(tags(post))) == (["Sports"], ["ball"])


def test_a_cloud_of_tags_is_of_the_whole_site() -> None:
    cloud = '<div class="tagcloud"><a class="tag-cloud-link" href="/tag/one/">one</a><a href="/c/">two</a></div>'
    assert tags(page(article(cloud).replace("tag-river", ""), _HEAD)) is None


def test_links_in_the_post_are_believed_before_those_beside_it() -> None:
    own = '<a rel="category tag" href="/category/local/">Local</a><a rel="tag" href="/tag/river/">River</a>'
    body = article(own).replace("category-local tag-river", "") + f'<div class="mystery">{_RIVAL}</div>'
    post = page(body, _HEAD)
    assert (_names(categories(post)), _names(tags(post))) == (["Local"], ["River"])
