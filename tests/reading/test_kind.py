"""What kind of page it is."""

import pytest

from crawler.reading import Kind, page_kind, parse_page
from tests.reading.build import HOME, URL, article, html

_SHORTLINK = '<link rel="shortlink" href="https://news.example/?p=7">'
_STORY = "<p>" + "A long paragraph about the bridge and the people who walked over it that day. " * 10 + "</p>"


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ("single single-post postid-7 single-format-standard", Kind.POST),
        ("brief-template-default single single-brief postid-7", Kind.POST),
        ("wordpress singular singular-post singular-post-7", Kind.POST),
        ("page-template-default page page-id-2", Kind.PAGE),
        ("singular singular-page singular-page-2", Kind.PAGE),
        ("home page page-id-2", Kind.HOME),
        ("home blog", Kind.HOME),
        ("blog", Kind.ARCHIVE),
        ("archive category category-local category-3", Kind.ARCHIVE),
        ("archive tag tag-river tag-4 paged-2", Kind.ARCHIVE),
        ("archive author author-jane author-5", Kind.ARCHIVE),
        ("archive post-type-archive post-type-archive-video", Kind.ARCHIVE),
        ("plural archive taxonomy taxonomy-category", Kind.ARCHIVE),
        ("archive date", Kind.ARCHIVE),
        ("attachment attachmentid-9 single single-attachment postid-9", Kind.ATTACHMENT),
        ("search search-results", Kind.SEARCH),
        ("search search-no-results", Kind.SEARCH),
        ("error404", Kind.NOT_FOUND),
        ("error-404 logged-out", Kind.NOT_FOUND),
    ],
)
def test_by_body_class(classes: str, kind: Kind) -> None:
    assert page_kind(parse_page(html(article(""), classes=classes), URL)) is kind


@pytest.mark.parametrize(
    ("head", "body", "kind"),
    [
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7">', "", Kind.POST),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">', "", Kind.PAGE),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/categories/7">', "", Kind.ARCHIVE),
        (_SHORTLINK, "", Kind.POST),
        ("<link rel=prev title='Ferry ends' href='/ferry/'>", "", Kind.POST),
        (
            f'<link type="application/json+oembed" rel="alternate" href="/wp-json/oembed/1.0/embed?url={URL}">',
            "",
            Kind.POST,
        ),
        ('<script type="application/ld+json">{"@type":"NewsArticle"}</script>', "", Kind.POST),
        ('<script type="application/ld+json">{"@type":"CollectionPage"}</script>', "", Kind.ARCHIVE),
        (f'<link rel="canonical" href="{HOME}">', "", Kind.HOME),
        ("", '<form><input name="comment_post_ID" value="7"></form>', Kind.POST),
        ("", _STORY, Kind.POST),
        ("", "<p>Nothing much.</p>", Kind.UNKNOWN),
        (
            "",
            "".join(
                f'<div class="hentry"><h2><a rel="bookmark" href="/{n}/">Post {n}</a></h2></div>' for n in range(4)
            ),
            Kind.ARCHIVE,
        ),
    ],
)
def test_without_body_classes(head: str, body: str, kind: Kind) -> None:
    assert page_kind(parse_page(html(body, head, classes="custom"), URL)) is kind


def test_the_card_of_an_embed_is_no_post_but_a_post_may_quote_one() -> None:
    card = '<div class="wp-embed"><p class="wp-embed-heading"><a href="/bridge/">Bridge opens</a></p></div>'
    assert page_kind(parse_page(html(card), f"{URL}embed/")) is Kind.EMBED
    assert page_kind(parse_page(html(f"<main>{card}</main>"), URL)) is Kind.POST


@pytest.mark.parametrize(
    "text",
    [
        (
            "<html><head><title>Just a moment...</title></head><body>"
            "<script src='/cdn-cgi/challenge-platform/x.js'></script></body></html>"
        ),
        "<html><head><title>Access denied | news.example</title></head><body><h1>Sorry</h1></body></html>",
    ],
)
def test_a_firewalls_wall(text: str) -> None:
    assert page_kind(parse_page(text, URL)) is Kind.CHALLENGE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>', Kind.FEED),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>', Kind.FEED),
        ("<html><body><article><h1>Bridge opens</h1></article></body></html>", Kind.NOT_WORDPRESS),
    ],
)
def test_feeds_and_other_systems(text: str, kind: Kind) -> None:
    assert page_kind(parse_page(text, URL)) is kind


def test_one_post_is_one_however_many_classes_name_it() -> None:
    teasers = "".join(f"<li><a rel='bookmark' href='/{n}/'>Post {n}</a></li>" for n in range(4))
    body = f"<div class='post type-post hentry'><p>{'The bridge is open. ' * 9}</p><ul>{teasers}</ul></div>"
    assert page_kind(parse_page(html(body, classes="custom"), URL)) is Kind.POST


def test_the_shape_of_the_url_decides_nothing() -> None:
    body = html(article(""), classes="single single-post postid-7")
    assert page_kind(parse_page(body, "https://news.example/category/local/")) is Kind.POST
    assert page_kind(parse_page(html("", classes="archive category-3"), URL)) is Kind.ARCHIVE
