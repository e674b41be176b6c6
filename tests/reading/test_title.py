"""Headlines: as displayed, without the site's name."""

import pytest

from crawler.reading.headline import letters, without_site_name
from crawler.reading.title import raw_title
from tests.reading.build import article, page


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Bridge opens – The Example News", "Bridge opens"),
        ("The Example News | Bridge opens", "Bridge opens"),
        ("Bridge – opens | news.example", "Bridge – opens"),
        ("A-B: C - D", "A-B: C - D"),
        ("The Example News", "The Example News"),
        ("Bridge opens « The Example News", "Bridge opens"),
        ("Rock | Roll | Blues", "Rock | Roll | Blues"),
        ("The Example News » Blog Archive » Bridge opens", "Bridge opens"),
        ("", ""),
    ],
)
def test_the_sites_name_is_taken_off(title: str, rest: str) -> None:
    assert without_site_name(title, ["The Example News", "news.example"]) == rest


_NAME = '<meta property="og:site_name" content="The Example News">'


@pytest.mark.parametrize(
    ("head", "body", "title", "evidence"),
    [
        ("<title>Bridge opens</title>", article(""), "Bridge opens", "headline, as the head says"),
        (
            "<title>Bridge opens – The Example News</title>" + _NAME,
            (
                '<h1 class="site-title">The Example News</h1><article class="post">'
                '<h2 class="entry-title">Bridge opens</h2></article>'
            ),
            "Bridge opens",
            "headline, as the head says",
        ),
        (
            "<title>Bridge opens</title>",
            '<h1 class="screen-reader-text">Bridge opens</h1><h1><span class="kicker">Traffic</span> Bridge opens</h1>',
            "Bridge opens",
            "headline, as the head says",
        ),
        (
            "<title>Why the new bridge opens late</title>",
            "<h1>The bridge that came late</h1>",
            "The bridge that came late",
            "the only h1",
        ),
        (
            '<meta property="og:title" content="Bridge &amp;amp; ferry">',
            "<h1>Wait! Subscribe</h1>",
            "Bridge & ferry",
            "og:title",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","headline":"Bridge opens"}</script>',
            "",
            "Bridge opens",
            "JSON-LD headline",
        ),
        ("<title>Bridge opens | The Example News</title>" + _NAME, "<p>x</p>", "Bridge opens", "document title"),
    ],
)
def test_headline(head: str, body: str, title: str, evidence: str) -> None:
    found = raw_title(page(body, head))
    assert found is not None
    assert (found.value, found.evidence) == (title, evidence)


def test_a_post_without_a_title_has_none() -> None:
    body = (
        '<h1 class="site-title">The Example News</h1><article class="post"><h1 class="entry-title"></h1>'
        "<p>Text.</p></article>"
    )
    assert raw_title(page(body, "<title>The Example News</title>" + _NAME)) is None


def test_a_headline_in_a_sidebar_is_not_the_posts() -> None:
    sidebar = '<aside><h1 class="entry-title">Ferry ends</h1></aside>'
    found = raw_title(page(sidebar + article(""), "<title>Something else entirely</title>"))
    assert found is not None
    assert found.value == "Bridge opens"


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ('<h1 class="page-header-title">Blog</h1><h2 class="entry-title"></h2>', None),
        ('<h1 class="entry-title">Untitled</h1>', "Untitled"),
    ],
)
def test_a_post_without_a_title(inside: str, title: str | None) -> None:
    head = f'<title>- The Example News</title>{_NAME}<script type="application/ld+json">'
    head += '{"@type":"Article","headline":"No title"}</script>'
    found = raw_title(page(f'<article class="post">{inside}<p>Rain all day.</p></article>', head))
    assert (found.value if found else None) == title


def test_texts_longer_than_titles_are_compared_by_their_beginning() -> None:
    assert letters("Ab " * 500_000) == "ab" * 333 + "a"


@pytest.mark.parametrize("head", ["<title>Another wording: the bridge - News</title>", ""])
def test_the_line_above_a_headline_is_no_part_of_it(head: str) -> None:
    heading = '<h1 class="entry-title"><span class="article-kicker">Opinion:</span> The bridge <em>opens</em></h1>'
    found = raw_title(page(article("").replace('<h1 class="entry-title">Bridge opens</h1>', heading), head))
    assert found is not None
    assert found.value == "The bridge opens"
