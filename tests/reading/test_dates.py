"""When a post was published: which evidence is believed, and in UTC."""

from datetime import UTC, datetime

import pytest

from crawler.reading.dates import modified_at, published_at, published_precision
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
            datetime(2025, 12, 3, 12, tzinfo=UTC),
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
        ('<meta name="pubdate" content="2025-12-02">', "", datetime(2025, 12, 2, 12, tzinfo=UTC), "other meta tag"),
        (
            "",
            '<div class="post-meta">Posted on December 1, 2025 By admin</div>',
            datetime(2025, 12, 1, 12, tzinfo=UTC),
            "shown date",
        ),
        ("", '<time datetime="">December 1, 2025</time>', datetime(2025, 12, 1, 12, tzinfo=UTC), "time element's text"),
        ("", "<div>by Jane, 1 December 2025</div>", datetime(2025, 12, 1, 12, tzinfo=UTC), "date in the head"),
        ("", "", datetime(2025, 12, 3, 12, tzinfo=UTC), "day in the URL"),
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
    assert published_at(other).value == datetime(2025, 12, 3, 17, tzinfo=UTC)  # type: ignore[union-attr]


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


_UNDATED = "https://news.example/bridge-opens/"
_STORY = (
    '<div class="entry-content"><p>' + "The bridge over the river was opened after nine years. " * 9 + "</p>{}</div>"
)


@pytest.mark.parametrize(
    ("body", "evidence", "hour"),
    [
        ("<div><h1>Bridge opens</h1></div>" + "<hr>" * 7 + "<section><p>Jane - Dec 3, 2025</p></section>"
         + _STORY.format(""), "date before the body", 12),
        ("<h2>Bridge</h2><h2>Opens</h2><p>by <a href='/x'>Jane</a>, 12/3/25</p>" + _STORY.format(""),
         "date before the body", 12),
        ('<p><time datetime="2025-12-03 00:00">x</time></p><hr><hr><hr><div class="s"><h1>Bridge opens</h1></div>'
         + _STORY.format(""), "only time element", 0),
        ("<h1>Bridge opens</h1>" + _STORY.format("<p>The end.</p>" * 60 + "<p>Published on 3 December 2025</p>"),
         "date with a label", 12),
    ],
)  # fmt: skip
def test_a_date_shown_without_any_class(body: str, evidence: str, hour: int) -> None:
    found = published_at(page(body, "<title>Bridge opens</title>", url=_UNDATED))
    assert found is not None
    assert (found.value, found.evidence) == (datetime(2025, 12, 3, hour, tzinfo=UTC), evidence)


def test_a_date_in_the_storys_sentences_is_none_of_the_post() -> None:
    story = _STORY.format("<p>It had been closed on 3 December 2020, when the first cracks were found in it.</p>")
    assert published_at(page("<h1>Bridge opens</h1>" + story, "<title>Bridge opens</title>", url=_UNDATED)) is None


@pytest.mark.parametrize(
    ("structured", "meta", "time", "expected"),
    [
        ("17:00:00-05:00", "17:00:00+00:00", "12:00:00-05:00", 17),
        ("17:00:00+00:00", "17:00:00-05:00", "12:00:00-05:00", 17),
        ("12:00:00+00:00", "12:00:00-05:00", "17:00:00+00:00", 17),
        ("12:00:00+00:00", "12:00:00-05:00", "12:00:00-05:00", 12),
        ("12:00:00-05:00", "17:00:00+00:00", "12:00:00+00:00", 17),
    ],
)
def test_of_two_offsets_of_one_clock_a_third_date_decides(structured: str, meta: str, time: str, expected: int) -> None:
    head = _LD.format("NewsArticle", f"2025-12-03T{structured}") + _META.format(f"2025-12-03T{meta}")
    found = published_at(page(article(_TIME.format(f"2025-12-03T{time}")), head))
    assert found is not None
    assert found.value == datetime(2025, 12, 3, expected, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inside", "precision"),
    [
        (_TIME.format("2025-12-03T08:15:00-05:00"), "time"),
        (_TIME.format("2025-12-03 08:15"), "day"),
        (_TIME.format("2025-12-03"), "day"),
        ('<div class="post-meta">December 3, 2025 at 8:15 am</div>', "day"),
        ('<div class="post-meta">December 3, 2025</div>', "day"),
    ],
)
def test_how_exactly_it_is_told(inside: str, precision: str) -> None:
    post = page(article(inside), url=_UNDATED)
    found, moment = published_precision(post), published_at(post)
    assert found is not None
    assert moment is not None
    assert (found.value, found.evidence) == (precision, moment.evidence)


def test_what_is_not_told_has_no_precision() -> None:
    assert published_precision(page(article(""), url=_UNDATED)) is None


def test_a_day_of_change_is_its_noon() -> None:
    inside = '<time class="updated" datetime="2025-12-05">x</time>'
    assert modified_at(page(article(inside))).value == datetime(2025, 12, 5, 12, tzinfo=UTC)  # type: ignore[union-attr]


_NEW, _OLD = datetime(2025, 12, 9, 7, tzinfo=UTC), datetime(2025, 12, 3, 7, tzinfo=UTC)
_CHANGED = '<time class="entry-date date updated" {}datetime="2025-12-09T08:00:00+01:00">Dec 9, 2025</time>'


@pytest.mark.parametrize(
    "inside",
    [
        _CHANGED.format('itemprop="dateModified" ')
        + '<span class="date"><meta itemprop="datePublished" content="2025-12-03T08:00:00+01:00">Dec 3</span>',
        _CHANGED.format("") + '<time class="published" datetime="2025-12-03T08:00:00+01:00">Dec 3</time>',
        (
            '<p class="last-updated"><time datetime="2025-12-09T08:00:00+01:00">Dec 9</time></p>'
            '<p><time datetime="2025-12-03T08:00:00+01:00">Dec 3</time></p>'
        ),
        (
            '<p>Updated on <time datetime="2025-12-09T08:00:00+01:00">Dec 9</time></p>'
            '<p><time datetime="2025-12-03T08:00:00+01:00">Dec 3</time></p>'
        ),
    ],
)
def test_a_change_is_not_the_publication(inside: str) -> None:
    shown = page(article(inside))
    published, modified = published_at(shown), modified_at(shown)
    assert published and published.value == _OLD
    assert modified and modified.value == _NEW


def test_a_change_is_not_the_publication_whose_day_alone_is_shown() -> None:
    shown = page(article(_CHANGED.format("") + '<span class="entry-date published">Dec 3, 2025</span>'))
    published = published_at(shown)
    assert published and published.value == datetime(2025, 12, 3, 11, tzinfo=UTC)


def test_the_only_date_is_the_publication_though_named_updated() -> None:
    found = published_at(page(article(_CHANGED.format(""))))
    assert found and (found.value, found.evidence) == (_NEW, "time.entry-date.updated")


_COMMENT = '<div id="comments"><time datetime="2025-12-04T08:00:00+01:00">Dec 4</time></div>'


@pytest.mark.parametrize(
    ("shown", "elsewhere", "at", "precision"),
    [
        ("December 3, 2025 @ 9:15 am", "", datetime(2025, 12, 3, 9, 15, tzinfo=UTC), "day"),
        ("December 3, 2025 @ 9:15 am", _COMMENT, datetime(2025, 12, 3, 8, 15, tzinfo=UTC), "time"),
        ("December 3, 2025 9:15 pm EST", "", datetime(2025, 12, 4, 2, 15, tzinfo=UTC), "time"),
        ("23.12.2025, 09:15 Uhr MEZ", "", datetime(2025, 12, 23, 8, 15, tzinfo=UTC), "time"),
        ("December 3, 2025 9:15 am IST", "", datetime(2025, 12, 3, 9, 15, tzinfo=UTC), "day"),
        ("December 3, 2025", _COMMENT, datetime(2025, 12, 3, 11, tzinfo=UTC), "day"),
    ],
)
def test_a_clock_without_a_zone_tells_the_day_alone(shown: str, elsewhere: str, at: datetime, precision: str) -> None:
    post = page(article(f'<p class="posted-on">{shown}</p>') + elsewhere)
    published, told = published_at(post), published_precision(post)
    assert published and told and (published.value, told.value) == (at, precision)


def test_a_machine_date_without_a_zone_tells_the_day_alone() -> None:
    told = published_precision(page(article('<time datetime="2025-12-03T09:15:00">December 3</time>')))
    assert told and told.value == "day"


def test_a_line_tells_when_it_was_last_changed() -> None:
    lines = "<span>Published: December 3, 2025</span> <span>Last updated: December 5, 2025 4:30 pm EST</span>"
    found = modified_at(page(article(lines)))
    assert found and found.value == datetime(2025, 12, 5, 21, 30, tzinfo=UTC)
    assert modified_at(page(article("<p>Posted on December 3, 2025</p>"))) is None
