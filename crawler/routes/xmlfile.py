"""The XML of feeds and sitemaps, as sites send it: repaired where that is safe, bounded in size and depth.

lxml, and not feedparser, reads them: of a feed of ten posts it needs 1 ms where feedparser needs 30, and a megabyte of
attributes or of entries with a stray ``&``, which keeps feedparser busy for seconds to minutes, costs it a tenth of a
second. What feedparser mends is mended here: characters that XML forbids, HTML's entities, output before the XML,
undeclared prefixes, a file cut short. Scrapy's ``Sitemap`` is not used for it reads no nested elements (``news:news``)
and says of its API that it may change without notice.
"""

import contextlib
import re
import zlib
from collections.abc import Callable, Iterable
from html import escape
from html.entities import html5
from typing import TypedDict

from lxml import etree
from scrapy.utils.gz import gunzip

from crawler.reading.encoding import decode_page

_GZIP = b"\x1f\x8b\x08"
_MOST_LAYERS = 2
"""A ``.xml.gz`` sent with ``Content-Encoding: gzip`` by a server that compresses everything is packed twice."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no ``Char`` of XML 1.0; a parser stops there."""

_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,30});)?",
    re.DOTALL,
)
"""A CDATA section, which is left alone; a reference, with what it names, but those that XML knows; an ampersand."""

_MOST_REFERENCES = 500_000
"""That are mended: each is a piece of the text while it is put together."""

_DEEPEST_PATH = 2


class _Options(TypedDict):
    encoding: str
    recover: bool
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


_SAFELY: _Options = {
    "encoding": "utf-8",
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,  # libxml2's limit of 256 levels stands
    "remove_comments": True,
    "remove_pis": True,
}


class UnreadableXml(ValueError):
    """The bytes are no such file; the message says why: ``empty``, ``too-large``, ``bad-gzip``, ``not-xml``."""


class EnoughRecords(Exception):
    """Raised by whoever takes the records of a file: the rest of it is not read."""


def xml_source(body: bytes, roots: Iterable[str], largest: int, content_type: str | None = None) -> bytes:
    """The file as well-formed as it can be made: UTF-8, from its root element on. Raises UnreadableXml.

    ``roots``: local names of the root element; ``largest``: bytes, unpacked. What stands before the root, a document
    type with its entities above all, is not kept, so no entity can expand.
    """
    unpacked = _unpacked(body, largest)
    if not unpacked.strip():
        raise UnreadableXml("empty")
    text = _FORBIDDEN.sub("", decode_page(unpacked, content_type))
    root = re.search(rf"<(?:[\w.-]{{1,40}}:)?(?:{'|'.join(roots)})(?=[\s>/])", text)
    if not root:
        raise UnreadableXml("not-xml")
    return _REFERENCE.sub(_reference, text[root.start() :], count=_MOST_REFERENCES).encode()


def _unpacked(body: bytes, largest: int) -> bytes:
    for _ in range(_MOST_LAYERS):
        if body.startswith(_GZIP):
            body = _gunzipped(body, largest)
    if len(body) > largest:
        raise UnreadableXml("too-large")
    return body


def _gunzipped(body: bytes, largest: int) -> bytes:
    """Piece by piece, until it is too large; a file cut short is read as far as it goes."""
    try:
        return gunzip(body, max_size=largest)
    except (EOFError, OSError, zlib.error):
        raise UnreadableXml("bad-gzip") from None
    except ValueError:  # Scrapy's own subclass of it is private
        raise UnreadableXml("too-large") from None


def _reference(match: re.Match[str]) -> str:
    """A number that XML allows; of HTML's names the character; an ampersand as such where it begins neither."""
    if match[0].startswith("<"):
        return match[0]
    name = match[1] or ""
    if name.startswith("#"):
        number = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
        return "" if number > 0x10FFFF or _FORBIDDEN.match(chr(number)) else f"&#{number};"
    character = html5.get(f"{name};")
    return escape(character, quote=False) if character else match[0].replace("&", "&amp;")


def xml_tree(source: bytes, *, recover: bool = True) -> etree._Element | None:
    """The root element, broken parts passed over; None where nothing can be read.

    Without ``recover``, raises ``etree.XMLSyntaxError`` for what is broken.
    """
    options: _Options = {**_SAFELY, "recover": recover}
    return etree.fromstring(source, etree.XMLParser(**options))


def read_records(source: bytes, names: Iterable[str], take: Callable[[str, dict[str, str]], None]) -> None:
    """Give every element of these local names, with the texts in it by their paths, to ``take``: no tree is built.

    ``take`` may raise EnoughRecords.

    A path is ``loc`` or ``news/publication_date``: local names, two levels at most. Of equal paths the first counts.
    """
    target = _Records(frozenset(names), take)
    parser = etree.XMLParser(target=target, **_SAFELY)  # type: ignore[call-overload]  # the stubs want a class of theirs
    with contextlib.suppress(EnoughRecords):
        etree.fromstring(source, parser)


class _Records:
    """A parser target. lxml's ``iterparse`` needs time by the square of the length for tags that are never closed."""

    def __init__(self, names: frozenset[str], take: Callable[[str, dict[str, str]], None]) -> None:
        self._names = names
        self._take = take
        self._record: str | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._found: dict[str, str] = {}

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        name = _local(tag)
        if name in self._names:  # also within one: records do not nest, so the one before was never closed
            self._record, self._found, self._path = name, {}, []
        elif self._record:
            self._path.append(name)
            self._text = []

    def data(self, data: str) -> None:
        self._text.append(data)

    def end(self, tag: str) -> None:
        if self._path:
            if len(self._path) <= _DEEPEST_PATH:
                self._found.setdefault("/".join(self._path), "".join(self._text).strip())
            self._path.pop()
            self._text = []
        elif self._record:
            self._take(self._record, self._found)
            self._record = None

    def close(self) -> None:
        self._text = []


def local_name(element: etree._Element) -> str:
    """The name of an element without namespace and prefix."""
    return _local(str(element.tag))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def text_of(element: etree._Element | None) -> str:
    """All text of an element, white space collapsed; empty for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
