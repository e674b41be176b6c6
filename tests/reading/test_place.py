"""Where elements stand."""

import pytest

from crawler.reading.place import around_body, head_parts, is_elsewhere, may_be_around_body
from tests.reading.build import article, page

_MARK = '<b class="mark">x</b>'


def _is_elsewhere(body: str) -> bool:
    post = page(body, "<title>Bridge opens</title>")
    (mark,) = post.root.find_class("mark")
    return is_elsewhere(post, mark)


@pytest.mark.parametrize(
    "body",
    [
        article(_MARK),
        article(f'<footer class="entry-footer">{_MARK}</footer>'),
        article(f'<aside class="entry-taxonomy">{_MARK}</aside>'),
        article(f'<header class="entry-header header-footer-group">{_MARK}</header>'),
        f'<div class="has-sidebar sidebar-right">{article(_MARK)}</div>',
        f'<div class="af-widget-carousel"><h1>Bridge opens</h1>{_MARK}</div>' + article("").replace("<h1", "<h2"),
    ],
)
def test_in_the_post_or_its_head(body: str) -> None:
    assert not _is_elsewhere(body)


@pytest.mark.parametrize(
    "outside",
    [
        f"<aside>{_MARK}</aside>",
        f"<nav>{_MARK}</nav>",
        f"<footer>{_MARK}</footer>",
        f'<div class="widget_recent">{_MARK}</div>',
        f'<div id="comments">{_MARK}</div>',
        f'<article class="post-9">{_MARK}</article>',
        f'<div class="related-posts">{_MARK}</div>',
        f'<div class="main-slider">{_MARK}</div>',
    ],
)
def test_elsewhere(outside: str) -> None:
    assert _is_elsewhere(article("") + outside)


def test_a_related_box_within_the_post_is_elsewhere() -> None:
    assert _is_elsewhere(article(f'<div class="yarpp-related">{_MARK}</div>'))


def test_head_parts_end_where_the_body_begins() -> None:
    post = page(article('<p class="meta">By Jane</p>'), "<title>Bridge opens</title>")
    assert [part.get("class") for part in head_parts(post)] == ["entry-title", "meta"]
    assert [e.get("class") for e in around_body(post, post.root.iter("p"))] == ["meta"]


def test_what_may_be_around_the_body_is_all_that_is() -> None:
    inside = '<p class="meta">By Jane</p><p class="yarpp-related">Piano sold</p>'
    post = page(article(inside) + "<p>Imprint</p>", "<title>Bridge opens</title>")
    candidates = may_be_around_body(post, "p")
    assert [e.get("class") for e in candidates] == ["meta", "yarpp-related"]
    assert around_body(post, candidates) == around_body(post, post.root.iter("p")) == candidates[:1]
