"""What in a clean body is not the article."""

import pytest
from lxml.html import HtmlElement, fromstring

from crawler.reading.blocks import drop_noise_blocks
from crawler.reading.body import read_body
from crawler.reading.text import text_blocks
from tests.reading.build import page

STORY = [
    "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary.",
    "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed.",
    "The company said that the timetable would stay as it is until the bridge is opened in the autumn.",
    "Nobody on the pier believed it, and the piano was sold to the school before the evening came.",
]
_STORY = "".join(f"<p>{text}</p>" for text in STORY)


def _left(html: str) -> list[str]:
    body: HtmlElement = fromstring(f"<div>{html}</div>")
    drop_noise_blocks(body, "Ferry")
    return text_blocks(body)


@pytest.mark.parametrize(
    "tail",
    [
        "<h3>More from the Ledger</h3><p>A bridge is opened in the autumn.</p><p>A piano is sold.</p>",
        "<h2>You may also enjoy</h2><ul><li><a href='/x'>Piano sold</a> to the school.</li></ul>",
        "<h4>About the author</h4><p>Jane Doe has lived on the pier since 1987.</p>",
        "<h3>Discover more from The Morning Ledger</h3><p>Every post in your inbox.</p>",
    ],
)
def test_a_last_part_is_dropped_with_the_label_over_it(tail: str) -> None:
    assert _left(_STORY + tail) == STORY


@pytest.mark.parametrize("heading", ["Comments", "Learn more", "Kommentare"])
def test_a_last_part_that_tells_something_is_kept_with_its_heading(heading: str) -> None:
    told = "The minister's comments on the piano were brief, and nobody on the pier could tell what was meant by them."
    assert _left(f"{_STORY}<h2>{heading}</h2><p>{told}</p>") == [*STORY, heading, told]
    assert _left(f"{_STORY}<h2>{heading}</h2><p><a href='/x'>Piano sold</a></p>") == STORY


def test_a_part_under_a_label_that_is_much_of_the_text_or_not_the_last_is_kept() -> None:
    heading = "<h2>Must read</h2>"
    assert _left(f"<p>{STORY[0]}</p>{heading}<p>{STORY[1]}</p><p>{STORY[2]}</p>")[-1] == STORY[2]
    assert _left(f"<p>{STORY[0]}</p>{heading}<p>{STORY[1]}</p><h2>The piano</h2><p>{STORY[2]}</p>")[2] == STORY[1]


@pytest.mark.parametrize(
    "line",
    [
        "Disclaimer: the pictures of the piano belong to the people who took them.",
        "© 2025 The Morning Ledger",
        "Jane Doe - December 3, 2025",
    ],
)
def test_credits_at_the_end_are_dropped_and_kept_within(line: str) -> None:
    assert _left(f"{_STORY}<p>{line}</p>") == STORY
    assert _left(f"<p>{STORY[0]}</p><p>{STORY[1]}</p><p>{line}</p>{_STORY.replace('<p>', '<p>So ')}")[2] == line


def test_an_item_and_the_paragraph_in_it_are_told_once_and_not_dropped() -> None:
    assert _left(f"<ul><li><p>{STORY[0]}</p></li><li><p>{STORY[1]}</p></li></ul>") == STORY[:2]
    assert _left(f"<ul><li><p>{STORY[0]}</p></li></ul><p>{STORY[0]}</p><p>{STORY[1]}</p>") == STORY[:2]


@pytest.mark.parametrize(
    "prompt",
    [
        '<div class="td-a-rec"><span>- Publicidade -</span><a href="/x"><img src="/b.gif"></a></div>',
        '<div class="pmpro"><div class="pmpro_content_message"><p>Pour les abonnés</p></div></div>',
        '<p>We use cookies. See our <a href="/privacy/">policy</a>.</p>',
        '<p>Join our <a href="/w">WhatsApp channel</a> for more.</p>',
        '<p>Support local journalism. <a href="/donate">Donate</a> now.</p>',
        '<p>[gallery ids="1,2"]</p>',
        "<p>[et_pb_row][/et_pb_row]</p>",
    ],
)
def test_prompts_and_lost_shortcodes_are_no_text(prompt: str) -> None:
    story = "<p>The bridge over the river was opened on Wednesday after nine years of work.</p>"
    body = read_body(page(f'<article class="post hentry"><div class="entry-content">{story}{prompt}</div></article>'))
    assert body.text == "The bridge over the river was opened on Wednesday after nine years of work."


def test_the_text_between_lost_shortcodes_stays() -> None:
    story = '<p>[et_pb_text a="1"]The bridge [sic] over the river was opened.[/et_pb_text]</p>'
    body = read_body(page(f'<article class="post hentry"><div class="entry-content">{story}</div></article>'))
    assert body.text == "The bridge [sic] over the river was opened."
