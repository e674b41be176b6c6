"""Previous and next: the three families of post navigation, and what looks like one."""

from time import process_time

import pytest

from crawler.reading.neighbours import neighbours
from tests.reading.build import URL, article, page

_OLDER, _NEWER = "https://news.example/2025/12/02/ferry-ends/", "https://news.example/2025/12/05/toll-argued/"


def _read(navigation: str, head: str = "") -> tuple[str | None, str | None]:
    found = neighbours(page(article("") + navigation, head))
    previous, following = found["previous"], found["next"]
    return previous.value if previous else None, following.value if following else None


@pytest.mark.parametrize(
    "navigation",
    [
        (
            '<nav class="navigation post-navigation"><div class="nav-previous"><a href="{0}" rel="prev">x</a></div>'
            '<div class="nav-next"><a href="{1}" rel="next">y</a></div></nav>'
        ),
        (
            '<nav><div class="post-navigation-link-previous wp-block-post-navigation-link"><a href="{0}">x</a></div>'
            '<div class="post-navigation-link-next wp-block-post-navigation-link"><a href="{1}">y</a></div></nav>'
        ),
        (
            '<ul class="default-wp-page"><li class="previous"><a href="{0}" rel="prev">x</a></li>'
            '<li class="next"><a href="{1}" rel="next">y</a></li></ul>'
        ),
        (
            '<div class="loop-nav"><span class="prev"><a href="{0}">x</a></span><span class="next">'
            '<a href="{1}">y</a></span></div>'
        ),
        '<a class="previous-post" href="{0}">x</a><a class="next-post" href="{1}">y</a>',
        (
            '<div class="post-pager"><a href="{0}">« Previous Post: Ferry ends</a>'
            '<a href="{1}">Next Post: Toll argued »</a></div>'
        ),
    ],
)
def test_families(navigation: str) -> None:
    assert _read(navigation.format(_OLDER, _NEWER)) == (_OLDER, _NEWER)


def test_links_in_the_head_count_with_a_title_alone() -> None:
    assert _read("", f'<link rel="prev" title="Ferry ends" href="{_OLDER}">') == (_OLDER, None)
    assert _read("", f'<link rel="next" href="{URL}2/">') == (None, None)


@pytest.mark.parametrize(
    "navigation",
    [
        (
            '<nav class="comment-navigation"><div class="nav-previous">'
            f'<a href="{URL}comment-page-1/#comments">Older</a></div></nav>'
        ),
        f'<div class="nav-links"><a class="prev page-numbers" href="{URL}comment-page-1/">«</a></div>',
        f'<div class="page-links"><a rel="next" href="{URL}2/">Next page</a></div>',
        (
            '<nav class="navigation posts-navigation"><div class="nav-previous">'
            '<a href="https://news.example/page/2/">Older posts</a></div></nav>'
        ),
        f'<div class="slider"><a class="next" href="{_NEWER}">›</a></div>',
        f'<div class="related-posts"><a class="prev" href="{_OLDER}">x</a></div>',
        '<nav class="post-navigation"><div class="nav-previous"><a rel="prev" href="https://other.example/a/">x</a></div></nav>',
        '<nav class="post-navigation"><div class="nav-previous"><a rel="prev" href="https://news.example/">Home</a></div></nav>',
        f'<nav class="post-navigation"><div class="nav-previous"><a rel="prev" href="{URL}#top">x</a></div></nav>',
        (
            '<table class="wp-calendar-table"><tr><td><span class="wp-calendar-nav-prev">'
            '<a href="/2025/11/">« Nov</a></span></td></tr></table>'
        ),
    ],
)
def test_what_is_no_post_navigation(navigation: str) -> None:
    assert _read(navigation) == (None, None)


def test_the_same_post_on_both_sides_tells_nothing() -> None:
    both = f'<nav class="post-navigation"><a rel="prev" href="{_OLDER}">x</a><a rel="next" href="{_OLDER}">x</a></nav>'
    assert _read(both) == (None, None)


@pytest.mark.parametrize("wrapper", ["widget", "elementor-widget elementor-widget-post-navigation"])
@pytest.mark.parametrize(
    "navigation",
    [
        f'<div class="post-navigation"><a href="{_OLDER}" rel="prev">x</a><a href="{_NEWER}" rel="next">y</a></div>',
        f'<div class="nav-previous"><a href="{_OLDER}">x</a></div><div class="nav-next"><a href="{_NEWER}">y</a></div>',
    ],
)
def test_a_widget_of_the_post_holds_its_navigation(wrapper: str, navigation: str) -> None:
    inside = article("").replace("</article>", f'<div class="{wrapper}">{navigation}</div></article>')
    found = neighbours(page(inside))
    assert [side.value if side else None for side in found.values()] == [_OLDER, _NEWER]


@pytest.mark.parametrize(
    "wrapper",
    ['<div class="widget">{}</div>', '<aside class="widget-area"><section class="widget">{}</section></aside>'],
)
def test_a_widget_beside_the_post_does_not(wrapper: str) -> None:
    assert _read(wrapper.format(f'<div class="nav-previous"><a href="{_OLDER}" rel="prev">x</a></div>')) == (None, None)


@pytest.mark.parametrize(
    "name",
    [
        *("up-next-article", "recommended-next-story", "next-story-box", "post-next-steps", "story-next-up"),
        *("series-next-post", "next-post-in-category", "post z-next-story", "z-next-post-wrap"),
    ],
)
def test_a_box_of_what_to_read_next_is_no_neighbour(name: str) -> None:
    assert _read(f'<div class="{name}"><a href="{_NEWER}">x</a></div>') == (None, None)


@pytest.mark.parametrize("name", ["nav-post-{}", "post-{}-link", "entry_{}"])
def test_one_side_alone_by_a_name_without_other_words(name: str) -> None:
    assert _read(f'<div class="{name.format("next")}"><a href="{_NEWER}">x</a></div>') == (None, _NEWER)
    assert _read(f'<div class="{name.format("prev")}"><a href="{_OLDER}">x</a></div>') == (_OLDER, None)


def test_the_next_post_by_other_words_needs_the_previous_one_beside_it() -> None:
    newer, older = (
        '<div class="z-next-post-wrap"><a href="{}">x</a></div>',
        '<div class="z-prev-post-wrap"><a href="{}">y</a></div>',
    )
    assert _read(newer.format(_NEWER) + older.format(_OLDER)) == (_OLDER, _NEWER)
    assert _read(older.format(_OLDER)) == (_OLDER, None)
    assert _read(newer.format(_NEWER) + older.format(_NEWER)) == (_NEWER, None)
    assert _read((newer + older).replace("z-", "series-").format(_NEWER, _OLDER)) == (None, None)


def test_boxes_in_boxes_do_not_each_read_all_their_links() -> None:
    links = "".join(f'<a href="/{number}/">x</a>' for number in range(20_000))
    nested = page(article("") + '<div class="z-next-post-wrap">' * 200 + links + "</div>" * 200)
    before = process_time()
    assert neighbours(nested) == {"previous": None, "next": None}
    assert process_time() - before < 5  # of CPU; to read all of each box takes minutes
