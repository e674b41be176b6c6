"""What in a post's container is not the article."""

import pytest

from crawler.reading.body import read_body
from crawler.reading.boxnames import is_caption_name, is_hard_noise_name, is_noise_name, spelled
from crawler.reading.noise import is_hidden, is_noise
from crawler.reading.page import parse_page
from crawler.reading.phrases import is_label, is_notice, is_term_label

FIRST = "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary."
SECOND = "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed."
TOLD = f"{FIRST}\n\n{SECOND}"


def _around(box: str) -> str | None:
    body = f"<div class='entry-content'><p>{FIRST}</p>{box}<p>{SECOND}</p></div>"
    return read_body(parse_page(f"<html><body>{body}</body></html>", "https://news.example/ferry/")).text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><a href='/?share=x'>X</a></div>",
        "<div class='addtoany_share_save_container'><a href='/x'>Facebook</a></div>",
        "<div id='jp-relatedposts'><h3>Related</h3><p>Another story about ferries and the fog.</p></div>",
        "<div class='yarpp yarpp-related'><a href='/x'>Another story</a></div>",
        "<div class='inlineRelated_box'><p>Another story about ferries and the fog.</p></div>",
        "<p class='related-inline'><strong>READ MORE:</strong> <a href='/x'>Another story</a></p>",
        "<p><strong>Read more:</strong> <a href='/x'>Another story</a></p>",
        "<p><a href='/x'>ALSO READ: Another story about ferries</a></p>",
        "<p>Lesen Sie auch: <a href='/x'>Eine andere Geschichte</a></p>",
        "<p>Читайте также: <a href='/x'>Другая история</a></p>",
        "<p>関連記事：<a href='/x'>別の話</a></p>",
        "<aside><h4>Recommended</h4><ul><li><a href='/x'>Another</a></li><li><a href='/y'>A third</a></ul></aside>",
        "<h4>You may also like</h4><ul><li><a href='/x'>Another story</a></li></ul>",
        "<div class='x9'><div><h4>Related stories</h4></div><p>Another story and its excerpt.</p></div>",
        "<div class='code-block code-block-2'>Advertisement<ins class='adsbygoogle'></ins></div>",
        "<div class='td-a-rec td-a-rec-id-content_inline'><p>Buy it.</p></div>",
        "<p>ADVERTISEMENT</p>",
        "<div class='mc4wp-form'><p>Sign up for the letter that we send on Fridays.</p></div>",
        "<form><p>Your address: <input name='email'></p><button>Send</button></form>",
        "<div class='newsletter-box'><h3>Our letter</h3><p>Every Friday, all that the fog left visible.</p></div>",
        "<div class='wp-block-group donate'><p>Give us what you can, and we shall count it.</p></div>",
        "<div class='author-box'><p>Jane Doe has written of ferries since 1999.</p></div>",
        "<div><h3>About the author</h3><p>Jane Doe has written of ferries since 1999.</p></div>",
        "<div id='ez-toc-container'><p>Contents</p><ul><li><a href='#a'>Fog</a></ul></div>",
        "<p>Table of contents</p><ul><li><a href='#a'>A</a><li><a href='#b'>B</a><li><a href='#c'>C</a></ul>",
        "<section id='comments'><ol class='comment-list'><li>I was there, and the piano was mine.</ol></section>",
        "<div class='paywall'><p>Subscribe to read what happened to the piano.</p></div>",
        "<div class='cookie-notice'>We use cookies.</div>",
        "<div class='specs-loader'><span>Loading the timetable…</span></div>",
        "<nav class='post-navigation'><a href='/x' rel='prev'>The fog</a></nav>",
        "<div class='page-links'>Pages: <a class='post-page-numbers' href='2/'>2</a></div>",
        "<div class='tags-links'>Tagged <a href='/tag/fog/' rel='tag'>fog</a></div>",
        "<p>Tags: <a href='/tag/fog/'>fog</a>, <a href='/tag/river/'>river</a></p>",
        "<span class='edit-link'><a href='/wp-admin/post.php'>Edit</a></span>",
        "<span class='screen-reader-text'>Opens in a new window</span>",
        "<div style='display: none'>Hidden words of no use.</div>",
        "<div hidden>Hidden words of no use.</div>",
        "<div class='printfriendly'><a href='/x'>Print this</a></div>",
        "<div class='kk-star-ratings'>Rate this: 4.5/5</div>",
        "<div class='wp-block-button'><a href='/x'>Buy a ticket</a></div>",
        "<footer class='entry-footer'>Posted in <a href='/local/'>Local</a></footer>",
    ],
)
def test_boxes_in_a_body(box: str) -> None:
    assert _around(box) == TOLD


@pytest.mark.parametrize(
    ("box", "told"),
    [
        (
            "<blockquote class='pullquote-author-left'>Nobody claimed the piano.</blockquote>",
            "Nobody claimed the piano.",
        ),
        ("<aside><p>The estuary is nine miles long.</p></aside>", "The estuary is nine miles long."),
        ("<h2 id='related-work'>Related work on ferries</h2>", "Related work on ferries"),
        (
            "<p>Read more about the fog in the book that Ann wrote.</p>",
            "Read more about the fog in the book that Ann wrote.",
        ),
        ("<ul><li><a href='/x'>Timetable</a></li><li><a href='/y'>Fares</a></li></ul>", "Timetable\n\nFares"),
        ("<h3>Sources</h3><ul><li><a href='/x'>The log</a></li></ul>", "Sources\n\nThe log"),
        ("<h3><button aria-controls='a'>Who owns the piano?</button></h3>", "Who owns the piano?"),
        ("<p>Tags: none were found on the piano.</p>", "Tags: none were found on the piano."),
        ("<div class='post-4 category-advertising'>Fog again.</div>", "Fog again."),
        ("<span id='share_of_the_fog'>The share of the fog.</span>", "The share of the fog."),
    ],
)
def test_what_only_looks_like_noise_is_kept(box: str, told: str) -> None:
    assert _around(box) == f"{FIRST}\n\n{told}\n\n{SECOND}"


def test_names_are_compared_word_by_word() -> None:
    assert spelled("relatedPosts td_block__x A:b") == "related-posts td-block-x a-b"
    assert is_noise_name("td-share-bar")
    assert not is_noise_name("shareholders-meeting")
    assert is_noise_name("code-block-12")
    assert not is_noise_name("wp-block-code code-block")
    assert is_hard_noise_name("x comments-area")
    assert not is_hard_noise_name("single has-comments content-sidebar")
    assert is_caption_name("featured-image-caption")
    assert not is_caption_name("wp-caption aligncenter")


@pytest.mark.parametrize(
    ("element", "hidden"),
    [
        ("<p style='color:red;DISPLAY : None'>x", True),
        ("<p aria-hidden='true'>x", True),
        ("<p class='hidden'>x", True),
        ("<p class='hidden md:block'>x", False),
        ("<p class='overflow-hidden'>x", False),
        ("<p>x", False),
    ],
)
def test_what_a_browser_does_not_show(element: str, hidden: bool) -> None:
    (paragraph,) = parse_page(f"<html><body>{element}", "https://news.example/").root.iter("p")
    assert is_hidden(paragraph) is hidden
    assert is_noise(paragraph) is hidden


@pytest.mark.parametrize("name", ["promotion-history", "meta-analysis", "voting-rights", "subscription-economy"])
def test_a_section_named_for_what_it_tells_is_kept(name: str) -> None:
    assert not is_noise_name(name)
    assert (
        _around(f"<div class='{name}'><p>The piano came late.</p></div>")
        == f"{FIRST}\n\nThe piano came late.\n\n{SECOND}"
    )


@pytest.mark.parametrize("name", ["post-meta", "meta", "entry-meta-wrap", "post-poll-2", "promotion", "donation-form"])
def test_a_box_named_for_what_it_is_for_is_dropped(name: str) -> None:
    assert is_noise_name(name)


@pytest.mark.parametrize(
    "panel",
    [
        "<div role='tabpanel' style='display:none'>{}</div>",
        "<div class='et_pb_tab_content' style='display: none'>{}</div>",
        "<div class='elementor-tab-content' hidden='hidden'>{}</div>",
        "<div class='su-tabs-pane' aria-hidden='true'>{}</div>",
        "<div class='tab-pane fade' style='display:none'>{}</div>",
    ],
)
def test_a_panel_that_waits_to_be_opened_is_read(panel: str) -> None:
    assert _around(panel.format("<p>The piano came late.</p>")) == f"{FIRST}\n\nThe piano came late.\n\n{SECOND}"


def test_phrases_stand_for_the_whole_of_a_text() -> None:
    assert is_label("→ Lire aussi :")
    assert is_label("MORE FROM THE EXAMPLE NEWS")
    assert is_label("Lesen Sie auch die folgenden Beiträge:")
    assert is_label("Mehr zum Thema auf ledger.example")
    assert not is_label("Related to the fog")
    assert is_notice("Leave a Reply")
    assert is_notice("Follow us on Mastodon")
    assert is_notice("Discover more from The Morning Ledger")
    assert is_notice("Comments are closed.")
    assert is_notice("Empfohlener redaktioneller Inhalt")
    assert not is_notice("Share and share alike, said the piano")
    assert is_term_label("Tags:")
    assert not is_term_label("Tags on the piano")
