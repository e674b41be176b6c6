"""Only lists are made longer."""

import pytest

from crawler.browser.lists import lists_posts
from crawler.reading.rules import NO_RULES, SiteRules
from crawler.reading.selectors import selector

_HEAD = '<html><head><meta name="generator" content="WordPress 7.1"></head>'
_CARD = '<article class="hentry post-1 post"><h2 class="entry-title"><a href="/b/">B</a></h2></article>'


@pytest.mark.parametrize(
    ("html", "is_list"),
    [
        (f'{_HEAD}<body class="home blog">{_CARD}</body></html>', True),
        (f'{_HEAD}<body class="archive category">{_CARD}</body></html>', True),
        (
            f'{_HEAD}<body class="single single-post postid-2"><article class="hentry"><h1>A</h1></article>{_CARD}',
            False,
        ),
        (f'{_HEAD}<body class="home blog"><div id="root"></div></body></html>', False),
        ("", False),
        ("\0", False),
    ],
)
def test_what_is_a_list(html: str, is_list: bool) -> None:
    assert lists_posts(html, "https://news.example/", "news.example", NO_RULES) is is_list


def test_what_is_a_post_by_the_rules_of_its_site_is_no_list() -> None:
    html = f'{_HEAD}<body class="blog story-page">{_CARD}</body></html>'
    url, rules = "https://news.example/a/", SiteRules(post=selector("body.story-page"))
    assert lists_posts(html, url, "news.example", NO_RULES)
    assert not lists_posts(html, url, "news.example", rules)
