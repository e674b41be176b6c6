"""Writing a clean body: blocks that hold text or blocks, opened and closed in any order a page may ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from crawler.reading.htmltags import BLOCKS, LEAVES, MIXED, TEXTLESS
from crawler.reading.text import is_collapsed, visible

_PARENTS = {
    "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "tr": ("table", "tbody", "thead", "tfoot"), "td": ("tr",),
    "th": ("tr",), "tbody": ("table",), "thead": ("table",), "tfoot": ("table",), "caption": ("table",),
    "summary": ("details",),
}  # fmt: skip
"""Blocks that mean something only in these."""
_MAY_BE_EMPTY = frozenset({"img", "br", "td", "th", "video", "audio"})

_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML, and so lxml, has no place for."""
_MAX_DEPTH = 60
"""Blocks and inline elements deeper than this are unwrapped: no reader, browser or serialiser has to follow."""

_PARSER = HTMLParser()
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
"""Makes elements without lxml.html's look-up of a class for each, which costs more than all else here."""


@dataclass(slots=True, eq=False)
class Block:
    """An open block; ``implied`` if the source has no element for it; ``full`` if text after it needs a new one."""

    element: HtmlElement
    implied: bool = False
    full: bool = False


class BlockTree:
    """The output under construction. Text goes into the block that is open, which is made where none is."""

    def __init__(self) -> None:
        self.root: HtmlElement = _PARSER.makeelement("div")
        self._blocks = [Block(self.root)]
        self._inline: list[tuple[str, Mapping[str, str]]] = []
        self._opened: list[HtmlElement] = []
        self._break = False
        self._spaced = False
        self._target = self.root
        self._pending: list[str] = []

    def open_block(self, tag: str, attributes: Mapping[str, str]) -> Block | None:
        """Begin a block. None where it has no place: then only its boundary counts."""
        self.boundary()
        top = self._blocks[-1].element.tag
        parents = _PARENTS.get(tag)
        if top in LEAVES or len(self._blocks) > _MAX_DEPTH or (parents and top not in parents):
            return None
        if top in TEXTLESS and not parents:
            self._leave_textless()
        return self._push(tag, attributes)

    def close_block(self, block: Block) -> None:
        """End a block and all that are open in it; nothing if it has been ended by another."""
        self.boundary()
        if block in self._blocks:
            while self._blocks[-1] is not block:
                self._pop()
            self._pop()

    def boundary(self) -> None:
        """What precedes and what follows are different blocks."""
        if self._pending:
            self._flush()
        blocks = self._blocks
        while blocks[-1].implied or blocks[-1].element.tag == "p":
            self._pop()
        top = blocks[-1]
        if top.element.tag in MIXED:
            top.full = top.full or _has_content(top.element)
        self._break = top.element.tag in LEAVES and _has_content(top.element)
        self._opened.clear()

    def open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an inline element; it is written where text follows, again in each block it spans."""
        self._flush()
        self._inline.append((tag, attributes))

    def close_inline(self) -> None:
        """End the innermost inline element."""
        self._flush()
        self._inline.pop()
        del self._opened[len(self._inline) :]

    def line_break(self) -> None:
        """A ``br``; two of them end a paragraph, as WordPress's wpautop has it."""
        self._flush()
        top = self._blocks[-1].element
        if top.tag == "pre":
            self.text("\n")
        elif self._break and (top.tag == "p" or top.tag in MIXED):
            self.boundary()
        else:
            self._break = self._in_text()

    def text(self, text: str) -> None:
        """Text as the source has it, less what nobody sees."""
        in_pre = self._blocks[-1].element.tag == "pre"
        if not is_collapsed(text):  # else all of it is seen, too: most texts are looked through once
            text = visible(text) if in_pre else _collapsed(visible(text))
        if text[:1] == " " and not in_pre and (self._spaced or self._break or not self._in_text()):
            text = text[1:]
        if not text:
            return
        if not self._pending:
            self._target = self._cursor()
        self._pending.append(text)
        self._spaced = text[-1] == " "

    def void(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element of the text without content, such as an ``img``."""
        self._flush()
        parent = self._blocks[-1].element
        parent = self._inlines_in(parent) if parent.tag == "figure" else self._cursor()
        etree.SubElement(parent, tag, attributes)
        self._spaced = False

    def embed(self, tag: str, attributes: Mapping[str, str], text: str | None = None) -> None:
        """A figure of its own for something embedded."""
        self.boundary()
        top = self._blocks[-1]
        figure = top if top.element.tag == "figure" else self.open_block("figure", {})
        if figure is not None:
            etree.SubElement(figure.element, tag, attributes).text = text
            if figure is not top:
                self.close_block(figure)

    def finish(self) -> HtmlElement:
        """The tree, without elements that stayed empty."""
        self._flush()
        drop_empty(self.root)
        return self.root

    def _flush(self) -> None:
        """Write the text that has come since the last element."""
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            _append(self._target, text)

    def _cursor(self) -> HtmlElement:
        """Where text goes now; makes the block and the inline elements it stands in."""
        leaf = self._leaf()
        if self._break:
            if leaf.tag == "pre":
                _append(leaf, "\n")
            else:
                etree.SubElement(leaf, "br").tail = "\n"
            self._opened.clear()
            self._break = False
        return self._inlines_in(leaf)

    def _inlines_in(self, block: HtmlElement) -> HtmlElement:
        """The innermost of the inline elements that are open, in the block that is open."""
        parent = self._opened[-1] if self._opened else block
        for tag, attributes in self._inline[len(self._opened) : _MAX_DEPTH]:
            parent = etree.SubElement(parent, tag, attributes)
            self._opened.append(parent)
        return parent

    def _leaf(self) -> HtmlElement:
        if self._blocks[-1].element.tag in TEXTLESS:
            self._leave_textless()
        top = self._blocks[-1]
        if top.element.tag in LEAVES or (top.element.tag in MIXED and not top.full):
            return top.element
        return self._push("p", {}, implied=True).element

    def _leave_textless(self) -> None:
        """Text in a list has an item of its own; text in a table but outside its cells stands after the table."""
        if self._blocks[-1].element.tag in ("ul", "ol"):
            self._push("li", {}, implied=True)
        while self._blocks[-1].element.tag in TEXTLESS:
            self._pop()

    def _in_text(self) -> bool:
        """Whether the block that is open has text to which more can be added."""
        if self._pending:
            return True
        top = self._blocks[-1]
        tag = top.element.tag
        return (tag in LEAVES or (tag in MIXED and not top.full)) and _has_content(top.element)

    def _push(self, tag: str, attributes: Mapping[str, str], *, implied: bool = False) -> Block:
        parent = self._blocks[-1]
        parent.full = True
        block = Block(etree.SubElement(parent.element, tag, attributes), implied)
        self._blocks.append(block)
        self._opened.clear()
        self._break = False
        return block

    def _pop(self) -> None:
        self._blocks.pop()
        self._opened.clear()
        self._break = False


def drop_empty(root: HtmlElement) -> None:
    """Take out what is empty below an element of a clean tree."""
    for element in reversed(list(root.iterdescendants())):
        tag = element.tag
        if tag == "tr":
            empty = not any(map(_has_content, element))
        else:
            empty = tag not in _MAY_BE_EMPTY and not len(element) and not (element.text or "").strip()
        if empty and tag in BLOCKS:
            element.drop_tree()
        elif empty:
            element.drop_tag()  # the space in it may part two words


def _collapsed(text: str) -> str:
    """White space collapsed to single spaces, one at each end that had some."""
    if is_collapsed(text):
        return text
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _append(element: HtmlElement, text: str) -> None:
    last = next(element.iterchildren(reversed=True), None)
    try:
        if last is None:
            element.text = (element.text or "") + text
        else:
            last.tail = (last.tail or "") + text
    except ValueError:
        safe = _UNSAFE.sub("", text)
        if safe != text:
            _append(element, safe)


def _has_content(element: HtmlElement) -> bool:
    return bool(element.text) or next(element.iterchildren(), None) is not None
