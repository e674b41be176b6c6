"""Images, embeds and links of a body."""

import pytest

from crawler.items import Embed, EmbedKind, Image, Link
from crawler.reading.media import dimension, embed_kind, embeds, image_url, images, largest_candidate, links
from crawler.reading.page import parse_page
from crawler.reading.sanitise import sanitise

URL = "https://news.example/2026/05/04/ferry/"


@pytest.mark.parametrize(
    ("srcset", "url"),
    [
        ("/a-300.jpg 300w, /a-1024.jpg 1024w, /a-768.jpg 768w", "/a-1024.jpg"),
        ("/a.jpg 1x,/b.jpg 2.5x", "/b.jpg"),
        ("/a.jpg", "/a.jpg"),
        ("/a.jpg, /b.jpg 640w", "/b.jpg"),
        ("https://cdn.example/w_300,h_200/a.jpg 300w,\n https://cdn.example/w_900,h_600/a.jpg 900w",
         "https://cdn.example/w_900,h_600/a.jpg"),
        ("data:image/gif;base64,R0lGOD 1w, /a.jpg 2w", "/a.jpg"),
        ("data:image/gif;base64,R0lGOD", None),
        ("", None),
        (" , ,", None),
    ],
)  # fmt: skip
def test_the_largest_candidate(srcset: str, url: str | None) -> None:
    assert largest_candidate(srcset) == url


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        ("src='a.jpg'", "https://news.example/2026/05/04/ferry/a.jpg"),
        ("src='/a-300.jpg' srcset='/a-300.jpg 300w, /a.jpg 1200w'", "https://news.example/a.jpg"),
        ("src='data:image/svg+xml,%3Csvg' data-src='/a.jpg'", "https://news.example/a.jpg"),
        ("src='/wp-content/plugins/lazy/blank.gif' data-lazy-src='//cdn.example/a.jpg'", "https://cdn.example/a.jpg"),
        ("src='/x.gif' data-srcset='/a.jpg 1x, /b.jpg 2x'", "https://news.example/b.jpg"),
        ("src='data:image/gif;base64,R0lGOD'", None),
        ("src='/a.jpg' width=1 height=1", None),
        ("src='https://secure.gravatar.com/avatar/0' class='avatar avatar-96 photo'", None),
        ("src='https://s.w.org/images/core/emoji/15/72x72/1f600.png' class='emoji'", None),
        ("src='/wp-includes/images/smilies/simple-smile.png' class='wp-smiley'", None),
        ("src='javascript:alert(1)'", None),
        ("alt='nothing'", None),
    ],
)
def test_the_address_of_an_image(attributes: str, url: str | None) -> None:
    page = parse_page(f"<html><body><img {attributes}></body></html>", URL)
    assert image_url(next(page.root.iter("img")), URL) == url


@pytest.mark.parametrize(
    ("value", "pixels"),
    [("640", 640), (" 640px ", 640), ("640.5", 640), ("100%", None), ("auto", None), ("0", None), (None, None)],
)
def test_dimensions(value: str | None, pixels: int | None) -> None:
    assert dimension(value) == pixels


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
