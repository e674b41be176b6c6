"""A whole post read, field by field; what is refused; and that nothing breaks the reader."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Article
from crawler.reading import DifferentPosts, Kind, NotAPost, UnreadablePage, parse_page, read_pages, read_post
from tests.reading.build import HOME, PRESSBOOK, URL, article, html, page


def test_reads_every_field_of_the_seeds_kind_of_page() -> None:
    post = read_post(PRESSBOOK, URL)
    assert post.site == "news.example"
    assert (post.url, post.aliases) == (URL, ["https://news.example/?p=7"])
    assert (post.wp_id, post.type, post.language) == (7, "post", "en-US")
    assert (post.title, post.authors) == ("Bridge opens", ["admin"])
    assert post.published_at == datetime(2025, 12, 3, 13, 15, tzinfo=UTC)
    assert post.modified_at == datetime(2025, 12, 4, 14, 0, tzinfo=UTC)
    assert post.published_precision == "time"
    assert (post.categories, post.tags) == (["Uncategorized"], [])
    assert (post.comment_count, post.page_count, post.access) == (0, 1, "open")
    assert post.previous_url == "https://news.example/2025/12/02/ferry-ends/"
    assert post.next_url == "https://news.example/2025/12/05/toll-argued/"
    assert (post.source.theme, post.source.generator) == ("pressbook", "WordPress 6.8")
    assert post.text is not None
    assert post.text.startswith("The bridge over the river")
    assert "Toll argued" not in post.text


def test_without_a_datetime_attribute_the_shown_date_counts() -> None:
    shown_only = PRESSBOOK.replace('datetime="2025-12-03T08:15:00-05:00"', "").replace(
        '<time class="updated" datetime="2025-12-04T09:00:00-05:00">December 4, 2025</time>', ""
    )
    post = read_post(shown_only, URL)
    assert (post.published_at, post.published_precision) == (datetime(2025, 12, 3, 12, tzinfo=UTC), "day")


def test_explains_which_evidence_gave_each_field() -> None:
    explained = read_post(PRESSBOOK, URL, explain=True)
    assert explained.article.title == "Bridge opens"
    assert explained.evidence["published_at"] == "time.published"
    assert explained.evidence["authors"] == "author card"
    assert explained.evidence["url"] == "rel=canonical"
    assert "tags" not in explained.evidence


def test_a_password_protected_post_has_no_text_and_no_prefix() -> None:
    form = '<form class="post-password-form"><input name="post_password"></form>'
    head = "<title>Protected: Bridge opens</title>"
    body = f'<article id="post-7" class="post"><h1 class="entry-title">Protected: Bridge opens</h1>{form}</article>'
    post = read_post(html(body, head), URL)
    assert (post.title, post.access, post.text) == ("Bridge opens", "password", None)


def test_all_pages_of_a_post_are_one_article() -> None:
    pager = '<div class="page-links"><span class="post-page-numbers current">1</span>'
    pager += f'<a class="post-page-numbers" href="{URL}2/">2</a></div>'
    first = page(article(pager))
    second = page(article("").replace("bridge over", "ferry over"), url=f"{URL}2/")
    post = read_pages([first, second])
    assert (post.page_count, post.url) == (2, URL)
    assert post.text is not None
    assert "The bridge over" in post.text
    assert "The ferry over" in post.text


@pytest.mark.parametrize("classes", ["single single-post postid-8", "single single-post"])
def test_pages_of_two_posts_are_no_article(classes: str) -> None:
    other = page(article("").replace("post-7", "x"), classes=classes, url="https://news.example/2025/12/04/ferry/2/")
    with pytest.raises(DifferentPosts, match=r"ferry/2/' is no page of the post at .*bridge-opens/'"):
        read_pages([page(article("")), other])


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ("archive category category-3", Kind.ARCHIVE),
        ("error404", Kind.NOT_FOUND),
        ("search search-results", Kind.SEARCH),
    ],
)
def test_refuses_what_is_no_post(classes: str, kind: Kind) -> None:
    with pytest.raises(NotAPost) as refusal:
        read_post(html("<h1>Local</h1>", classes=classes), HOME)
    assert refusal.value.kind is kind


def test_a_wordpress_page_is_read_when_asked_for_but_is_no_post_of_a_crawl() -> None:
    about = html(article(""), "<title>Bridge opens</title>", classes="page page-id-2")
    assert read_post(about, URL).title == "Bridge opens"
    with pytest.raises(NotAPost, match="page"):
        read_pages([parse_page(about, URL)])


def test_a_text_in_another_script_has_its_own_language() -> None:
    story = "<p>" + "駅前の再開発について住民説明会が開かれ、意見が分かれました。" * 8 + "</p>"
    body = (
        '<article id="post-7" class="post"><h1 class="entry-title">駅前</h1>'
        f'<div class="entry-content">{story}</div></article>'
    )
    assert read_post(html(body), URL).language == "ja"


_SNIPPETS = [
    '<article id="post-99999999999999999999">',
    '<meta property="og:url" content="http://[::1">',
    '<base href="//[">',
    '<a rel="prev" href="http://[x">',
    '<time class="published" datetime="99999-99-99">',
    '<link rel="shortlink" href="?p=²">',
    '<script type="application/ld+json">{"@type":"Article","author":{"@id":1},"datePublished":9e999}</script>',
    '<script type="application/ld+json">[[{"@graph":[null,1,{"@type":["Article"],"headline":[{}]}]}]]</script>',
    '<div class="page-links"><a href="/x/999999/">',
    '<h1 class="entry-title">',
    "<p>",
    "</div>",
    '<span class="date">٣/٣/٣٣٣٣',
    "<!--",
    '<div class="byline">by by by',
    '<a class="nav-previous" href="?page=2&page=">',
    "\x00",
    "\ud800",
    "&#0;&#xD800;",
]


@given(
    st.lists(st.sampled_from(_SNIPPETS) | st.text(max_size=20), max_size=30),
    st.sampled_from([URL, "http://x/", "file:///a.html"]),
)
@settings(deadline=None, max_examples=150)
def test_any_text_gives_an_article_or_a_named_refusal(parts: list[str], url: str) -> None:
    _read_or_refuse(html("".join(parts)), url)
    _read_or_refuse("".join(parts), url)


@given(
    st.binary(max_size=600), st.sampled_from(["", "text/html; charset=hex", "text/html; charset=utf-16", "image/png"])
)
@settings(deadline=None, max_examples=150)
def test_any_bytes_give_an_article_or_a_named_refusal(body: bytes, content_type: str) -> None:
    _read_or_refuse(body, URL, content_type)
    _read_or_refuse(html(article("")).encode() + body, URL, content_type)


def _read_or_refuse(body: bytes | str, url: str, content_type: str = "") -> None:
    try:
        post = read_post(body, url, {"Content-Type": content_type})
    except UnreadablePage as refusal:
        assert str(refusal) in {"empty", "too-large", "not-html"}
    except NotAPost as refusal:
        assert refusal.kind in Kind
    else:
        assert isinstance(post, Article)


@pytest.mark.parametrize(
    "unit", ["<div>", "<b><p>", "<a href=/x>", "<table>", '<span class="date">12 ', "<h1>a| ", "by a, "]
)
def test_hostile_repetition_is_read_in_bounded_time(unit: str) -> None:
    body = html('<article id="post-7" class="post"><h1 class="entry-title">Bridge</h1>' + unit * 20_000)
    _read_or_refuse(body, URL)


@pytest.mark.parametrize("url", ["", "story/", "/2025/story/"])
def test_an_address_that_is_not_absolute_is_refused_clearly(url: str) -> None:
    with pytest.raises(ValueError, match="url must be absolute"):
        read_post(PRESSBOOK, url)


def test_a_refusal_says_in_words_what_the_page_is() -> None:
    assert str(NotAPost(Kind.NOT_FOUND)) == "the page shows no single post; it was taken for: not found"
