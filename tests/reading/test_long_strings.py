"""Every place of a page that a pattern looks at, filled with a very long string: reading time stays linear."""

from contextlib import suppress
from time import process_time

import pytest

from crawler.reading import NotAPost, read_post
from tests.reading.build import URL, html

_LENGTH = 300_000
_MOST_SECONDS = 15  # of CPU; a quadratic pattern takes minutes

_PLACES = {
    "title": ("<title>{}</title>", ""),
    "headline": ("", '<h1 class="entry-title">{}</h1>'),
    "class": ("", '<div class="{}"><p>One two three four five.</p></div>'),
    "id": ("", '<div id="{}"><p>One two three four five.</p></div>'),
    "byline": ("", '<span class="byline author vcard">{}</span>'),
    "date": ("", '<span class="posted-on date">{}</span>'),
    "datetime": ("", '<time class="published" datetime="{}">x</time>'),
    "meta": ('<meta property="article:published_time" content="{0}"><meta name="author" content="{0}">', ""),
    "JSON-LD": ('<script type="application/ld+json">{{"@type": "{0}", "author": "{0}", "url": "{0}"}}</script>', ""),
    "canonical": ('<link rel="canonical" href="https://news.example/{}">', ""),
    "link": ("", '<a class="prev" rel="prev tag category" href="/{0}">{0}</a>'),
    "style": ("", '<p style="{}">One two three four five.</p>'),
    "srcset": ("", '<p><img src="/{0}" srcset="{0}"></p>'),
    "comments": ("", '<a class="comments-link" href="#comments">{}</a>'),
    "terms": ("", '<div class="cat-links"><a rel="category tag" href="/category/x/">{}</a></div>'),
    "language": ('<meta property="og:locale" content="{}">', ""),
    "paragraph": ("", '<div class="entry-content"><p>{}</p><p>By {}</p></div>'),
}
_UNITS = ["a", "1", " x ", "a-", "by a ", "1/", "jan 1 ", "a, ", "| a ", "日", "&lt;", "12:", "_"]


@pytest.mark.parametrize("place", _PLACES)
def test_reading_time_is_linear(place: str) -> None:
    head, body = _PLACES[place]
    for unit in _UNITS:
        long = unit * (_LENGTH // len(unit))
        article = f'<article id="post-7" class="post hentry">{body.format(long, long)}</article>'
        before = process_time()
        with suppress(NotAPost):
            read_post(html(article, head.format(long)), URL)
        assert process_time() - before < _MOST_SECONDS, unit


def test_a_long_link_header_is_read_in_linear_time() -> None:
    before = process_time()
    for unit in ("<", "<a>;", ";a=", '="', " ", "<>,"):
        read_post(html("<article class=post><p>One two."), URL, {"Link": unit * (_LENGTH // len(unit))})
    assert process_time() - before < _MOST_SECONDS


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('<span class="entry-date">' + "a" * 560 + "x{}</span>", 5000),
        ('<time class="published entry-date">{}</time>', 40_000),
        ("<time>{}</time>", 20_000),
    ],
)
def test_many_lines_that_may_be_dates_are_read_in_linear_time(line: str, count: int) -> None:
    many = "".join(map(line.format, range(count)))
    before = process_time()
    read_post(html(f'<article class="post hentry"><h1>T</h1>{many}'), URL)
    assert process_time() - before < _MOST_SECONDS
