"""A sanitised body as plain text blocks."""

import re
from collections.abc import Iterator
from operator import itemgetter

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.htmltags import BLOCKS, LEAVES, MIXED

_OWN_TEXT = LEAVES - {"figcaption"}
_INNER_BLOCKS = BLOCKS - {"figcaption"}
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana, Han: scripts that put no space between words."""
_SPACELESS_CHARACTER = re.compile(f"[{SPACELESS}]")
_SPACELESS_LEADS = b"\xe0\xe1\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xef"
"""How these begin in UTF-8, and few characters of other scripts: that a text has none of them is told in a third of the
time that it takes to look each character up."""
_LETTER, _MARK = re.compile(r"\w"), re.compile(r"\W")
_CHARACTERS_A_WORD = 2
"""Chinese and Japanese words average about two characters."""
_INVISIBLE = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, spaces without width, marks of direction. The joiners U+200C and U+200D are none of them: Persian, the
languages of India and emoji are spelled with these."""


def visible(text: str) -> str:
    """A text without what nobody sees of it, and who searches for a word does not type."""
    return text if text.isascii() or text.isprintable() else _INVISIBLE.sub("", text)


def text_blocks(clean: HtmlElement) -> list[str]:
    """The blocks of a sanitised body in order: paragraphs, headings, list items, quotes, table rows, code.

    White space is collapsed; a ``br`` is a line, and so is a line of ``pre``, with its indentation; captions are left
    out (they belong to images).
    """
    return [block for block in _blocks(clean) if block]


def word_count(text: str) -> int:
    """Words of a text; in scripts without spaces, two characters count as one."""
    dense = 0
    if _may_be_spaceless(text):
        text, dense = _SPACELESS_CHARACTER.subn(" ", text)
    words = text.split()
    firsts = "".join(map(itemgetter(0), words))
    alone = sum(not _LETTER.search(words[mark.start()]) for mark in _MARK.finditer(firsts))  # dashes that stand alone
    return len(words) - alone + (dense + _CHARACTERS_A_WORD - 1) // _CHARACTERS_A_WORD


def _may_be_spaceless(text: str) -> bool:
    if text.isascii():
        return False
    written = text.encode("utf-8", "surrogatepass")
    return len(written.translate(None, _SPACELESS_LEADS)) < len(written)


def is_collapsed(text: str) -> bool:
    """Whether a text has no white space but single spaces, if only at its ends: no other white space is printable.

    False of some that have none, too, because of a soft hyphen or the like. Told in a tenth of the time that it takes
    to collapse a text, and true of most of what a page has.
    """
    return text.isprintable() and "  " not in text


def collapsed(text: str) -> str:
    """White space collapsed to single spaces, none at the ends."""
    return text.strip(" ") if is_collapsed(text) else " ".join(text.split())


def indented(line: str) -> str:
    """A line with its indentation, other white space collapsed; tabs stay tabs."""
    text = line.lstrip()
    if len(text) == len(line):
        return collapsed(line)
    indentation = line[: len(line) - len(text)] if text else ""
    return "".join("\t" if space == "\t" else " " for space in indentation) + collapsed(text)


def raw_text(element: HtmlElement) -> str:
    """All text of an element as the source has it, its tail left out; ``itertext()`` without a Python step a piece."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def element_text(element: HtmlElement) -> str:
    """All text of an element, its tail left out, on one line."""
    return collapsed(raw_text(element))


def _blocks(clean: HtmlElement) -> Iterator[str]:
    rows: set[HtmlElement] = set()
    for element in clean.iter(*_OWN_TEXT, *MIXED, "tr"):
        tag = element.tag
        if tag == "tr":
            if _is_plain(element):
                rows.add(element)
                yield " | ".join(filter(None, map(element_text, element)))
        elif tag not in MIXED:
            yield _lines(raw_text(element), keep=tag == "pre")
        elif element.getparent() not in rows:
            yield _lines(_own_text(element))


def _lines(text: str, *, keep: bool = False) -> str:
    """The lines of a block that are not empty, with their indentation if that is to be kept."""
    if "\n" not in text:
        return collapsed(text)
    written = map(indented if keep else collapsed, text.split("\n"))
    return "\n".join(line for line in written if line)


def _is_plain(row: HtmlElement) -> bool:
    """Whether a row of a table is one line: no block stands in its cells."""
    return not any(child.tag in _INNER_BLOCKS for cell in row for child in cell)


def _own_text(element: HtmlElement) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag in _INNER_BLOCKS:
            break
        pieces += [raw_text(child), child.tail or ""]
    return "".join(pieces)
