"""Posts in several pages."""

import pytest

from crawler.reading.pages import other_pages, page_number
from tests.reading.build import URL, article, page


def _pager(current: int, *linked: int, url: str = URL + "{}/") -> str:
    links = "".join(f'<a class="post-page-numbers" href="{url.format(n)}">{n}</a>' for n in linked)
    return f'<div class="page-links"><span class="post-page-numbers current">{current}</span>{links}</div>'


def test_a_post_of_one_page() -> None:
    post = page(article(""))
    assert (page_number(post), other_pages(post)) == (1, [])


def test_all_further_pages_in_order() -> None:
    post = page(article(_pager(1, 2, 3)))
    assert other_pages(post) == [f"{URL}2/", f"{URL}3/"]


def test_a_pager_that_elides_some() -> None:
    assert other_pages(page(article(_pager(1, 2, 9)))) == [f"{URL}{n}/" for n in range(2, 10)]


def test_plain_permalinks() -> None:
    plain = "https://news.example/?p=7"
    post = page(article(_pager(1, 2, 3, url=plain + "&page={}")), url=plain)
    assert other_pages(post) == [f"{plain}&page=2", f"{plain}&page=3"]


@pytest.mark.parametrize(
    ("classes", "inside", "number"),
    [
        ("single single-post postid-7 paged-2 single-paged-2", "", 2),
        ("single single-post postid-7", _pager(3, 2), 3),
        ("single single-post postid-7", "", 1),
        ("single single-post postid-7 paged-99999999", "", 1),
    ],
)
def test_page_number(classes: str, inside: str, number: int) -> None:
    assert page_number(page(article(inside), classes=classes, url=f"{URL}{number}/")) == number


def test_from_a_further_page_the_others_are_the_same() -> None:
    post = page(article(_pager(2, 3)), classes="single postid-7 paged-2 single-paged-2", url=f"{URL}2/")
    assert other_pages(post) == [f"{URL}2/", f"{URL}3/"]


@pytest.mark.parametrize(
    "href", ["https://news.example/other/2/", f"{URL}999999/", f"{URL}comment-page-2/", "http://[x/2/"]
)
def test_links_to_something_else_are_no_pages(href: str) -> None:
    assert other_pages(page(article(f'<div class="page-links"><a href="{href}">2</a></div>'))) == []


def test_a_slug_that_is_a_number_is_no_page() -> None:
    assert page_number(page(article(""), url="https://news.example/2024/")) == 1
