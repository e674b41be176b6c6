"""A post's AMP and print pages say the same as its own page, and lead to it."""

import re
from dataclasses import replace

import pytest

from crawler.items import Article
from crawler.reading import other_pages, parse_page, read_pages, read_post
from crawler.reading.canonical import article_url
from crawler.reading.page import Page
from crawler.routes.links import site_links
from tests.reading.build import HOME, PRESSBOOK, URL, article, page

_STORY = """<p>The bridge over the river was opened on Wednesday, nine years after work began.</p>
<p>Thousands walked across it before the first cars, and the mayor cut a ribbon of blue silk.</p>"""
_READER_MODE = f"""<!doctype html><html amp lang="en-US"><head><meta charset="utf-8">
<title>Bridge opens &#8211; The Example News</title><link rel="canonical" href="{URL}">
<script type="application/ld+json">{{"@context": "http://schema.org", "@type": "BlogPosting",
"headline": "Bridge opens", "mainEntityOfPage": "{URL}", "author": {{"@type": "Person", "name": "admin"}},
"datePublished": "2025-12-03T08:15:00-05:00", "dateModified": "2025-12-04T09:00:00-05:00"}}</script></head>
<body><header id="top" class="amp-wp-header"><a href="{HOME}"><span class="amp-site-title">The Example News</span></a>
</header><article class="amp-wp-article"><header class="amp-wp-article-header">
<h1 class="amp-wp-title">Bridge opens</h1><div class="amp-wp-meta amp-wp-byline">
<amp-img src="https://avatars.example/1.png" width="24" height="24"></amp-img>
<span class="amp-wp-author author vcard">admin</span></div><div class="amp-wp-meta amp-wp-posted-on">
<time datetime="2025-12-03T13:15:00+00:00">8 months ago</time></div></header>
<div class="amp-wp-article-content">{_STORY}</div><footer class="amp-wp-article-footer">
<div class="amp-wp-meta amp-wp-tax-category">Categories:
<a href="/category/uncategorized/" rel="category tag">Uncategorized</a></div>
<div class="amp-wp-meta amp-wp-comments-link"><a href="{URL}#respond">Leave a Comment</a></div></footer></article>
<footer class="amp-wp-footer"><h2>The Example News</h2><a href="#top" class="back-to-top">Back to top</a></footer>
<amp-sidebar id="menu"><ul><li><a href="/category/local/">Local</a></li></ul></amp-sidebar></body></html>"""
"""As the AMP plugin's own templates have it: nothing of the theme, no ``wp_head()``."""


def _transitional(html: str) -> str:
    """A theme's page as the AMP plugin rewrites it: its links lead from AMP page to AMP page."""
    amp = html.replace("<html ", '<html ⚡ i-amphtml-layout="" ').replace("<img", "<amp-img")
    return re.sub(r'(<a href="/\d{4}/[^"]+/)"', r'\1amp/"', amp)


def _comparable(post: Article, *unsaid: str) -> Article:
    return replace(post, aliases=[], html=None, **dict.fromkeys(unsaid))  # type: ignore[arg-type]  # names of fields


def test_the_themes_page_for_amp_is_read_as_its_own_page() -> None:
    own, amp = read_post(PRESSBOOK, URL), read_post(_transitional(PRESSBOOK), f"{URL}amp/")
    assert amp == replace(own, aliases=[f"{URL}amp/", *own.aliases])
    assert amp.next_url == "https://news.example/2025/12/05/toll-argued/"


def test_the_plugins_page_for_amp_says_the_same_as_far_as_it_goes() -> None:
    own, amp = read_post(PRESSBOOK, URL), read_pages([parse_page(_READER_MODE, f"{URL}amp/")])
    unsaid = ("wp_id", "type", "previous_url", "next_url", "source")
    assert _comparable(amp, *unsaid) == _comparable(own, *unsaid)
    assert (amp.aliases, amp.previous_url, amp.next_url) == ([f"{URL}amp/"], None, None)


def test_the_pages_of_a_post_are_its_own_pages() -> None:
    pager = f'<div class="page-links"><a class="post-page-numbers" href="{URL}2/amp/">2</a></div>'
    assert other_pages(_amp(f"{URL}amp/", inside=pager)) == [f"{URL}2/"]


@pytest.mark.parametrize(
    ("component", "url", "kind"),
    [
        ('<amp-youtube data-videoid="a1">', "https://www.youtube.com/embed/a1", "video"),
        ('<amp-vimeo data-videoid="12">', "https://player.vimeo.com/video/12", "video"),
        ('<amp-twitter data-tweetid="9">', "https://twitter.com/i/status/9", "social"),
        ('<amp-instagram data-shortcode="x">', "https://www.instagram.com/p/x", "social"),
        ('<amp-facebook data-href="https://www.facebook.com/a/1">', "https://www.facebook.com/a/1", "social"),
        ('<amp-audio src="/a.mp3">', f"{HOME}a.mp3", "audio"),
        ('<amp-video src="/a.mp4">', f"{HOME}a.mp4", "video"),
        ('<amp-iframe src="https://maps.example/1">', "https://maps.example/1", "iframe"),
    ],
)
def test_components_are_embeds(component: str, url: str, kind: str) -> None:
    closed = component + "</" + component.split(maxsplit=1)[0][1:] + ">"
    post = read_post(_READER_MODE.replace("</p>", f"</p>{closed}", 1), f"{URL}amp/")
    assert [(embed.url, embed.kind) for embed in post.embeds] == [(url, kind)]


def _paper_page() -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>The Example News » Bridge opens » Print</title>
    <link rel="canonical" href="{URL}"><link rel="stylesheet" href="/wp-content/plugins/wp-print/print-css.css"></head>
    <body><main class="center"><header class="entry-header"><span class="hat">- The Example News - {HOME} -</span>
    <h1 class="entry-title">Bridge opens</h1></header><div class="entry-content">{_STORY}</div></main></body></html>"""


def test_a_print_page_leads_to_the_post() -> None:
    post = read_post(_paper_page(), f"{URL}print/")
    assert (post.url, post.title, post.aliases) == (URL, "Bridge opens", [f"{URL}print/"])
    assert post.text == read_post(PRESSBOOK, URL).text


def _amp(url: str, head: str = "", inside: str = "") -> Page:
    return parse_page(f"<html amp><head>{head}</head><body>{article(inside)}</body></html>", url)


@pytest.mark.parametrize("end", ["amp/", "amp", "?amp=1", "?amp", "amp/?x", "?outputType=amp", "?amp=1&noamp=mobile"])
def test_without_a_canonical_link_the_address_is_enough(end: str) -> None:
    assert article_url(_amp(URL + end)).value.partition("?")[0] == URL


def test_a_slug_may_be_amp() -> None:
    """A guitar amplifier's page: its canonical link is believed, for it is no AMP page."""
    slug = f"{HOME}gear/amp/"
    canonical = f'<link rel="canonical" href="{slug}">'
    assert article_url(page(article(""), canonical, url=slug)).value == slug
    assert article_url(_amp(slug, canonical)).value == f"{HOME}gear/"
    assert site_links(page(url=URL), "news.example").resolve(slug) == slug
    assert site_links(_amp(URL), "news.example").resolve(slug) == f"{HOME}gear/"


def test_the_host_for_telephones_names_the_post_on_the_other() -> None:
    mobile = parse_page(f'<html><head><link rel="canonical" href="{URL}"></head><body>x', URL.replace("//", "//m."))
    assert article_url(mobile).value == URL
