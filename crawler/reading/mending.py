"""Where libxml2 reads malformed HTML otherwise than browsers do (HTML, "tree construction") and text would suffer."""

import re
from collections.abc import Iterator

from lxml.etree import strip_tags
from lxml.html import HtmlElement, HTMLParser

_END_TAG = re.compile(rb"</(?:(p)|(br)|body|html)\s*/?>", re.IGNORECASE)
_UNDERSTOOD = (b"", b"</p> ", b"<br>")
"""What stands for ``</body>`` and ``</html>``, for ``</p>``, and for ``</br>``."""

_TAG = re.compile(rb"(<[a-zA-Z][^\s<>/]{0,50})(.*)", re.DOTALL)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(rb"[\s/=]+")
_END_OF_DATA = re.compile(rb"(?:--|</[a-zA-Z]{1,20}\s{0,20})$")
"""What ends a comment or a script: a ``<`` in these begins no tag, however long what follows it is."""
_LONG_TAG = 20_000
"""Bytes of a tag from which its attributes are counted,"""
_MAX_ATTRIBUTES = 1000
"""and how many may be: libxml2 compares each with all before it, which takes hours for a million."""

_NAME = re.compile(r"[\w.:-]+")

_DEPTH = 200
"""Levels of elements that stay; browsers flatten below the 512th."""
_KEPT = frozenset({"p", "a", "img", "br", "hr", "iframe", "script", "style"})
"""What is not unwrapped however deep it lies: none of it nests in itself."""


def mended(source: bytes) -> bytes:
    """The source of a page, in UTF-8, with the end tags that libxml2 misunderstands put as it understands them.

    - A tag with attributes beyond reason keeps none.
    - What follows ``</body>`` or ``</html>`` is still of the body; libxml2 puts it outside the document.
    - ``</p>`` without a ``<p>`` is an empty paragraph, and parts what stands around it; ``</br>`` is a ``<br>``.
    """
    pieces, done = [], 0
    for start, end in _long_pieces(source):
        pieces += [source[done:start], _TAG.sub(_bounded, source[start:end])]
        done = end
    if pieces:
        source = b"".join([*pieces, source[done:]])
    return _END_TAG.sub(lambda tag: _UNDERSTOOD[tag.lastindex or 0], source)


def _long_pieces(source: bytes) -> Iterator[tuple[int, int]]:
    """Where what ends no tag, in which a long tag may be, begins and ends.

    In each lies one of the stretches of half its length that are looked at: the many short ones are passed over.
    """
    half = _LONG_TAG // 2
    place = 0
    while place + half <= len(source):
        if source.find(b">", place, place + half) >= 0:
            place += half
            continue
        start, end = source.rfind(b">", 0, place) + 1, source.find(b">", place + half)
        end = len(source) if end < 0 else end
        if end - start > _LONG_TAG:
            yield start, end
        place = end


def _bounded(tag: re.Match[bytes]) -> bytes:
    """A tag without its attributes, if they are too many; few and long ones hold pictures and settings.

    If it is a comparison in a script instead, the script loses its rest and still ends where it ends.
    """
    if len(_ATTRIBUTE.findall(_QUOTED.sub(b" ", tag[2]))) <= _MAX_ATTRIBUTES:
        return tag[0]
    end = _END_OF_DATA.search(tag[2], max(0, len(tag[2]) - 50))
    return b"%s %s" % (tag[1], end[0] if end else b"")


def was_cut(parser: HTMLParser) -> bool:
    """Whether the parser gave up at its limit of 256 levels: some pages never close the ``b`` of any comment."""
    last = parser.error_log.last_error
    return last is not None and "xcessive depth" in last.message


def flatten(root: HtmlElement) -> None:
    """Unwrap elements that lie so deep that all who look at the elements around one would take long."""
    level = [root]
    for _ in range(_DEPTH):
        level = [child for element in level for child in element if len(child)]
    for element in level:
        nested = {_plainly_named(inner) for inner in element.iterdescendants("*")}
        strip_tags(element, *(nested - _KEPT))


def _plainly_named(element: HtmlElement) -> str:
    """The name of an element; one that libxml2 takes from HTML and lxml does not take, as with a control character, is
    another one from now on."""
    name = str(element.tag)
    if _NAME.fullmatch(name):
        return name
    element.tag = "span"
    return "span"
