"""When a post was published: which evidence is believed, and in UTC."""

from datetime import UTC, datetime

import pytest

from crawler.reading.dates import modified_at, published_at
from tests.reading.build import article, page

_LD = (
    '<script type="application/ld+json">'
    '{{"@type":"{}","datePublished":"{}","dateModified":"2025-12-05T10:00:00+00:00"}}</script>'
)
_META = '<meta property="article:published_time" content="{}">'
_TIME = '<time class="entry-date published" datetime="{}">Dec 3</time>'


@pytest.mark.parametrize(
    ("head", "inside", "expected", "evidence"),
    [
        (
            _LD.format("NewsArticle", "2025-12-03T08:15:00-05:00"),
            "",
            datetime(2025, 12, 3, 13, 15, tzinfo=UTC),
            "JSON-LD datePublished",
        ),
        (
            _META.format("2025-12-03T08:15:00+01:00"),
            "",
            datetime(2025, 12, 3, 7, 15, tzinfo=UTC),
            "article:published_time",
        ),
        ("", _TIME.format("2025-12-03T08:15:00-05:00"), datetime(2025, 12, 3, 13, 15, tzinfo=UTC), "time.published"),
        (
            "",
            '<span itemprop="datePublished" content="2025-12-03"></span>',
            datetime(2025, 12, 3, tzinfo=UTC),
            "itemprop datePublished",
        ),
        (
            "",
            '<div class="wp-block-post-date"><time datetime="2025-12-03T08:15:00Z">x</time></div>',
            datetime(2025, 12, 3, 8, 15, tzinfo=UTC),
            "post date block",
        ),
        (
            "",
            '<time datetime="2025-12-03T08:15:00Z">x</time>',
            datetime(2025, 12, 3, 8, 15, tzinfo=UTC),
            "time element",
        ),
        ('<meta name="pubdate" content="2025-12-02">', "", datetime(2025, 12, 2, tzinfo=UTC), "other meta tag"),
        (
            "",
            '<div class="post-meta">Posted on December 1, 2025 By admin</div>',
            datetime(2025, 12, 1, tzinfo=UTC),
            "shown date",
        ),
        ("", '<time datetime="">December 1, 2025</time>', datetime(2025, 12, 1, tzinfo=UTC), "time element's text"),
        ("", "<div>by Jane, 1 December 2025</div>", datetime(2025, 12, 1, tzinfo=UTC), "date in the head"),
        ("", "", datetime(2025, 12, 3, tzinfo=UTC), "day in the URL"),
    ],
)
def test_evidence(head: str, inside: str, expected: datetime, evidence: str) -> None:
    found = published_at(page(article(inside), "<title>Bridge opens</title>" + head))
    assert found is not None
    assert (found.value, found.evidence) == (expected, evidence)


def test_nothing_is_invented() -> None:
    post = page(article('<time datetime="0000-00-00">soon</time>'), url="https://news.example/bridge-opens/")
    assert published_at(post) is None
    assert modified_at(post) is None


def test_a_day_is_sharpened_by_a_full_time_of_the_same_day_alone() -> None:
    same = page(article(_TIME.format("2025-12-03T08:15:00-05:00")), _META.format("2025-12-03"))
    other = page(article(_TIME.format("2025-12-04T08:15:00-05:00")), _META.format("2025-12-03"))
    assert published_at(same).value == datetime(2025, 12, 3, 13, 15, tzinfo=UTC)  # type: ignore[union-attr]  # found above
    assert published_at(other).value == datetime(2025, 12, 3, 5, 0, tzinfo=UTC)  # type: ignore[union-attr]


def test_dates_of_comments_sidebars_and_other_posts_are_not_the_posts() -> None:
    comment = '<div id="comments"><time datetime="2025-12-09T10:00:00Z">x</time></div>'
    sidebar = (
        '<aside class="widget"><time class="entry-date published" datetime="2025-12-08T10:00:00Z">x</time></aside>'
    )
    card = '<article class="post-9 post"><time class="published" datetime="2025-12-07T10:00:00Z">x</time></article>'
    post = page(article("") + comment + sidebar + card, url="https://news.example/bridge-opens/")
    assert published_at(post) is None


@pytest.mark.parametrize(
    "clock",
    [
        '<div class="top-date">Sunday, December 7, 2025</div>',
        '<header class="site-header"><time datetime="2025-12-07T10:00:00Z">Today</time></header>',
        '<div class="topbar-date"><time>December 7, 2025</time></div>',
    ],
)
def test_the_clock_of_the_sites_header_is_no_date_of_the_post(clock: str) -> None:
    assert published_at(page(clock + article(""), url="https://news.example/bridge-opens/")) is None


def test_the_same_post_in_a_list_elsewhere_tells_its_time() -> None:
    url = "https://news.example/bridge-opens/"
    listed = f'<aside><a href="{url}"><time datetime="2025-12-03T08:15:00Z">x</time></a></aside>'
    found = published_at(page(article("") + listed, url=url))
    assert found is not None
    assert (found.value, found.evidence) == (datetime(2025, 12, 3, 8, 15, tzinfo=UTC), "time linking here")


def test_a_time_of_update_is_not_that_of_publication() -> None:
    inside = (
        '<time class="updated" datetime="2025-12-05T08:00:00Z">x</time><p class="date">Updated: December 5, 2025</p>'
    )
    post = page(article(inside), url="https://news.example/bridge-opens/")
    assert published_at(post) is None
    assert modified_at(post).value == datetime(2025, 12, 5, 8, tzinfo=UTC)  # type: ignore[union-attr]  # found above


def test_modified() -> None:
    found = modified_at(page(article(""), _LD.format("Article", "2025-12-03")))
    assert found is not None
    assert (found.value, found.evidence) == (datetime(2025, 12, 5, 10, tzinfo=UTC), "JSON-LD dateModified")
