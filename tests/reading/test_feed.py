"""When an entry of a feed has the whole post, and what is taken out of it."""

from datetime import UTC, datetime

import pytest

from crawler.items import Article
from crawler.reading.feed import Entry, read_entry

URL = "https://news.example/2026/05/04/ferry/"
TITLE = "Ferry lost in fog"
STORY = (
    "<p>The ferry left the pier at six in the morning, an hour before the fog came down on the estuary.</p>"
    "<p>By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed.</p>"
)
TEXT = (
    "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary.\n\n"
    "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed."
)
HOME_LINK = '<a href="https://news.example/">The Example News</a>'
FOOTER = f'<p>The post <a href="{URL}">{TITLE}</a> appeared first on {HOME_LINK}.</p>'


def read(content: str, summary: str = "", title: str = TITLE) -> Article | None:
    entry = Entry(
        url=URL,
        title=title,
        content=content,
        summary=summary,
        creators=("Jane Doe and John Roe",),
        wp_id=7,
        type="post",
        published_at=datetime(2026, 5, 4, tzinfo=UTC),
        modified_at=None,
        comment_count=0,
        labels=(),
    )
    return read_entry(entry, "news.example", "The Example News", "en")


def text(content: str, summary: str = "") -> str | None:
    article = read(content, summary)
    assert article is not None
    return article.text


@pytest.mark.parametrize(
    "appended",
    [
        FOOTER,
        f'<p>Der Beitrag <a href="{URL}">{TITLE}</a> erschien zuerst auf {HOME_LINK}.</p>',
        f"<p>La entrada {TITLE} se publicó primero en The Example News.</p>",
        FOOTER + '<img src="https://stats.example/b.gif" width="1" height="1">',
        '<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="?share=x">X</a></li></ul></div>',
        '<div class="yarpp-related"><h3>Related posts</h3><ol><li><a href="/a/">Another</a></li></ol></div>',
        '<div class="feedflare"><a href="https://f.example/x"><img src="https://feeds.feedburner.com/~ff/x"></a></div>',
    ],
)
def test_what_plugins_append_is_removed(appended: str) -> None:
    article = read(STORY + "\n" + appended)
    assert article is not None
    assert (article.text, article.images) == (TEXT, [])
    assert "example/2026" not in (article.html or "")


@pytest.mark.parametrize(
    "end",
    [
        "<p>The ferry [&hellip;]</p>",
        "<p>The ferry […]</p>",
        "<p>The ferry [...]</p>",
        "<p>The ferry…</p>",
        f'<p>The ferry <a href="{URL}#more-7" class="more-link">(more)</a></p>',
        f'<p><a href="{URL}">Continue reading <span>{TITLE}</span></a></p>',
        f'<p><a href="{URL}">Im Blatt weiter</a></p>',
        '<p><a href="https://go.example/x">Read more</a></p>',
        "<p>The ferry [&hellip;]</p>" + FOOTER,
    ],
)
def test_a_text_that_goes_on_elsewhere_is_not_taken(end: str) -> None:
    assert read(STORY + end) is None


def test_a_link_to_another_post_at_the_end_is_the_story() -> None:
    assert (
        text(STORY + '<p>All of it in <a href="/2026/05/01/log/">the log</a></p>') == TEXT + "\n\nAll of it in the log"
    )


@pytest.mark.parametrize("content", ["", " ", FOOTER, "<p></p>", "<span></span>"])
def test_nothing_is_no_article(content: str) -> None:
    assert read(content) is None


def test_content_no_longer_than_the_summary_may_be_the_summary() -> None:
    assert read(STORY, STORY) is None
    assert read(STORY + FOOTER, STORY) is None
    assert text(STORY, "<p>The ferry left the pier at six in the morning.</p>") == TEXT


def test_pictures_alone_are_a_post() -> None:
    picture = '<p><img src="/wp-content/uploads/fog.jpg" width="800" height="600"></p>'
    assert read(picture, "<p>The ferry was late.</p>") is None
    article = read(picture)
    assert article is not None
    assert (article.text, [image.url for image in article.images]) == (
        None,
        ["https://news.example/wp-content/uploads/fog.jpg"],
    )


def test_only_a_summary_that_somebody_wrote_is_an_excerpt() -> None:
    said = [
        read(STORY, f"<p>{summary}</p>{FOOTER}") for summary in ("Fog.", "The ferry left &hellip;", "The ferry left")
    ]
    assert [article.excerpt for article in said if article] == ["Fog.", None, None]


def test_a_stray_end_tag_does_not_end_the_post() -> None:
    assert text("<p>First, the harbour master spoke at length.</p></div></article>" + STORY) == (
        f"First, the harbour master spoke at length.\n\n{TEXT}"
    )


def test_authors_are_names_each() -> None:
    article = read(STORY)
    assert article is not None
    assert article.authors == ["Jane Doe", "John Roe"]


def test_the_script_decides_the_language() -> None:
    article = read("<p>Паром отошёл от причала в шесть утра, за час до того, как на залив опустился туман.</p>")
    assert article is not None
    assert article.language == "ru"


def test_a_teaser_before_a_paywall_is_not_taken() -> None:
    assert read(STORY + '<div class="pmpro_content_message">For members</div>') is None


def test_emoji_are_characters_again() -> None:
    picture = '<img src="https://s.w.org/images/core/emoji/15/72x72/1f6a2.png" alt="🚢" class="wp-smiley">'
    assert text(f"<p>{picture} in, {picture}{picture} out.</p>{STORY}") == f"🚢 in, 🚢🚢 out.\n\n{TEXT}"
