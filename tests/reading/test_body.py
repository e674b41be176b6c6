"""Finding the body of a post and telling it."""

import pytest

from crawler.items import Embed, Image, Link
from crawler.reading.body import Body, body_container, join_bodies, main_post, read_body
from crawler.reading.page import Page, parse_page

URL = "https://news.example/2026/05/04/ferry/"
FIRST = "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary."
SECOND = "By noon the harbour master had counted forty passengers, three dogs and a piano that nobody claimed."
THIRD = "The company said that the timetable would stay as it is until the bridge is opened in the autumn."


def _page(body: str, classes: str = "single single-post postid-7") -> Page:
    return parse_page(f"<!doctype html><html><body class='{classes}'>{body}</body></html>", URL)


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _text(body: str, **arguments: str) -> str | None:
    return read_body(_page(body), **arguments).text


STORY = _paragraphs(FIRST, SECOND, THIRD)
TOLD = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "container",
    [
        "<div class='entry-content'>%s</div>",
        "<div class='entry-content wp-block-post-content is-layout-flow'>%s</div>",
        "<div itemprop='articleBody'>%s</div>",
        "<div class='td-post-content tagdiv-type'>%s</div>",
        "<div class='elementor-widget-theme-post-content'><div class='elementor-widget-container'>%s</div></div>",
        "<div class='et_pb_post_content'>%s</div>",
        "<div class='storyText__body'><section>%s</section></div>",
        "<div><div class='entry-summary'>%s</div></div>",
        "<table><tr><td>%s</td></tr></table>",
    ],
)
def test_the_container_is_found_by_name_or_by_its_prose(container: str) -> None:
    page = (
        "<header class='site-header'><h1>The Example News</h1><nav><a href='/a'>Local</a></nav></header>"
        f"<main><article class='post-7 hentry category-share'><h1>Ferry</h1>{container % STORY}</article></main>"
        "<aside class='sidebar'><p>Read the paper, which has told this town everything since 1871.</p></aside>"
        "<footer class='site-footer'><p>The Example News is printed on Tuesdays and on Fridays.</p></footer>"
    )
    assert _text(page, title="Ferry") == TOLD


def test_comments_longer_than_the_post_are_not_the_post() -> None:
    comments = "".join(f"<li><p>{SECOND} {THIRD} {i}</p></li>" for i in range(20))
    page = (
        f"<div class='storytext'><p>{FIRST}</p></div><div id='comments'><ol class='commentlist'>{comments}</ol></div>"
    )
    assert _text(page) == FIRST


@pytest.mark.parametrize(
    "frame",
    [
        "<footer class='bottom'><p>%s</p></footer>",
        "<aside id='sidebar'><h1>The paper</h1><p>%s</p></aside>",
        "<div class='sidebar'><div class='modal'><h1>Republish</h1><p>%s</p></div></div>",
        "<div class='l-sidebar'><p>%s</p></div>",
    ],
)
def test_what_stands_around_the_post_is_not_the_post_however_long(frame: str) -> None:
    around = frame % " ".join([SECOND, THIRD] * 9)
    assert _text(f"<div class='post'><h1>Ferry</h1><div>{STORY}</div></div>{around}", title="Ferry") == TOLD


def test_a_post_in_what_is_called_a_sidebar_is_found_by_its_headline() -> None:
    more = " ".join([FIRST] * 4)
    page = f"<h1>The Example News</h1><div class='right-sidebar'><h1>Ferry</h1>{STORY}<p>{more}</p></div>"
    assert _text(page, title="Ferry") == f"{TOLD}\n\n{more}"


@pytest.mark.parametrize("link", ["", "<a href='/piano/'>Where the piano went</a>"])
def test_a_box_at_the_end_may_be_long_if_it_says_what_it_is(link: str) -> None:
    box = f"<div class='x'><h4>You may also enjoy</h4>{link}<p>{SECOND}</p></div>"
    told = _text(f"<div class='entry-content'>{STORY.replace('By noon', 'At noon')}{box}</div>")
    assert told == TOLD.replace("By noon", "At noon")


def test_the_line_numbers_of_code_are_not_its_text() -> None:
    code = (
        "<table><tr><td class='gutter'><pre>1\n2</pre></td><td class='code'><pre>a = 1\nb = 2</pre></td></tr></table>"
    )
    assert _text(f"<div class='entry-content'>{STORY}{code}</div>") == f"{TOLD}\n\na = 1\nb = 2"


def test_a_short_post_wins_over_the_excerpts_of_related_posts() -> None:
    card = f"<article class='post-9 hentry'><div class='entry-summary'>{STORY}</div></article>"
    page = (
        f"<article class='post-7 hentry'><div class='entry-content'><p>{FIRST}</p></div></article>"
        f"<div class='entry-related'>{card * 3}</div>"
    )
    assert _text(page) == FIRST
    container = body_container(_page(page))
    assert container is not None
    assert container.get("class") == "entry-content"


def test_a_body_in_several_sections_is_joined_by_the_element_that_holds_them() -> None:
    widget = "<div class='elementor-widget-text-editor'><div class='elementor-widget-container'>%s</div></div>"
    sections = "".join(
        f"<section class='elementor-section'>{widget % _paragraphs(t)}</section>" for t in (FIRST, SECOND)
    )
    advertising = "<div class='code-block code-block-3'>Advertisement</div>"
    page = f"<div class='elementor'>{sections}{advertising}{widget % THIRD}</div>"
    assert _text(page) == TOLD


def test_text_without_paragraphs_is_parted_at_double_line_breaks() -> None:
    page = f"<div class='post-body'>{FIRST}<br><br>{SECOND}<br>\n<br>{THIRD}<div>Fin.</div></div>"
    assert _text(page) == f"{TOLD}\n\nFin."


def test_main_post_is_the_post_of_the_body_class() -> None:
    other = f"<div class='post-9 hentry'>{STORY}</div>"
    page = _page(f"{other}<div class='post-7 hentry'><div class='entry-content'>{STORY}</div></div>")
    post = main_post(page)
    assert post is not None
    assert post.get("class") == "post-7 hentry"


def test_an_editors_note_in_a_box_with_a_noisy_name_is_kept_if_it_is_the_story() -> None:
    assert _text(f"<div class='entry-content'><div class='share-wrapper'>{STORY * 3}</div></div>") == TOLD


def test_the_headline_and_what_stands_above_it_is_no_body() -> None:
    page = f"<div class='entry-content'><p>Home / Local</p><h1>Ferry leaves</h1><p>By Jane Doe</p>{STORY}</div>"
    assert _text(page, title="Ferry leaves") == TOLD


def test_an_excerpt_printed_again_is_told_once() -> None:
    page = f"<div class='entry-content'><div class='post-excerpt'>{FIRST}</div>{STORY}<p>{FIRST}</p></div>"
    assert _text(page) == TOLD


def test_a_password_form_is_no_text() -> None:
    form = (
        "<form class='post-password-form post-password-form-7' method='post'><p>This content is protected.</p></form>"
    )
    body = read_body(_page(f"<div class='entry-content'>{form}{STORY}</div>"))
    assert (body.text, body.html, body.word_count, body.evidence) == (None, None, 0, "password form")


def test_the_password_form_of_another_post_hides_nothing() -> None:
    other = "<aside><article class='post-9'><form class='post-password-form'><p>Password:</p></form></article></aside>"
    assert _text(f"<article class='post-7'><div class='entry-content'>{STORY}</div></article>{other}") == TOLD


def test_a_gallery_without_text_has_images_and_no_text() -> None:
    figure = "<figure class='wp-block-image'><img src='/a.jpg' alt='Pier'><figcaption>The pier.</figcaption></figure>"
    body = read_body(_page(f"<article class='post-7'><div class='entry-content'>{figure}</div></article>"))
    assert body.text is None
    assert body.images == (Image(url="https://news.example/a.jpg", alt="Pier", caption="The pier."),)


@pytest.mark.parametrize(
    "sentence",
    [
        "أعلنت بلدية المدينة صباح الثلاثاء عن افتتاح الميناء الجديد بعد أعمال دامت أربع سنوات كاملة.",
        "渡船は午前六時に桟橋を出た。霧が河口に降りる一時間前のことだった。",
        "Паром отошёл от причала в шесть утра, за час до того, как на устье опустился туман.",
    ],
)
def test_scripts_are_equal_citizens(sentence: str) -> None:
    story = _paragraphs(sentence, sentence[::-1])
    page = f"<div><div class='x'>{story}</div><ul><li><a href='/'>x</a></ul></div>"
    assert _text(page) == f"{sentence}\n\n{sentence[::-1]}"


def test_structured_text_is_a_check_only() -> None:
    page = f"<div class='entry-content'>{STORY}</div>"
    assert _text(page, structured_text="Nothing of this can be seen anywhere on that page at all") == TOLD


def test_what_no_rule_finds_is_left_to_the_general_extractor() -> None:
    body = read_body(_page(f"<div class='share'><p>{FIRST}</p></div>"))
    assert (body.text, body.evidence) == (FIRST, "trafilatura")


@pytest.mark.parametrize("box", ["<div hidden>%s</div>", "<nav>%s</nav>", "<div id='comments'>%s</div>", "%.0s"])
def test_hidden_text_and_comments_are_no_body_for_any_rule(box: str) -> None:
    assert _text(box % STORY) is None


def test_pages_of_a_post_are_joined() -> None:
    image = Image(url="https://news.example/a.jpg")
    embed = Embed(url="https://video.example/1", kind="iframe")
    link = Link(url="https://news.example/b", text="b")
    one = Body(
        text="One.", html="<p>1</p>", images=(image,), embeds=(embed,), links=(link,), word_count=1, evidence="x"
    )
    none = Body(text=None, html=None, images=(image,), embeds=(embed,), links=(), word_count=0, evidence="y")
    assert join_bodies([one, none, one]) == Body(
        text="One.\n\nOne.",
        html="<p>1</p>\n<p>1</p>",
        images=(image,),
        embeds=(embed,),
        links=(link, link),
        word_count=2,
        evidence="x; y",
    )


def test_the_page_is_not_changed() -> None:
    page = _page(f"<div class='entry-content'>{STORY}<div class='related'>Related</div></div>")
    before = [(element.tag, element.text, element.tail) for element in page.root.iter()]
    read_body(page)
    assert [(element.tag, element.text, element.tail) for element in page.root.iter()] == before
