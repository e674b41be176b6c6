"""Where an archive's older posts are."""

import pytest

from crawler.reading.page import parse_page
from crawler.routes.archive import read_listing

HOME = "https://news.example/"
POSTS = '<main><article class="post-1 post"><h2><a href="/a/">A</a></h2></article></main>'


def older(markup: str, path: str = "category/town/", classes: str = "archive", head: str = "") -> str | None:
    """The older page, as a path from the home."""
    html = f"<html><head>{head}</head><body class='{classes}'>{POSTS}{markup}</body></html>"
    found = read_listing(parse_page(html, HOME + path), "news.example").older
    return found and found.removeprefix(HOME)


FIRST_PAGE = {
    "numbers": '<nav class="pagination"><a class="page-numbers" href="/category/town/page/2/">2</a>'
    '<a class="page-numbers" href="/category/town/page/9/">9</a>'
    '<a class="next page-numbers" href="/category/town/page/2/">Next</a></nav>',
    "numbers without an arrow": '<nav><a class="page-numbers" href="/category/town/page/2/">2</a></nav>',
    "only an arrow": '<a class="next page-numbers" href="/category/town/page/2/">›</a>',
    "older posts": '<div class="nav-previous"><a href="/category/town/page/2/">Older posts</a></div>',
    "previous that is older": '<li class="previous"><a href="/category/town/page/2/">←</a></li>',
    "next that is older": '<div class="nav-next"><a href="/category/town/page/2/">Next</a></div>',
    "no classes": '<p><a href="https://www.news.example/category/town/page/2">Next Page »</a></p>',
    "right to left": '<div dir="rtl"><a href="/category/town/page/2/">المقالات الأقدم</a></div>',
    "block": '<a class="wp-block-query-pagination-next" href="/category/town/page/2/">→</a>',
    "a button with its address": '<button class="load-more" data-next-url="/category/town/page/2/">More</button>',
    "a button with pages left": '<button class="load-more-posts" data-page="1" data-max-pages="4">More</button>',
    "a button that says nothing": '<div class="ajax_load_more"><a href="#">More</a></div>',
}


@pytest.mark.parametrize("family", FIRST_PAGE)
def test_the_second_page_from_the_first(family: str) -> None:
    found = older(FIRST_PAGE[family])
    assert found is not None
    assert found.removeprefix("https://www.news.example/").rstrip("/") == "category/town/page/2"


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("", "page/2/"),
        ("blog/", "blog/page/2/"),
        ("?cat=3", "?cat=3&paged=2"),
        ("category/town/page/2/", "category/town/page/3/"),
        ("?cat=3&paged=2", "?cat=3&paged=3"),
        ("2024/05/", "2024/05/page/2/"),
        ("2024/05/page/2/", "2024/05/page/3/"),
        ("?query-7-page=2", "?query-7-page=3"),
        ("index.php/category/x/", "index.php/category/x/page/2/"),
        ("%D1%80%D0%B5%D0%BA%D0%B0/", "%D1%80%D0%B5%D0%BA%D0%B0/page/2/"),
    ],
)
def test_the_next_number_of_the_same_address(path: str, href: str) -> None:
    others = '<a href="/page/9/">9</a><a href="/other/page/2/">x</a><a href="/other/page/3/">x</a>'
    assert older(f'{others}<a href="/{href}">on</a>', path) == href


def test_newer_posts_are_not_older() -> None:
    newer = '<a class="prev page-numbers" href="/category/town/page/2/">Newer</a>'
    newer += '<div class="nav-next"><a href="/category/town/page/2/">Newer posts</a></div>'
    assert older(newer, "category/town/page/3/") is None


def test_the_last_page_has_no_older_one() -> None:
    numbers = "".join(f'<a class="page-numbers" href="/category/town/page/{n}/">{n}</a>' for n in (1, 2, 3))
    assert older(f'<nav class="pagination">{numbers}</nav>', "category/town/page/4/") is None
    assert older('<button class="load-more" data-max-pages="4">More</button>', "category/town/page/4/") is None


def test_a_translated_page_base_is_believed_in_a_pager_only() -> None:
    assert older('<nav class="pagination"><a href="/category/town/seite/2/">2</a></nav>') == "category/town/seite/2/"
    assert older('<p><a href="/category/town/seite/2/">2</a></p>') is None
    number = '<nav class="pagination"><a href="/category/town/seite/3/">3</a><a href="/category/town/">1</a></nav>'
    assert older(number, "category/town/seite/2/", "archive paged paged-2") == "category/town/seite/3/"


def test_a_list_called_by_another_address_is_followed_by_its_pager() -> None:
    pager = '<nav class="pagination"><a class="next page-numbers" href="/category/town/council/page/2/">→</a></nav>'
    assert older(pager, "category/council/") == "category/town/council/page/2/"


def test_search_engine_links_in_the_head_count() -> None:
    assert (
        older("", head='<link rel="next" href="https://news.example/category/town/page/2/">') == "category/town/page/2/"
    )


def test_the_next_post_is_not_the_next_page() -> None:
    assert older("", head='<link rel="next" title="A post" href="https://news.example/a-post/">') is None
    assert older('<nav class="navigation"><a rel="next" href="/a-post/">A post</a></nav>') is None


def test_what_wordpress_calls_next_may_have_no_number() -> None:
    assert older('<a class="next page-numbers" href="?before=2024-05-01">→</a>') == "category/town/?before=2024-05-01"
    assert older('<a class="next page-numbers" href="/category/town/">→</a>') is None


def test_pages_of_one_post_and_of_comments_are_not_the_lists() -> None:
    pages = '<div class="page-links"><a href="/2/" class="post-page-numbers">2</a>'
    pages += '<a href="/a-post/2/" class="post-page-numbers">2</a></div>'
    comments = '<nav class="comments-pagination"><a class="next page-numbers" href="/x/2/">2</a></nav>'
    assert older(pages + comments) is None
    assert older(pages + comments, "") is None


def test_other_links_with_a_two_are_not_pages() -> None:
    links = '<a href="/ferry-to-run-2/">x</a><a href="/?p=2">x</a><a href="/?page_id=2">x</a><a href="/?cat=2">x</a>'
    assert older(links, "") is None
    assert older(links, "?cat=1") is None


def test_load_more_of_comments_or_without_posts_is_no_evidence() -> None:
    assert older('<div id="comments" class="comments"><a class="load-more" href="#">More</a></div>') is None
    empty = "<html><body><p>Nothing.</p><button class='load-more'>More</button></body></html>"
    assert read_listing(parse_page(empty, HOME), "news.example").older is None


def test_an_endless_list_has_numbered_pages() -> None:
    assert older("", "", "home blog infinite-scroll neverending") == "page/2/"
    assert older("", "?cat=3", "archive infinite-scroll") == "?cat=3&paged=2"
    assert older("", "page/2/", "home blog paged infinite-scroll") == "page/3/"
    assert older('<i class="spin animate-infinite"></i>', "") is None
