"""Dates and ages that pages show to people: whose they are, and from when ages are counted back."""

from datetime import UTC, datetime

import pytest

from crawler.reading.dates import published_at, published_precision
from crawler.reading.page import Page, parse_page
from tests.reading.build import article, html

_UNDATED = "https://news.example/bridge-opens/"
_ANSWERED = {"Date": "Fri, 05 Dec 2025 10:30:00 GMT"}


def _answer(inside: str, lang: str = "en-US", headers: dict[str, str] | None = None, around: str = "") -> Page:
    """A post as a server answered with it."""
    return parse_page(html(article(inside) + around, lang=lang), _UNDATED, _ANSWERED if headers is None else headers)


@pytest.mark.parametrize(
    ("lang", "inside", "expected"),
    [
        ("en-US", '<div class="post-date">2 days ago</div>', datetime(2025, 12, 3, 10, 30, tzinfo=UTC)),
        ("en-US", '<div class="entry-meta">Posted on: 45 mins ago</div>', datetime(2025, 12, 5, 9, 45, tzinfo=UTC)),
        ("de-DE", "<header><time>vor 3 Stunden</time></header>", datetime(2025, 12, 5, 7, 30, tzinfo=UTC)),
        ("ar", '<span class="date">منذ يومين</span>', datetime(2025, 12, 3, 10, 30, tzinfo=UTC)),
    ],
)
def test_an_age_is_counted_back_from_the_answer(lang: str, inside: str, expected: datetime) -> None:
    post = _answer(inside, lang)
    assert (published_at(post).value, published_at(post).evidence) == (expected, "age")  # type: ignore[union-attr]
    assert published_precision(post).value == "age"  # type: ignore[union-attr]


def test_an_age_counts_only_where_no_date_is_shown() -> None:
    post = _answer('<div class="post-date">2 days ago</div><div class="post-meta">November 30, 2025</div>')
    assert published_at(post).value == datetime(2025, 11, 30, 12, tzinfo=UTC)  # type: ignore[union-attr]
    assert published_precision(post).value == "day"  # type: ignore[union-attr]


@pytest.mark.parametrize("headers", [{}, {"Date": "soon"}, {"Date": "Fri, 32 Dec 2025 10:30:00 GMT"}])
def test_without_the_clock_of_the_answer_an_age_is_no_date(headers: dict[str, str]) -> None:
    assert published_at(_answer('<div class="post-date">2 days ago</div>', headers=headers)) is None


@pytest.mark.parametrize(
    ("inside", "around"),
    [
        ('<div class="post-meta">5 min read</div><div class="reading-time">5 min</div>', ""),
        ('<div class="post-date">Updated 2 days ago</div>', ""),
        ('<time class="updated">2 days ago</time>', ""),
        ('<div class="post-meta">The bridge was closed 2 days ago</div>', ""),
        ("<p>2 days ago</p>", ""),
        ("", '<aside class="widget"><span class="post-date">2 days ago</span></aside>'),
        ("", '<div id="comments"><span class="comment-date">2 days ago</span></div>'),
        ("", '<article class="post-9 post"><time class="published">2 days ago</time></article>'),
    ],
)
def test_other_ages_are_not_the_posts(inside: str, around: str) -> None:
    assert published_at(_answer(inside, around=around)) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ('<p class="meta">Updated December 3, 2025</p>', None),
        ("<div>Bridge news <span>Last updated: December 3, 2025</span></div>", None),
        ('<p class="meta">December 1, 2025 (updated December 3, 2025)</p>', 1),
        ('<p class="meta">Edited by Kim Roe, December 3, 2025</p>', 3),
    ],
)
def test_the_date_of_the_last_change_is_not_that_of_publication(line: str, day: int | None) -> None:
    found = published_at(_answer(line, headers={}))
    assert (found.value.day if found else None) == day
