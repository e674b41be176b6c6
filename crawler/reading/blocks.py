"""What in a clean body is not the article, told by what it says and by what stands around it.

The rules look at the clean tree alone and are applied until none fits: a cleaned body read again stays so.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.blocktree import drop_empty
from crawler.reading.credits import is_byline, is_legal_notice, is_meta_line
from crawler.reading.destinations import destination
from crawler.reading.htmltags import HEADINGS
from crawler.reading.phrases import is_label, is_notice, is_prompt, is_term_label, may_be_topic
from crawler.reading.text import element_text, raw_text

_LINKS_ONLY = 0.8
"""Share of a block's characters in links from which it is a list of links."""
_LONG = 60
"""Characters from which a paragraph that stands twice is taken for a repetition, not a refrain."""
_PROSE = 80
"""Characters from which a paragraph under a label is a part of the story rather than a line of a box."""
_OPENING = 6
"""How many blocks at the beginning may be headline, byline and date."""
_CLOSING = 3
"""How many blocks at the end may be byline, disclaimer and copyright."""
_TAIL = 0.25
"""Share of the text that a last part under a label may have."""
_MAX_LABELLED = 400
"""Characters of a label and the links behind it."""
_MAX_TAG = 40
"""Characters of the name of a tag."""
_ROUNDS = 10
_BUILDER_TAG = re.compile(r"\[/?(?:et_pb|vc|fusion|av)_\w{1,60}(?:\s[^\[\]]{0,2000})?\]")
"""Of Divi, WPBakery, Avada and Enfold."""
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+(?:\s[^\[\]]*)?\]|\[[a-z][\w-]*(?:\s+[\w-]+=[^\[\]]*)\]")
"""A line that is a shortcode as ``[gallery ids="1"]``: with attributes, or a name of several words."""
_LABEL_END = re.compile(r"[:：|»→–—]")

_COUNT = etree.XPath("count(.//*)")

_Said = tuple[HtmlElement, str]
"""A block and its text."""


class _Texts(dict[HtmlElement, str]):
    """The texts of blocks, each looked for once as long as nothing is dropped."""

    def __missing__(self, block: HtmlElement) -> str:
        text = self[block] = element_text(block)
        return text

    def drop(self, block: HtmlElement) -> None:
        """Take a block out: of those around it the texts are others now."""
        block.drop_tree()
        self.clear()


def drop_noise_blocks(body: HtmlElement, title: str | None) -> None:
    """Take out of a clean body, in place, what is not the article; ``title`` is the headline."""
    if "[" in raw_text(body):
        _drop_builder_tags(body)
        drop_empty(body)
    for _ in range(_ROUNDS):
        before, texts = _size(body), _Texts()
        _drop_headline(body, title, texts)
        _drop_bylines(body, texts)
        _drop_tail(body, texts)
        _drop_closing(body, texts)
        said = [(block, texts[block]) for block in body.iter("p", "li", "blockquote", *HEADINGS)]
        _drop_labelled(said)
        _drop_repetitions(said)
        if _size(body) == before:
            return
        drop_empty(body)


def _drop_builder_tags(body: HtmlElement) -> None:
    """Take a page builder's shortcodes out of the text they stand around, where the builder is gone."""
    for element in body.iter():
        if element.text and "[" in element.text:
            element.text = _BUILDER_TAG.sub("", element.text)
        if element.tail and "[" in element.tail:
            element.tail = _BUILDER_TAG.sub("", element.tail)


def _size(body: HtmlElement) -> float:
    """Counts elements, in libxml2."""
    return float(_COUNT(body))


def _opening(body: HtmlElement, texts: _Texts) -> list[_Said]:
    return [(block, texts[block]) for block in body[:_OPENING]]


def _drop_headline(body: HtmlElement, title: str | None, texts: _Texts) -> None:
    """Drop the headline where it is repeated, and the short lines above it: breadcrumbs, categories, dates."""
    wanted = _key(title or "")
    if not wanted:
        return
    opening = _opening(body, texts)
    for i, (block, text) in enumerate(opening):
        if block.tag in ("p", *HEADINGS) and len(text) <= 2 * len(title or "") and _key(text) == wanted:
            for above, line in opening[:i]:
                if above.getparent() is not None and len(line) < _LONG and not _has_picture(above):
                    texts.drop(above)
            texts.drop(block)


def _drop_bylines(body: HtmlElement, texts: _Texts) -> None:
    """Drop the lines before the first paragraph that say who wrote it and when."""
    for block, text in _opening(body, texts):
        is_meta = block.tag == "p" and is_meta_line(text)
        if (is_meta or (block.tag in ("p", *HEADINGS) and is_byline(text))) and not _has_picture(block):
            texts.drop(block)
        if len(text) > _LONG + 20:
            return


def _drop_tail(body: HtmlElement, texts: _Texts) -> None:
    """Drop the last part if its heading announces other posts, comments or an author: all of it is that."""
    heading = next((block for block in reversed(body) if block.tag in HEADINGS), None)
    if heading is None or not (is_label(text := texts[heading]) or is_notice(text)) or _heads_prose(heading):
        return
    tail = [heading, *heading.itersiblings()]
    if sum(len(texts[block]) for block in tail) <= _TAIL * len(texts[body]):
        for block in tail:
            texts.drop(block)


def _heads_prose(heading: HtmlElement) -> bool:
    """Whether "Comments" or "Learn more" stands over a paragraph that tells something, as a heading of the story."""
    if not may_be_topic(element_text(heading)):
        return False
    under = heading.getnext()
    return under is not None and under.tag == "p" and len(element_text(under)) >= _PROSE and not _is_links(under)


def _drop_closing(body: HtmlElement, texts: _Texts) -> None:
    """Drop a line at the end that says who wrote it and when, a disclaimer, a copyright notice, the tags."""
    if len(body) <= _CLOSING:
        return
    for block in body[-_CLOSING:]:
        text = texts[block]
        says_of_it = (block.tag == "p" and (is_byline(text) or is_legal_notice(text))) or _is_tags(block)
        if says_of_it and not _has_picture(block):
            texts.drop(block)


def _drop_labelled(said: Sequence[_Said]) -> None:
    """Drop notices, counters, and labels with the links they announce; from the end, as labels may follow labels."""
    for block, text in reversed(said):
        if not text or len(text) > _MAX_LABELLED or block.getparent() is None:
            continue
        if block.tag in HEADINGS and _heads_prose(block):
            continue
        says_nothing = (is_notice(text) or _is_counter(block, text) or _is_prompt(block, text)) and not _has_picture(
            block
        )
        if (says_nothing and not _has_picture(block)) or _is_label_and_links(block, text):
            block.drop_tree()
        elif is_label(text) or is_term_label(text):
            _drop_announced(block)


def _is_prompt(block: HtmlElement, text: str) -> bool:
    """Whether it asks readers for something under a link, or is a shortcode whose plugin is gone."""
    if _SHORTCODE.fullmatch(text):
        return True
    return next(block.iter("a"), None) is not None and is_prompt(text)


def _is_counter(block: HtmlElement, text: str) -> bool:
    """Whether it is the number of a picture or a place in a ranking, which themes print beside them."""
    parent = block.getparent()
    return block.tag == "p" and len(text) < 3 and text.isdecimal() and parent is not None and parent.tag == "div"


def _is_label_and_links(block: HtmlElement, text: str) -> bool:
    """Whether a block is a label and links: ``READ MORE: <a>…</a>``, or a link that begins with the label."""
    links = [element_text(anchor) for anchor in block.iter("a")]
    if not links:
        return False
    outside = text
    for link in links:
        outside = outside.replace(link, " ", 1)
    label, mark, _ = _partition(text)
    outside = outside.strip()
    if _is_any_label(outside) or (is_notice(outside) and text.startswith(outside)):
        return True
    return bool(mark) and len(outside.strip(" :|»→–—-")) < 5 and _is_any_label(label)


def _partition(text: str) -> tuple[str, str, str]:
    mark = _LABEL_END.search(text)
    return (text[: mark.start()], mark[0], text[mark.end() :]) if mark else (text, "", "")


def _is_any_label(text: str) -> bool:
    return is_label(text) or is_term_label(text)


def _drop_announced(label: HtmlElement) -> None:
    """Drop a label and the links that follow it; the label alone only where it announces nothing else."""
    followers = list(_following(label, lambda block: _is_links(block) or _is_picture(block)))
    last = followers[-1] if followers else label
    if followers or last.getnext() is None:
        for element in (label, *followers):
            element.drop_tree()


def _following(block: HtmlElement, fits: Callable[[HtmlElement], bool]) -> Iterator[HtmlElement]:
    following = block.getnext()
    while following is not None and fits(following):
        yield following
        following = following.getnext()


def _drop_repetitions(said: Sequence[_Said]) -> None:
    """Drop what stands there a second time; an item and the paragraph that is all of it stand there once."""
    seen: dict[str, HtmlElement] = {}
    for block, text in said:
        if len(text) < _LONG or block.tag == "blockquote" or block.getparent() is None:
            continue
        first = seen.setdefault(text, block)
        is_again = first is not block and first not in block.iterancestors("li")
        if is_again and next(block.iterdescendants("p", "ul", "ol"), None) is None:
            block.drop_tree()


def _is_links(block: HtmlElement) -> bool:
    text = element_text(block)
    return bool(text) and sum(len(element_text(anchor)) for anchor in block.iter("a")) >= _LINKS_ONLY * len(text)


def _is_tags(block: HtmlElement) -> bool:
    """Whether it is nothing but several names, or one with a hash sign, that link to archives of tags.

    A single link may be what the line before announces. Shops have ``?tag=`` too.
    """
    links = [(element_text(anchor), anchor.get("href") or "") for anchor in block.iter("a")]
    named = all(
        len(text) <= _MAX_TAG and "?" not in href and destination(href).term_kind == "tag" for text, href in links
    )
    said = element_text(block)
    only_links = bool(links) and _key(said) == _key("".join(text for text, _ in links))
    return named and only_links and (len(links) > 1 or said.startswith("#"))


def _is_picture(block: HtmlElement) -> bool:
    return not element_text(block) and _has_picture(block)


def _has_picture(block: HtmlElement) -> bool:
    return next(block.iter("img"), None) is not None


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
