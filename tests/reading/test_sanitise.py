"""Clean HTML: what may stay, where it stands, and that nothing in it acts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring

from crawler.reading.page import UnreadablePage, parse_page
from crawler.reading.sanitise import sanitise, serialise

URL = "https://news.example/2026/05/04/ferry/"
ALLOWED = set(
    """
    div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th figure figcaption
    details summary a strong b em i u s del ins sub sup small mark code kbd samp var q cite abbr time dfn bdi bdo img
    br video audio
    """.split()  # noqa: SIM905 (a list of so many is not easier to read)
)
ATTRIBUTES = {
    *("class", "href", "src", "alt", "width", "height", "cite", "lang", "dir", "colspan", "rowspan", "start"),
    *("datetime", "title", "controls", "data-embed"),
}


def _clean(source: str) -> str:
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    html = serialise(sanitise([next(page.root.iter("body"))], page.url, lambda _: False))
    return html.removeprefix('<div class="entry-content">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("<div>One<div>two</div>three</div>", "<p>One</p><p>two</p><p>three</p>"),
        ("one<br><br>two<br>three", "<p>one</p><p>two<br>\nthree</p>"),
        ("<p>one <b>two</b> <em></em>three</p>", "<p>one <b>two</b> three</p>"),
        ("<b>one<div>two</div></b>", "<p><b>one</b></p><p><b>two</b></p>"),
        ("<a href='/x'><div>one</div></a>", '<p><a href="https://news.example/x">one</a></p>'),
        ("<ul><li>one<ul><li>two</ul>three</ul>", "<ul><li>one<ul><li>two</li></ul><p>three</p></li></ul>"),
        ("<ul>one</ul>", "<ul><li>one</li></ul>"),
        ("<li>one</li>", "<p>one</p>"),
        ("<h2><div>one</div><div>two</div></h2>", "<h2>one<br>\ntwo</h2>"),
        ("<pre> a\n  b<br>c</pre>", "<pre> a\n  b\nc</pre>"),
        ("<table><tr><td>1<td></tr>x</table>", "<table><tr><td>1</td><td></td></tr></table><p>x</p>"),
        ("<table><tr><td></table>one", "<p>one</p>"),
        ("<blockquote>one<cite>two</cite></blockquote>", "<blockquote><p>one<cite>two</cite></p></blockquote>"),
        ("<p lang=ar dir=rtl style=x>ا</p>", '<p lang="ar" dir="rtl">ا</p>'),
        ("<a href='#top'>one</a> <a href='mailto:a@b.example'>two</a>", "<p>one two</p>"),
        ("<p><span> </span></p><div></div>", ""),
        ("<p>a&#1;b\x0cc</p>", "<p>ab c</p>"),
        ("<details><summary>one</summary>two</details>", "<details><summary>one</summary><p>two</p></details>"),
    ],
)
def test_blocks(source: str, clean: str) -> None:
    assert _clean(source) == clean


def test_captions_and_figures_are_told_by_name() -> None:
    source = "<div class='wp-caption'><img src='/a.jpg'><p class='wp-caption-text'>The pier.</p></div>"
    figure = '<figure><img src="https://news.example/a.jpg"><figcaption>The pier.</figcaption></figure>'
    assert _clean(source) == figure
    assert _clean(figure) == figure


def test_an_embed_becomes_a_link_that_is_still_an_embed_when_read_again() -> None:
    link = '<figure><a href="https://youtube.com/embed/1" data-embed="video">https://youtube.com/embed/1</a></figure>'
    assert _clean("<p>x<iframe src='https://youtube.com/embed/1' srcdoc='<b>'></iframe></p>") == f"<p>x</p>{link}"
    assert _clean(link) == link
    assert _clean("<div class='wp-block-embed__wrapper'>\nhttps://youtube.com/embed/1\n</div>") == link


def test_a_quoted_post_keeps_its_words_and_its_address() -> None:
    tweet = "<blockquote class='twitter-tweet'><p>Fog.</p><a href='https://x.com/a/status/1'>May 4</a></blockquote>"
    clean = (
        '<blockquote cite="https://x.com/a/status/1" data-embed="social"><p>Fog.</p>'
        '<p><a href="https://x.com/a/status/1">May 4</a></p></blockquote>'
    )
    assert _clean(tweet) == clean
    assert _clean(clean) == clean


def test_a_placeholder_gives_way_to_what_it_stands_for() -> None:
    post = "<blockquote class='wp-embedded-content'><a href='https://other.example/x/'>Another post</a></blockquote>"
    assert _clean(post) == (
        '<figure><a href="https://other.example/x/" data-embed="iframe">https://other.example/x/</a></figure>'
    )


def test_noscript_gives_the_image_that_a_script_would_have_loaded() -> None:
    lazy = (
        "<img src='data:image/gif;base64,R0' data-src='/a.jpg'><noscript><img src='/a.jpg'>Enable scripts!</noscript>"
    )
    assert _clean(lazy) == '<p><img src="https://news.example/a.jpg"></p>'
    assert _clean("<noscript><img src='/a.jpg'></noscript>") == '<p><img src="https://news.example/a.jpg"></p>'


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src='javascript:alert(1)'>",
    "<img src=jAvAsCrIpT:alert(1)>",
    "<img src='jav&#x09;ascript:alert(1)'>",
    "<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src='/a.jpg' ONLOAD = 'alert(1)' style='background:url(javascript:alert(1))'>",
    '<img """><script>alert(1)</script>">',
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='/x' onmouseover='alert(1)'>x</a>",
    "<body onload=alert(1)><p>x",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<svg/onload=alert(1)><path></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<video><source onerror='alert(1)'></video>",
    "<video src='javascript:alert(1)' poster='javascript:alert(1)'></video>",
    "<form action='javascript:alert(1)'><input type=image src=x onerror=alert(1)><button formaction=javascript:x>x",
    "<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<base href='javascript:alert(1)//'>",
    "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<a href='/x' target=_blank ping='//evil.example'>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<p id=x name=y data-x='<script>'>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
]
"""The ways of the OWASP cheat sheet on filter evasion, in our words."""


@pytest.mark.parametrize("source", ATTACKS)
def test_nothing_acts(source: str) -> None:
    _assert_inert(_clean(f"<p>before</p>{source}<p>after</p>"))


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(alphabet="<>/ ='\"abscript:&#;", max_size=20)), max_size=8))
def test_nothing_acts_however_it_is_mixed(pieces: list[str]) -> None:
    try:
        clean = _clean("".join(pieces))
    except UnreadablePage:
        return
    _assert_inert(clean)


def _assert_inert(clean: str) -> None:
    root = fragment_fromstring(clean, create_parent="div")
    for element in root.iter():
        assert element.tag in ALLOWED
        _assert_attributes(element)


def _assert_attributes(element: HtmlElement) -> None:
    for name, value in element.attrib.items():
        assert str(name) in ATTRIBUTES
        if name in ("href", "src", "cite"):
            assert str(value).startswith(("https://", "http://"))
