"""Bodies that nobody would write: whatever comes is read, in bounded time, and read again says the same."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.body import read_body
from crawler.reading.page import Page, UnreadablePage, parse_page

MOST_SECONDS = 15  # of CPU; a second on an idle machine, and a quadratic rule would take minutes
URL = "https://news.example/2026/05/04/ferry/"
FIRST = "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary."
SECOND = "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def _page(body: str) -> Page:
    return parse_page(f"<!doctype html><html><body>{body}</body></html>", URL)


_TAGS = st.sampled_from(
    [
        *("p", "div", "span", "b", "a", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "h1", "h2", "pre"),
        *("figure", "figcaption", "br", "img", "section", "em", "code", "dl", "dt", "dd", "iframe", "aside", "details"),
        *("summary", "noscript", "form", "button", "video"),
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        *("", "class=entry-content", "class=related", "class=wp-caption", "class=wp-caption-text", "class=share"),
        *("class=post-1", "class=twitter-tweet", "href=/x", "src=/i.jpg", "src=https://youtube.com/embed/1", "dir=rtl"),
        "style=display:none",
    ]
)
_WORDS = st.sampled_from(
    [
        FIRST,
        SECOND,
        " ",
        "x",
        "Related posts",
        "Read more:",
        "Advertisement",
        "1",
        "Tags",
        "a <i> b </i> c",
        "渡船",
        "&nbsp;",
    ]
)
_PIECES = st.one_of(st.builds("<{} {}>{}".format, _TAGS, _ATTRIBUTES, _WORDS), st.builds("</{}>".format, _TAGS), _WORDS)


@settings(deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=30))
def test_the_clean_html_read_again_is_the_same(pieces: list[str]) -> None:
    try:
        body = read_body(_page("".join(pieces)))
    except UnreadablePage:
        return
    if body.html and body.evidence != "trafilatura":
        again = read_body(parse_page(body.html, URL))
        assert (again.text, again.html, again.word_count) == (body.text, body.html, body.word_count)
        assert (again.images, again.links) == (body.images, body.links)


@settings(deadline=None)
@given(st.text(max_size=2000))
def test_anything_is_read(source: str) -> None:
    try:
        page = parse_page(source, URL)
    except UnreadablePage:
        return
    body = read_body(page)
    assert body.word_count >= 0


@pytest.mark.parametrize(
    "source",
    [
        "<p>" + "<span>word </span>" * 100_000,
        "<p>" + "<b>word</b> " * 50_000,
        "<div>" * 100_000 + "<p>" + FIRST,
        "<p>" + "word " * 1_000_000,
        "<h2>Tags</h2>" * 30_000 + STORY,
        "<table>" + "<tr><td>one<td>two" * 30_000,
        "<img srcset='" + "a" * 200_000 + "'>" + STORY,
        f"<div class='{'share ' * 100_000}'>{STORY}</div>",
    ],
    ids=["spans", "inline", "deep", "long", "labels", "table", "srcset", "class"],
)
def test_hostile_pages_are_read_in_seconds(source: str) -> None:
    page = _page(source)
    before = process_time()
    read_body(page)
    assert process_time() - before < MOST_SECONDS
