"""What a body shows besides text: images, embeds and links, read from elements one at a time."""

import json
import re
from collections.abc import Iterator
from typing import get_args
from urllib.parse import quote, urlsplit

from lxml.html import HtmlElement

from crawler.items import Embed, EmbedKind, Image, Link
from crawler.reading.pictures import dimension
from crawler.reading.text import element_text
from crawler.urls import absolute_url

_EMBED_SOURCES = ("data-src", "data-lazy-src", "data-litespeed-src", "data-cmp-src", "src", "data-href", "data-url")
_NOT_AN_EMBED = re.compile(
    r"doubleclick\.net|googlesyndication|googletagmanager|google-analytics|amazon-adsystem|/ns\.html|recaptcha|about:blank"
    r"|disqus\.com|facebook\.com/plugins/(?:like|page|share)|platform\.twitter\.com/widgets/(?:follow|tweet)_button",
    re.IGNORECASE,
)

_FACEBOOK = re.compile(r"(?:^|\s)fb-(?:post|video)(?:\s|$)")
_VIDEO_WIDGET = re.compile(r"(?:^|\s)elementor-widget-video(?:\s|$)")
_MAX_SETTINGS = 20_000
"""Characters of an element's settings that are read."""

_COMPONENTS = {
    "lite-youtube": ("videoid", "https://www.youtube.com/embed/"),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/embed/"),
    "amp-vimeo": ("data-videoid", "https://player.vimeo.com/video/"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/embed/video/"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/"),
}
"""Custom elements that name what they show by an id: the attribute, and what precedes the id in its address."""

EMBED_KINDS: frozenset[str] = frozenset(get_args(EmbedKind))
_HOSTS: dict[EmbedKind, str] = {
    "video": """
        youtube.com youtube-nocookie.com youtu.be vimeo.com dailymotion.com dai.ly rumble.com wistia.com wistia.net
        jwplayer.com jwplatform.com brightcove.net videopress.com video.wordpress.com twitch.tv ted.com rutube.ru
        bilibili.com nicovideo.jp odysee.com streamable.com kaltura.com ok.ru vkvideo.ru cnevids.com
    """,
    "social": """
        twitter.com x.com facebook.com instagram.com tiktok.com threads.net bsky.app t.me telegram.org reddit.com
        redditmedia.com pinterest.com linkedin.com tumblr.com vk.com truthsocial.com mastodon.social
    """,
    "audio": """
        soundcloud.com spotify.com podcasts.apple.com podbean.com buzzsprout.com anchor.fm megaphone.fm simplecast.com
        libsyn.com mixcloud.com bandcamp.com acast.com spreaker.com transistor.fm omny.fm captivate.fm deezer.com
    """,
}
_KIND_OF_HOST: dict[str, EmbedKind] = {host: kind for kind, hosts in _HOSTS.items() for host in hosts.split()}


def embed_kind(url: str) -> EmbedKind:
    """What an embedded address shows, told by its host; ``iframe`` where nothing is known of it."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    for start in range(len(labels) - 1):
        kind = _KIND_OF_HOST.get(".".join(labels[start:]))
        if kind:
            return "video" if kind == "social" and "video.php" in url.lower() else kind
    return "iframe"


def embed_url(element: HtmlElement, base: str) -> str | None:
    """The address an ``iframe``, ``video``, ``audio`` … shows; None for advertising and measuring frames."""
    if named := _named_embed(element):
        return named
    children = (child.get("src") for child in element.iterchildren("source"))
    for source in (*(element.get(name) for name in _EMBED_SOURCES), *children):
        url = absolute_url(base, source)
        if url and not _NOT_AN_EMBED.search(url):
            return url
    return None


def _named_embed(element: HtmlElement) -> str | None:
    """The address of a component that has only the id of what it shows."""
    attribute, address = _COMPONENTS.get(str(element.tag), ("", ""))
    identity = element.get(attribute) if attribute else None
    return address + quote(identity) if identity else None


def post_url(quote_element: HtmlElement, base: str) -> str | None:
    """The address of the social post, or the WordPress post, that a ``blockquote`` stands for."""
    named = (quote_element.get(name) for name in ("data-instgrm-permalink", "data-text-post-permalink", "cite"))
    linked = [anchor.get("href") for anchor in quote_element.iter("a")]
    candidates = (absolute_url(base, source) for source in (*named, *reversed(linked)))
    return next(filter(None, candidates), None)


def player_url(box: HtmlElement, names: str, base: str) -> str | None:
    """The address in a ``div`` that a script turns into a player: Facebook's, or Elementor's video widget."""
    if _FACEBOOK.search(names):
        return absolute_url(base, box.get("data-href"))
    if not _VIDEO_WIDGET.search(names) or next(box.iter("iframe", "video"), None) is not None:
        return None
    try:
        settings = json.loads((box.get("data-settings") or "")[:_MAX_SETTINGS])
    except (ValueError, RecursionError):
        return None
    if not isinstance(settings, dict):
        return None
    kind = settings.get("video_type", "youtube")
    named = settings.get(f"{kind}_url")
    named = named.get("url") if isinstance(named, dict) else named
    return absolute_url(base, named) if isinstance(named, str) else None


def images(clean: HtmlElement) -> Iterator[Image]:
    """The images of a sanitised body, in order, each address once."""
    seen: set[str] = set()
    for img in clean.iter("img"):
        url = img.get("src") or ""
        if url not in seen:
            seen.add(url)
            yield Image(
                url=url,
                alt=img.get("alt"),
                caption=_caption(img),
                width=dimension(img.get("width")),
                height=dimension(img.get("height")),
            )


def embeds(clean: HtmlElement) -> Iterator[Embed]:
    """The embeds of a sanitised body, in order, each address once."""
    seen: set[str] = set()
    for element in clean.iter("a", "blockquote", "video", "audio"):
        kind = _embed_kind_of(element)
        url = element.get("href") or element.get("cite") or element.get("src") or ""
        if kind and url and url not in seen:
            seen.add(url)
            yield Embed(url=url, kind=kind)


def links(clean: HtmlElement) -> Iterator[Link]:
    """The links of a sanitised body that have a text, in order."""
    for anchor in clean.iter("a"):
        text = element_text(anchor)
        if text and anchor.get("href") and not anchor.get("data-embed"):
            yield Link(url=anchor.get("href") or "", text=text)


def _embed_kind_of(element: HtmlElement) -> EmbedKind | None:
    kinds: dict[str, EmbedKind] = {"video": "video", "social": "social", "audio": "audio", "iframe": "iframe"}
    return kinds.get(element.get("data-embed") or str(element.tag))


def _caption(img: HtmlElement) -> str | None:
    """The caption of the innermost figure that has one of its own: a gallery's stands for pictures without."""
    for figure in img.iterancestors("figure"):
        for caption in figure.iterchildren("figcaption"):
            return element_text(caption) or None
    return None
