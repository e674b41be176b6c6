"""Posts of the REST API, as articles."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Embed, Image, Link
from crawler.reading import parse_page, read_pages
from crawler.reading.rest import NotARestPost, read_rest, read_rest_post
from tests.reading.build import HOME, PRESSBOOK, URL

_STORY = (
    "<p>The bridge over the river was opened on Wednesday, nine years after work began.</p>"
    "<p>Thousands walked across it before the first cars, and the mayor cut a ribbon of blue silk.</p>"
)
_SAME = (
    "site", "url", "wp_id", "type", "title", "excerpt", "authors", "published_at", "modified_at", "categories", "tags",
    "text", "html", "images", "embeds", "links", "word_count", "page_count",
)  # fmt: skip
"""What a page and the API tell alike."""
_JANE = {"id": 3, "name": "Jane Doe", "slug": "jane"}


def post(content: str = _STORY, **fields: Any) -> dict[str, Any]:
    """An item of ``/wp/v2/posts?_embed``."""
    embeds = {"author": [_JANE]} | fields.pop("_embedded", {})
    return {
        "id": 7,
        "type": "post",
        "status": "publish",
        "link": URL,
        "date_gmt": "2025-12-03T13:15:00",
        "modified_gmt": "2025-12-04T14:00:00",
        "title": {"rendered": "Bridge opens"},
        "content": {"rendered": content, "protected": False},
        "excerpt": {
            "rendered": "<p>The bridge over the river was opened on Wednesday [&hellip;]</p>",
            "protected": False,
        },
        "author": 3,
        "_embedded": embeds,
        **fields,
    }


def missing(content: str = _STORY, **fields: Any) -> str | None:
    return read_rest(post(content, **fields), HOME).missing


def head(*tags: str) -> str:
    return "<title>Bridge opens - Example</title>" + "".join(tags)


def test_the_same_as_the_page_of_the_post() -> None:
    page = read_pages([parse_page(PRESSBOOK, URL)])
    terms = [[{"id": 1, "name": "Uncategorized", "taxonomy": "category"}], []]
    article = read_rest_post(post(_embedded={"author": [{"name": "admin"}], "wp:term": terms}, categories=[1]), HOME)
    for field in _SAME:
        assert getattr(article, field) == getattr(page, field), field
    assert article.source.route == "rest"


def test_the_site_is_the_home_below_its_host() -> None:
    assert read_rest_post(post(), "https://www.example.org/blog/").site == "example.org/blog"


@pytest.mark.parametrize(
    ("rendered", "title"),
    [
        ("Apples &#038; pears &#8211; 10 &lt; 20", "Apples & pears – 10 < 20"),
        ("10 < 20", "10 < 20"),
        ("The <em>old</em>  pier", "The old pier"),
        ("Protected: Minutes", "Minutes"),
        ("", None),
        (None, None),
        ("\ud800A\0", "A"),
    ],
)
def test_title(rendered: Any, title: str | None) -> None:
    assert read_rest_post(post(title={"rendered": rendered}), HOME).title == title


@pytest.mark.parametrize("value", [None, "", "0000-00-00T00:00:00", "-0001-11-30T00:00:00", False, 5, "2025-12-03"])
def test_dates_that_are_not_set(value: Any) -> None:
    article = read_rest_post(post(date_gmt=value, modified_gmt=value, date="2025-12-03T08:15:00"), HOME)
    assert (article.published_at, article.modified_at) == (None, None)


def test_dates_are_utc() -> None:
    assert read_rest_post(post(), HOME).published_at == datetime(2025, 12, 3, 13, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "excerpt"),
    [
        ("<p>Nine years, one ribbon.</p>", "Nine years, one ribbon."),
        ("<p>The bridge over the river was opened on Wednesday, nine years&hellip;</p>", None),
        (f'<p>The bridge over the river was opened… <a href="{URL}">Read on</a></p>', None),
        (f'<p>Nine years, one ribbon. <a href="{URL}#more">Read on</a></p>', "Nine years, one ribbon."),
        ("", None),
    ],
)
def test_an_excerpt_is_one_that_was_written(written: str, excerpt: str | None) -> None:
    assert read_rest_post(post(excerpt={"rendered": written}), HOME).excerpt == excerpt


@given(
    st.lists(
        st.sampled_from(["Nine", " ", "“", "é", "&#8217;", "&hellip;", "&amp;", "lt;", "\u00ad", "\x07", "&#8203;"])
    )
)
def test_a_plain_excerpt_reads_as_the_parser_has_it(parts: list[str]) -> None:
    written = "".join(parts)
    plain, parsed = (f"<p>{written}{mark}</p>\n" for mark in ("", "<b></b>"))
    found = [read_rest_post(post(excerpt={"rendered": markup}), HOME).excerpt for markup in (plain, parsed)]
    assert found[0] == found[1]


def test_what_a_plugin_puts_into_the_head_of_the_page() -> None:
    tags = head(
        '<link rel="canonical" href="https://agency.example/bridge/">',
        '<meta property="og:description" content="A bridge, at last">',
        '<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"de-AT","author":[{"name":"Ann Lee"},'
        '{"name":"Bo Karlsson"}],"isAccessibleForFree":true}</script>',
    )
    article = read_rest_post(post(yoast_head=tags), HOME)
    assert (article.excerpt, article.language) == ("A bridge, at last", "de-AT")
    assert article.syndicated_from == "https://agency.example/bridge/"
    assert article.authors == ["Ann Lee", "Bo Karlsson"]


@pytest.mark.parametrize(
    ("fields", "language"),
    [({"lang": "pt_BR"}, "pt-BR"), ({"wpml_current_locale": "de_DE"}, "de-DE"), ({"lang": 5}, None), ({}, None)],
)
def test_language_of_multilingual_plugins(fields: dict[str, Any], language: str | None) -> None:
    assert read_rest_post(post(**fields), HOME).language == language


def test_the_script_of_the_text_tells_a_language() -> None:
    assert read_rest_post(post("<p>Мост через реку открыли в среду утром.</p>", lang="en"), HOME).language == "ru"


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"authors": [{"display_name": "Ann Lee"}, {"display_name": "Bo Karlsson"}]}, ["Ann Lee", "Bo Karlsson"]),
        ({"_embedded": {"author": [{"name": "By Smith &amp; Sons"}]}}, ["Smith & Sons"]),
        ({"_embedded": {"author": "Jane"}}, []),
        ({"coauthors": [5, 6]}, ["Jane Doe"]),
    ],
)
def test_authors(fields: dict[str, Any], authors: list[str]) -> None:
    assert read_rest_post(post(**fields), HOME).authors == authors


def test_terms_are_those_of_core_in_their_order() -> None:
    groups = [
        [
            {"id": 2, "name": "World", "taxonomy": "category"},
            {"id": 9, "name": "Asia &amp; Oceania", "taxonomy": "category"},
        ],
        [{"id": 4, "name": "ferry", "taxonomy": "post_tag"}],
        [{"id": 5, "name": "Harbour", "taxonomy": "location"}],
        {"code": "rest_forbidden", "message": ""},
    ]
    article = read_rest_post(post(_embedded={"wp:term": groups}, categories=[2, 9], tags=[4]), HOME)
    assert (article.categories, article.tags) == (["World", "Asia & Oceania"], ["ferry"])


def test_the_featured_picture_comes_first_in_its_largest_size() -> None:
    media = {
        "source_url": "https://news.example/u/pier-scaled.jpg",
        "alt_text": "A pier",
        "caption": {"rendered": "<p>The pier &amp; the sea</p>"},
        "media_type": "image",
        "media_details": {
            "width": 2560, "height": 1440,
            "sizes": {
                "thumbnail": {"source_url": "https://news.example/u/pier-150x150.jpg", "width": 150, "height": "150"},
                "huge": {"source_url": "/u/pier-3000.jpg", "width": 3000, "height": 2000},
                "odd": [],
            },
        },
    }  # fmt: skip
    content = '<p>Look.</p><figure><img src="/u/boat.jpg" alt=""></figure>'
    article = read_rest_post(post(content, _embedded={"wp:featuredmedia": [media]}), HOME)
    assert article.images[0] == Image(
        url="https://news.example/u/pier-3000.jpg", alt="A pier", caption="The pier & the sea", width=3000, height=2000
    )
    assert [image.url for image in article.images[1:]] == ["https://news.example/u/boat.jpg"]


def test_addresses_in_the_body_are_absolute() -> None:
    content = '<p>See <a href="/more/">the plans</a>.</p><iframe src="https://www.youtube.com/embed/x1"></iframe>'
    article = read_rest_post(post(content), HOME)
    assert article.links == [Link(url="https://news.example/more/", text="the plans")]
    assert article.embeds == [Embed(url="https://www.youtube.com/embed/x1", kind="video")]


@pytest.mark.parametrize("between", ["<!--nextpage-->", "<p><!--nextpage--></p>", "<br />\n<!--nextpage--><br />\n"])
def test_pages_are_joined_and_counted(between: str) -> None:
    article = read_rest_post(post(f"<p>First page.</p>{between}<p>Second page.</p>"), HOME)
    assert (article.text, article.page_count) == ("First page.\n\nSecond page.", 2)


def test_a_page_break_within_a_paragraph_leaves_nothing_behind() -> None:
    article = read_rest_post(post("<p>First page.<br />\n<!--nextpage--><br />\nSecond page.</p>"), HOME)
    assert (
        article.html
        == '<div class="entry-content"><p>First page.</p></div>\n<div class="entry-content"><p>Second page.</p></div>'
    )


@pytest.mark.parametrize("stray", ["</div></div></article>", "</body></html>", "<html><body class='x'>"])
def test_a_stray_tag_ends_nothing(stray: str) -> None:
    article = read_rest_post(post(f"<p>Before it stands this.</p>{stray}<p>After it stands that.</p>"), HOME)
    assert article.text == "Before it stands this.\n\nAfter it stands that."


def test_a_protected_post_has_no_text() -> None:
    content = {"rendered": "<p>secret</p>", "protected": True}
    reading = read_rest(post(excerpt={"rendered": "<p>secret</p>"}) | {"content": content}, HOME)
    article = reading.article
    assert (article.access, article.text, article.html, article.excerpt) == ("password", None, None, None)
    assert reading.missing is None


def test_a_password_form_in_the_content_is_none() -> None:
    article = read_rest_post(post('<form class="post-password-form"><p>Enter the word</p></form>'), HOME)
    assert (article.access, article.text) == ("password", None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_STORY, None),
        ("", "text"),
        ("<div><script>1</script></div>", "text"),
        ('<figure><img src="/u/boat.jpg" alt=""></figure>', None),
        (_STORY + '<div class="pmpro_content_message">Join</div>', "teaser"),
        ("<p>The bridge over the river was [&hellip;]</p>", "cut off"),
        (_STORY + f'<p><a class="more-link" href="{URL}">Continue reading</a></p>', "cut off"),
        (_STORY + f'<p><a href="{URL}#more-7">More</a></p>', "cut off"),
        (_STORY + f'<p>A note. <a href="{URL}#ref-1">back</a></p>', None),
        ("<p>[vc_row][vc_column]The bridge was opened.[/vc_column][/vc_row]</p>", "shortcodes"),
    ],
)
def test_what_only_the_page_can_tell_of_the_body(content: str, reason: str | None) -> None:
    assert missing(content) == reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"_embedded": {"author": [{"code": "rest_user_cannot_view", "message": "Sorry"}]}}, "authors"),
        ({"_embedded": {"author": None}}, "authors"),
        ({"_embedded": {"author": None}, "author": 0}, None),
        ({"_embedded": {"author": [{"name": "jane@news.example"}]}}, None),
        ({"_embedded": {"wp:term": [[{"taxonomy": "author", "name": "ann", "slug": "cap-ann"}]]}}, "authors"),
        ({"_embedded": {"wp:term": [[{"taxonomy": "author", "name": "jane", "slug": "cap-jane"}]]}}, None),
        ({"tags": [4]}, "terms"),
        ({"categories": []}, None),
    ],
)
def test_what_only_the_page_can_tell_of_people_and_terms(fields: dict[str, Any], reason: str | None) -> None:
    assert missing(**fields) == reason


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (None, "no object"),
        ([], "no object"),
        ({}, "no id"),
        (post(id="7"), "no id"),
        (post(id=0), "no id"),
        (post(link="/bridge/"), "no link"),
        (post(link=None), "no link"),
        (post(status="private"), "not public"),
    ],
)
def test_what_is_no_post(item: Any, why: str) -> None:
    with pytest.raises(NotARestPost, match=why):
        read_rest_post(item, HOME)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["<p>", "</div>", "<!--nextpage-->", "<li>", "x ", "<body>"])).map("".join)
)
def test_any_content_is_read(content: str) -> None:
    article = read_rest_post(post(content), HOME)
    assert article.wp_id == 7
    (article.text or "").encode()
