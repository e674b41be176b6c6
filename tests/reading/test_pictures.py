"""The file an image stands for, its size, and the emoji that WordPress made images of."""

import pytest

from crawler.reading.page import parse_page
from crawler.reading.pictures import Picture, dimension, largest_candidate, picture, upload_name
from crawler.reading.sanitise import sanitise, serialise
from crawler.reading.text import text_blocks

URL = "https://news.example/2026/05/04/ferry/"
_HOME = "https://news.example"


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
    shown = picture(next(page.root.iter("img")), URL)
    assert (shown.url if shown else None) == url


@pytest.mark.parametrize(
    ("value", "pixels"),
    [("640", 640), (" 640px ", 640), ("640.5", 640), ("100%", None), ("auto", None), ("0", None), (None, None)],
)
def test_dimensions(value: str | None, pixels: int | None) -> None:
    assert dimension(value) == pixels


def _picture(source: str) -> Picture | None:
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    return picture(next(page.root.iter("img")), URL)


def _html(source: str) -> str:
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    return serialise(sanitise([next(page.root.iter("body"))], URL, lambda _: False))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "<img width=1024 height=576 src='/l-1024x576.jpg' srcset='/l-1024x576.jpg 1024w, /l.jpg 2400w'>",
            Picture(f"{_HOME}/l.jpg", 2400, 1350),
        ),
        ("<img src='/l-300x200.jpg' width=150 height=100>", Picture(f"{_HOME}/l-300x200.jpg", 300, 200)),
        ("<img src='/l.jpg' srcset='/l.jpg 1x, /m.jpg 2x' width=300 height=200>", Picture(f"{_HOME}/m.jpg")),
        ("<img src='/l.jpg' srcset='/l.jpg 900w'>", Picture(f"{_HOME}/l.jpg", 900)),
        ("<img src='/l.jpg' width=300 height=200>", Picture(f"{_HOME}/l.jpg", 300, 200)),
        ("<img src='/s.jpg' data-orig-file='/l.jpg' width=300 height=200>", Picture(f"{_HOME}/l.jpg")),
    ],
)
def test_the_size_is_that_of_the_file(source: str, shown: Picture) -> None:
    assert _picture(source) == shown


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/pier.jpg", "/pier.jpg"),
        ("/pier-scaled.jpg", "/pier-scaled.jpg"),
        ("/pier-150x150.jpg", "/pier-300x200.jpg"),
        ("/other.jpg", "/pier-300x200.jpg"),
        ("/pier/", "/pier-300x200.jpg"),
    ],
)
def test_a_thumbnail_linked_to_its_file_is_that_file(href: str, url: str) -> None:
    shown = _picture(f"<a href='{href}'><img src='/pier-300x200.jpg' width=300 height=200></a>")
    assert shown is not None
    assert shown.url == _HOME + url


def test_what_the_sizes_of_an_upload_share() -> None:
    names = ["/a/photo.jpg", "https://cdn.example/photo-1024x683.JPG?x=1", "/photo-scaled.jpg", "/photo-300x1.jpg.webp"]
    assert [upload_name(name) for name in names] == ["photo", "photo", "photo", "photo-300x1.jpg"]


_LAZY = '<img src="data:image/gif;base64,R0" data-src="/map-1024x683.png">'
_PLAIN = '<noscript><img src="/map-1024x683.png" srcset="/map-1024x683.png 1024w, /map.png 2000w"></noscript>'


@pytest.mark.parametrize("source", [_LAZY + _PLAIN, _PLAIN + _LAZY])
def test_a_lazy_image_and_its_noscript_are_one(source: str) -> None:
    assert _html(f"<p>The map: {source}</p>").count("<img") == 1


def test_two_images_in_noscript_alone_are_both_kept() -> None:
    assert _html('<noscript><img src="/a.jpg"></noscript><noscript><img src="/b.jpg"></noscript>').count("<img") == 2


def test_emoji_are_characters_again() -> None:
    source = (
        '<p>Hi <img src="https://s.w.org/images/core/emoji/15/72x72/1f600.png" alt="\U0001f600" class="emoji"> there '
        '<img src="/wp-includes/images/smilies/simple-smile.png" alt=":)" class="wp-smiley">'
        '<img src="/x.png" class="emoji" alt="a long description of a picture"></p>'
    )
    page = parse_page(f"<html><body>{source}</body></html>", URL)
    clean = sanitise([next(page.root.iter("body"))], URL, lambda _: False)
    assert text_blocks(clean) == ["Hi \U0001f600 there :)"]
    assert "<img" not in serialise(clean)
