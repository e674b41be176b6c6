"""The picture that an ``img`` stands for: its file in full size, that file's size, and what is none (pixels, emoji)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.reading.urlparts import url_parts
from crawler.urls import absolute_url

_LAZY_SRCSETS = ("data-lazy-srcset", "data-srcset", "srcset")
_FULL_SOURCES = ("data-orig-file", "data-large-file")
"""Where Jetpack keeps the address of another size than the one shown."""
_LAZY_SOURCES = ("data-orig-file", "data-lazy-src", "data-src", "data-original", "data-large-file", "data-lazy", "src")
"""Where lazy-loading plugins keep the real address while ``src`` holds a placeholder; the first usable one wins."""

_DESCRIPTOR = re.compile(r"(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})[wx],?")
_JOINED = re.compile(r"([wx]),(?=\S)")
_DIMENSION = re.compile(r"\s*(\d{1,5})(?:\.\d{1,6})?(?:px)?\s*")
_MAX_SRCSET = 20_000

_NOT_A_PICTURE = re.compile(
    r"gravatar\.com/avatar|/wp-includes/images/(smilies|blank|media)|s\.w\.org/images/core/emoji|/(spacer|pixel|blank|transparent)\."
    r"|feeds\.feedburner|//pixel\.|/pixel[./?]|doubleclick\.net|facebook\.com/tr\?|1x1\.",
    re.IGNORECASE,
)
_PICTURE_NAMES = frozenset({"avatar", "emoji", "wp-smiley", "smiley"})
_EMOJI_NAMES = frozenset({"emoji", "wp-smiley", "smiley"})
_MAX_EMOJI = 16
"""Characters: a family of four with skin tones has eleven, ``:mrgreen:`` nine."""

_SIZE = re.compile(r"-(?:\d+x\d+|scaled|rotated|e\d{10,})(?=\.\w+$)|(?<=\.)(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
_SIZED = re.compile(r"-(\d{1,5})x(\d{1,5})\.\w+$")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file: its absolute URL, its width and height in pixels where the page tells them."""

    url: str
    width: int | None = None
    height: int | None = None


def picture(img: HtmlElement, base: str) -> Picture | None:
    """The file an ``img`` shows, in full size, as far as the element and its link know it; None for no picture."""
    if _PICTURE_NAMES & set((img.get("class") or "")[:500].split()) or _is_pixel(img):
        return None
    for source, width in _sources(img):
        url = None if not source or source.startswith("data:") else absolute_url(base, source)
        if url and not _NOT_A_PICTURE.search(url):
            return _linked_file(img, base, url) or Picture(url, *_size(img, url, width))
    return None


def emoji(img: HtmlElement) -> str | None:
    """The characters that WordPress replaced by a picture (``wp_staticize_emoji()``, ``translate_smiley()``)."""
    alt = (img.get("alt") or "").strip()
    named = not _EMOJI_NAMES.isdisjoint((img.get("class") or "")[:500].split())
    return alt if named and 0 < len(alt) <= _MAX_EMOJI else None


def upload_name(url: str) -> str:
    """What the sizes of one upload share (``photo-1024x683.jpg``, ``photo-scaled.jpg``); the host may be a CDN's."""
    return _SIZE.sub("", url_parts(url).path.rpartition("/")[2]).rstrip(".").lower()


def largest_candidate(srcset: str) -> str | None:
    """The URL of a ``srcset``'s widest (or densest) candidate (HTML standard, "parse a srcset attribute")."""
    return _largest(srcset)[0]


def dimension(value: str | None) -> int | None:
    """``width`` or ``height`` in CSS pixels; None for percentages and nonsense."""
    match = _DIMENSION.fullmatch(value) if value else None
    return int(match[1]) or None if match else None


def _sources(img: HtmlElement) -> Iterator[tuple[str | None, int | None]]:
    """The addresses an ``img`` gives, best first, each with the file's width: 0 if unknown, None if as ``width``."""
    for name in _LAZY_SRCSETS:
        if srcset := img.get(name):
            yield _largest(srcset)
    for name in _LAZY_SOURCES:
        yield img.get(name), 0 if name in _FULL_SOURCES else None


def _largest(srcset: str) -> tuple[str | None, int | None]:
    """The widest candidate's URL and width in pixels; 0 for a density but 1, None where nothing is said."""
    best, most, width = None, -1.0, None
    tokens = _JOINED.sub(r"\1, ", srcset[:_MAX_SRCSET]).split()
    while tokens:
        url = tokens.pop(0)
        size = None if url.endswith(",") or not tokens else _DESCRIPTOR.fullmatch(tokens[0])
        unit = tokens.pop(0).rstrip(",")[-1] if size else ""
        value = float(size[1]) if size else 0.0
        if value > most and url.strip(",") and not url.startswith("data:"):
            best, most = url.rstrip(","), value
            width = int(value) if unit == "w" else 0 if unit and value != 1 else None
    return best, width


def _size(img: HtmlElement, url: str, width: int | None) -> tuple[int | None, int | None]:
    """Width and height of the file: by its name, its candidate's width in the ``img``'s ratio, else the ``img``'s."""
    if named := _SIZED.search(url_parts(url).path):
        return int(named[1]) or None, int(named[2]) or None
    across, down = dimension(img.get("width")), dimension(img.get("height"))
    if width is None or width == across:
        return across, down
    if width == 0:
        return None, None
    return width, round(down * width / across) or None if across and down else None


def _linked_file(img: HtmlElement, base: str, url: str) -> Picture | None:
    """The upload in full that a thumbnail links to, as galleries and captioned images do ("Link to: media file")."""
    anchor = next(img.iterancestors("a"), None)
    href = absolute_url(base, anchor.get("href")) if anchor is not None else None
    if not href or href == url or upload_name(href) != upload_name(url):
        return None
    path = url_parts(href).path
    return Picture(href) if _IMAGE_FILE.search(path) and not _SIZED.search(path) else None


def _is_pixel(img: HtmlElement) -> bool:
    return any((dimension(img.get(name)) or 9) < 3 for name in ("width", "height"))
