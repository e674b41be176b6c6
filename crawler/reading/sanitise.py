"""A container's element -> a clean tree: blocks in order, an allow-list of elements and attributes, absolute URLs.

Wrappers (``div``, ``section``, ``span`` …) leave no trace but the boundaries that they set. Text, images, embeds and
links are all read from the clean tree, so they cannot disagree, and reading it again gives the same.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.blocktree import BlockTree
from crawler.reading.boxnames import class_of, is_caption_name
from crawler.reading.htmltags import BLOCKS, DROPPED, EMBEDS, FALLBACKS, FORMATTING, WRAPPERS
from crawler.reading.media import EMBED_KINDS, embed_kind, embed_url, player_url, post_url
from crawler.reading.pictures import emoji, picture, upload_name
from crawler.reading.text import element_text
from crawler.urls import absolute_url

Skip = Callable[[HtmlElement], bool]
"""Says of an element of a container that it is not the article."""
_Close = Callable[[], None] | None
"""What ends that which an element began."""

_KEPT = {
    "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",), "time": ("datetime",),
    "abbr": ("title",),
}  # fmt: skip
_ALWAYS_KEPT = ("lang", "dir")

_FIGURE = re.compile(r"(?:^|\s)(?:wp-caption|gallery-item)(?:\s|$)")
_TWEET = re.compile(r"(?:^|\s)(?:twitter-tweet|twitter-video|bluesky-embed|reddit-embed-bq|mastodon-embed)(?:\s|$)")
_PLACEHOLDER = re.compile(
    r"(?:^|\s)(?:instagram-media|tiktok-embed|fb-xfbml-parse-ignore|wp-embedded-content|text-post-media)(?:\s|$)"
)
"""Quotes that stand for an embed until its script has run: their text is a notice or another post's title."""
_WRAPPED_URL = re.compile(r"(?:^|\s)wp-block-embed__wrapper(?:\s|$)")
"""WordPress's block prints the bare URL where it could not fetch the embed."""
_NOTE = re.compile(r"foot-?note|end-?note|(?:^|[\s_-])(?:fn|reference)(?:$|[\s_-])")
_MOST_IMAGES = 5000
"""Of one article: the largest galleries have some hundreds."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def sanitise(sources: Iterable[HtmlElement], base: str, skip: Skip) -> HtmlElement:
    """The clean copy of one or more containers, without the elements that ``skip`` names: a ``div`` of blocks."""
    cleaner = _Cleaner(base, skip)
    for source in sources:
        cleaner.add(source)
    return cleaner.tree.finish()


def serialise(clean: HtmlElement) -> str:
    """A clean tree as HTML, under the class that WordPress's themes give to a post's content."""
    clean.set("class", "entry-content")
    return etree.tostring(clean, encoding="unicode", method="html", with_tail=False)


class _Cleaner:
    """One walk over the source, without recursion: pages may be nested thousands deep."""

    def __init__(self, base: str, skip: Skip) -> None:
        self.tree = BlockTree()
        self._base = base
        self._skip = skip
        self._images: set[str] = set()
        self._fallbacks: set[str] = set()

    def add(self, source: HtmlElement) -> None:
        """Copy one container."""
        tree = self.tree
        tree.boundary()
        stack: list[tuple[HtmlElement, bool, _Close]] = [(source, False, None)]
        while stack:
            element, entered, close = stack.pop()
            if not entered:
                descend, close = self._enter(element)
                if descend:
                    stack.append((element, True, close))
                    if text := element.text:
                        tree.text(text)
                    stack.extend([(child, False, None) for child in reversed(element)])
                    continue
            if close:
                close()
            if (tail := element.tail) and element is not source:
                tree.text(tail)
        tree.boundary()

    def _enter(self, element: HtmlElement) -> tuple[bool, _Close]:
        """Begin what an element becomes; says whether to go into it, and what is to be done after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED:
            return False, None
        if self._skip(element):
            return False, self.tree.boundary if tag in WRAPPERS or tag in BLOCKS else None
        if tag in ("img", "amp-img"):
            self._image(element)
        elif tag == "br":
            self.tree.line_break()
        elif tag in EMBEDS:
            self._embed(element)
        elif tag in FALLBACKS:
            self._fallback(element)
        elif tag in FORMATTING:
            return self._enter_inline(element, tag)
        else:
            return self._enter_block(element, tag)
        return False, None

    def _enter_inline(self, element: HtmlElement, tag: str) -> tuple[bool, _Close]:
        attributes = self._attributes(element, tag)
        if tag == "a":
            href = absolute_url(self._base, element.get("href"))
            if not href:
                return True, None
            if element.get("data-embed") in EMBED_KINDS:
                self._link_to_embed(href)
                return False, None
            attributes["href"] = _safe(href)
        if tag == "sup" and _is_note(element):
            self.tree.text(" ")  # the number of a note is no part of the word before it
        self.tree.open_inline(tag, attributes)
        return True, self.tree.close_inline

    def _enter_block(self, element: HtmlElement, tag: str) -> tuple[bool, _Close]:
        names = class_of(element)
        if names and self._is_placeholder(element, tag, names):
            return False, None
        block = _block_tag(tag, names)
        if block is None:
            if tag not in WRAPPERS:
                return True, None
            self.tree.boundary()
            return True, self.tree.boundary
        attributes = self._attributes(element, block)
        if block == "blockquote" and (_TWEET.search(names) or element.get("data-embed")):
            attributes |= self._quoted_post(element)
        opened = self.tree.open_block(block, attributes)
        return True, partial(self.tree.close_block, opened) if opened else self.tree.boundary

    def _is_placeholder(self, element: HtmlElement, tag: str, names: str) -> bool:
        """Whether an element of some class only stands for an embed, which is then written instead."""
        url = None
        if tag == "blockquote" and _PLACEHOLDER.search(names):
            url = post_url(element, self._base)
        elif tag == "div" and (url := player_url(element, names, self._base)):
            pass
        elif tag != "div" or len(element) or not _WRAPPED_URL.search(names):
            return False
        else:
            url = absolute_url(self._base, element.text)
        if url:
            self._link_to_embed(url)
        return True

    def _attributes(self, element: HtmlElement, tag: str) -> dict[str, str]:
        present = element.keys()
        if not present:
            return {}
        kept = (*_KEPT.get(tag, ()), *_ALWAYS_KEPT)
        return {name: _safe(element.get(name) or "") for name in present if name in kept}

    def _image(self, img: HtmlElement) -> None:
        if len(self._images) >= _MOST_IMAGES:
            return
        if character := emoji(img):
            self.tree.text(character)
            return
        shown = picture(img, self._base)
        if shown is None or self._is_twin(upload_name(shown.url)):
            return
        self._images.add(upload_name(shown.url))
        sizes = {"width": str(shown.width or ""), "height": str(shown.height or "")}
        attributes = {"src": shown.url, "alt": img.get("alt") or "", **sizes}
        self.tree.void("img", {name: _safe(value) for name, value in attributes.items() if value})

    def _is_twin(self, name: str) -> bool:
        """Whether its ``noscript`` has stood before this lazy image, as Autoptimize prints them: true once for each."""
        if name not in self._fallbacks:
            return False
        self._fallbacks.remove(name)
        return True

    def _fallback(self, element: HtmlElement) -> None:
        for child in element.iter("img", "iframe", "embed", "video"):
            if child.tag != "img":
                self._embed(child)
            elif (shown := picture(child, self._base)) and (name := upload_name(shown.url)) not in self._images:
                self._image(child)
                self._fallbacks.add(name)

    def _embed(self, element: HtmlElement) -> None:
        url = embed_url(element, self._base)
        tag = str(element.tag).removeprefix("amp-")
        if url and tag in ("video", "audio"):
            self.tree.embed(tag, {"src": _safe(url), "controls": "controls"})
        elif url:
            self._link_to_embed(url)

    def _link_to_embed(self, url: str) -> None:
        """A frame would run another site's scripts: a link says the same."""
        self.tree.embed("a", {"href": _safe(url), "data-embed": embed_kind(url)}, _safe(url))

    def _quoted_post(self, element: HtmlElement) -> dict[str, str]:
        url = post_url(element, self._base)
        return {"cite": _safe(url), "data-embed": "social"} if url else {}


def _is_note(sup: HtmlElement) -> bool:
    """Whether it is the bare number of a note ("1", not "[1]"): it links to a place on a page, or is named for it."""
    if not element_text(sup)[:1].isalnum():
        return False
    around = sup.getparent()
    links = [*sup.iter("a"), *([around] if around is not None and around.tag == "a" else [])]
    return any("#" in (link.get("href") or "") for link in links) or bool(_NOTE.search(class_of(sup)))


def _block_tag(tag: str, names: str) -> str | None:
    """The block an element becomes: captions and their figures are told by name where the tag is none of HTML 5's."""
    if names and tag in ("div", "p", "dd", "span") and is_caption_name(names):
        return "figcaption"
    if names and tag in ("div", "dl") and _FIGURE.search(names):
        return "figure"
    return tag if tag in BLOCKS else None


def _safe(value: str) -> str:
    return _UNSAFE.sub("", value)
