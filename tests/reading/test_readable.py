"""Whether a page shows one article to read."""

import pytest

from crawler.reading import Kind, NotAPost, page_kind, parse_page, read_post
from crawler.reading.readable import shows_one_article
from tests.reading.build import HOME, URL, article, html

_LINE = "A long paragraph about the bridge and the people who walked over it that day, number {}. "
_STORY = "".join(f"<p>{_LINE.format(n) * 2}</p>" for n in range(12))
_CARD = f"<article><h2><a href='/post-1/'>Post 1</a></h2><p>{_LINE * 3}</p></article>"
_LIST = "".join(_CARD.replace("1", str(n)) for n in range(6))


def _elsewhere(body: str, head: str = "", url: str = URL) -> bool:
    """Whether a page without a sign of WordPress is read."""
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", url)
    assert page_kind(page) is Kind.NOT_WORDPRESS
    return shows_one_article(page)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="og:type" content="article">', "<h1>Bridge opens</h1><p>It is open.</p>"),
        ('<meta property="article:published_time" content="2025-12-03">', "<h1>Bridge opens</h1><p>It is open.</p>"),
        ('<script type="application/ld+json">{"@type":"NewsArticle"}</script>', "<p>It is open.</p>"),
        ("", "<div itemscope itemtype='https://schema.org/BlogPosting'><p>It is open.</p></div>"),
        ("", f"<h1>Bridge opens</h1>{_STORY}"),
        ("", f"<div class='story'>{_STORY.replace('<p>', '').replace('</p>', '<br>')}</div>"),
        ("", f"<article><h1>Bridge opens</h1>{_STORY}</article><section>{_CARD * 3}</section>"),
    ],
)
def test_an_article_of_another_system_is_read(head: str, body: str) -> None:
    assert _elsewhere(body, head)


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ("", "<h1>Bridge opens</h1><p>It is open.</p>", URL),
        ("", f"<h1>Local news</h1><main>{_LIST}</main>", URL),
        ('<meta property="og:type" content="article">', f"<h1>Local news</h1><main>{_LIST}</main>", URL),
        ("", f"<h1>Local news</h1><main>{_LIST.replace('article', 'div')}</main>", URL),
        ("", f"<h1>The Example News</h1>{_STORY}", HOME),
        (f'<link rel="canonical" href="{HOME}">', f"<h1>The Example News</h1>{_STORY}", URL),
    ],
)
def test_lists_front_pages_and_empty_pages_of_another_system_are_not(head: str, body: str, url: str) -> None:
    assert not _elsewhere(body, head, url)


def test_a_static_front_page_is_read_where_it_is_a_text() -> None:
    story = f"<article class='post-2 page type-page hentry'><div class='entry-content'>{_STORY}</div></article>"
    text = html(story, classes="home page page-id-2")
    assert page_kind(parse_page(text, HOME)) is Kind.HOME
    assert len((read_post(text, HOME).text or "").split("\n\n")) == 12


@pytest.mark.parametrize(
    ("body", "classes"),
    [
        (f"<div class='entry-content'><p>{_LINE.format(1)}</p><p>{_LINE.format(2)}</p></div>", "home page page-id-2"),
        (f"<div class='entry-content'>{_STORY}</div>{article('') * 2}", "home page page-id-2"),
        (f"<div class='entry-content'>{_LIST}</div>", "home page page-id-2"),
        (f"<div class='entry-content'>{_STORY}</div>", "home blog"),
        (f"<div class='entry-content'>{_STORY}</div>", "archive category category-3"),
        (f"<div class='entry-content'>{_STORY}</div>", "error404"),
        (f"<div class='entry-content'>{_STORY}</div>", "search search-results"),
    ],
)
def test_landing_pages_archives_searches_and_404s_are_refused(body: str, classes: str) -> None:
    with pytest.raises(NotAPost):
        read_post(html(body, classes=classes), HOME)
