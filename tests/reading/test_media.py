"""Images, embeds and links of a body."""

import pytest

from crawler.items import Embed, EmbedKind, Image, Link
from crawler.reading.media import embed_kind, embeds, images, links
from crawler.reading.page import parse_page
from crawler.reading.sanitise import sanitise

URL = "https://news.example/2026/05/04/ferry/"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.youtube.com/embed/1", "video"),
        ("https://player.vimeo.com/video/1", "video"),
        ("https://x.com/a/status/1", "social"),
        ("https://www.facebook.com/plugins/video.php?href=x", "video"),
        ("https://open.spotify.com/embed/episode/1", "audio"),
        ("https://maps.example/embed", "iframe"),
        ("https://notyoutube.com/embed/1", "iframe"),
    ],
)
def test_kinds_of_embeds(url: str, kind: EmbedKind) -> None:
    assert embed_kind(url) == kind


def test_what_a_body_shows() -> None:
    source = """
      <figure class="wp-block-image"><a href="/big.jpg"><img src="/a.jpg" alt="The pier" width="800" height="533"></a>
        <figcaption>The pier at <a href="/dawn/">dawn</a>. Photo: Ann Example</figcaption></figure>
      <p><img src="/a.jpg"><img src="/b.jpg">See <a href="/tide/">the <b>tide</b></a>, <a href="#note">note</a>,
        <a href="mailto:desk@news.example">desk</a>, <a href="javascript:x()">x</a>.</p>
      <iframe data-src="https://www.youtube.com/embed/1"></iframe><iframe src="https://www.youtube.com/embed/1"></iframe>
      <iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe><iframe src="about:blank"></iframe>
      <video><source src="/ferry.mp4"></video><audio src="/horn.mp3"></audio>
      <blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/">Shared</blockquote>
      <lite-youtube videoid="a b"></lite-youtube>"""
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    clean = sanitise([next(page.root.iter("body"))], URL, lambda _: False)
    assert list(images(clean)) == [
        Image(
            url="https://news.example/a.jpg",
            alt="The pier",
            caption="The pier at dawn. Photo: Ann Example",
            width=800,
            height=533,
        ),
        Image(url="https://news.example/b.jpg"),
    ]
    assert list(embeds(clean)) == [
        Embed(url="https://www.youtube.com/embed/1", kind="video"),
        Embed(url="https://news.example/ferry.mp4", kind="video"),
        Embed(url="https://news.example/horn.mp3", kind="audio"),
        Embed(url="https://www.instagram.com/p/1/", kind="social"),
        Embed(url="https://www.youtube.com/embed/a%20b", kind="video"),
    ]
    assert list(links(clean)) == [
        Link(url="https://news.example/dawn/", text="dawn"),
        Link(url="https://news.example/tide/", text="the tide"),
    ]


@pytest.mark.parametrize(
    ("box", "url"),
    [
        (
            """<div class="elementor-widget elementor-widget-video"
            data-settings='{"youtube_url":"https:\\/\\/youtu.be\\/1"}'>
            <div class="elementor-video"></div></div>""",
            "https://youtu.be/1",
        ),
        (
            """<div class="elementor-widget-video" data-settings='{"video_type":"vimeo","youtube_url":"https://youtu.be/1",
            "vimeo_url":"https://vimeo.com/2"}'></div>""",
            "https://vimeo.com/2",
        ),
        (
            """<div class="elementor-widget-video"
            data-settings='{"video_type":"hosted","hosted_url":{"url":"/ferry.mp4"}}'></div>""",
            "https://news.example/ferry.mp4",
        ),
        (
            """<div class="elementor-widget-video" data-settings='{"youtube_url":"https://youtu.be/1"}'>
            <iframe src="https://www.youtube.com/embed/1"></iframe></div>""",
            "https://www.youtube.com/embed/1",
        ),
        ('<div class="elementor-widget-video" data-settings="[1]">Ferry</div>', None),
        ('<div class="elementor-widget-video" data-settings="{">Ferry</div>', None),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/ferry/posts/1"></div>',
            "https://www.facebook.com/ferry/posts/1",
        ),
        ('<div class="fb-like" data-href="https://www.facebook.com/ferry"></div>', None),
    ],
)
def test_boxes_that_a_script_turns_into_players(box: str, url: str | None) -> None:
    page = parse_page(f"<html><body>{box}</body></html>", URL)
    shown = list(embeds(sanitise([next(page.root.iter("body"))], URL, lambda _: False)))
    assert [embed.url for embed in shown] == ([url] if url else [])


def test_the_caption_of_a_gallery_stands_for_pictures_without_one() -> None:
    source = """<figure class="wp-block-gallery"><figure><img src="/1.jpg"><figcaption>The bow</figcaption></figure>
      <figure><img src="/2.jpg"></figure><figcaption>The new ferry</figcaption></figure>"""
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    clean = sanitise([next(page.root.iter("body"))], URL, lambda _: False)
    assert [image.caption for image in images(clean)] == ["The bow", "The new ferry"]
