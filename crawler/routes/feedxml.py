"""The vocabulary of feeds: RSS 2.0, RSS 1.0 and Atom elements by one set of names, whatever prefixes a file uses."""

import re
from dataclasses import dataclass
from html import escape, unescape

from lxml import etree
from lxml.etree import _Element
from lxml.html import fromstring

from crawler.reading.text import element_text
from crawler.routes.xmlfile import UnreadableXml, local_name, text_of, xml_source, xml_tree

MAX_FEED_BYTES = 10_000_000
_MOST_ENTRIES = 1000
"""Of one file. WordPress sends what Settings → Reading says, ten by default."""

_MOST_TAGS = 400_000
"""A tree of more takes hundreds of megabytes. A thousand entries have some ten thousand."""

_ROOTS = ("rss", "feed", "RDF")
_ENTRIES = ("item", "entry")
_CONTENT = ("content:encoded", "content", "description", "summary")
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)\s*>")
_MOST_AFTER_END = 10_000
"""Bytes after the end of a feed (caches write comments there). Of a file cut short the last content is, too."""
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "com-wordpress:feed-additions:1": "wordpress",
}
"""Namespaces by the prefix they have here; Atom's elements have none, and are told from RSS's by their own names."""
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Fields = dict[str, list[_Element]]
"""The children of an element by name, in order."""


@dataclass(frozen=True, slots=True)
class FeedXml:
    """A feed taken apart: what it says of itself, its entries, and how many more it has than are read."""

    head: Fields
    entries: list[Fields]
    left_out: int
    lang: str | None
    """``xml:lang``, which Atom has in the place of RSS's ``language``."""


def feed_xml(body: bytes, content_type: str | None = None) -> FeedXml:
    """Take a feed apart. Raises UnreadableXml."""
    source = xml_source(body, _ROOTS, MAX_FEED_BYTES, content_type)
    if source.count(b"<") > _MOST_TAGS:
        raise UnreadableXml("too-large")
    root = xml_tree(source)
    if root is None:
        raise UnreadableXml("not-xml")
    head = next((child for child in root if local_name(child) == "channel"), root)
    listed = [child for parent in dict.fromkeys((root, head)) for child in parent if local_name(child) in _ENTRIES]
    entries = [fields_of(entry) for entry in listed[:_MOST_ENTRIES]]
    if entries and not _END.search(source, len(source) - _MOST_AFTER_END):
        entries[-1] = {name: found for name, found in entries[-1].items() if name not in _CONTENT}
    return FeedXml(fields_of(head), entries, len(listed) - len(entries), root.get(_XML_LANG))


def fields_of(element: _Element | None) -> Fields:
    """The children of an element by name; none for None."""
    fields: Fields = {}
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and local_name(child) not in _ENTRIES:
            fields.setdefault(_name(child), []).append(child)
    return fields


def first(fields: Fields, *names: str) -> _Element | None:
    """The first element of the first of these names that has a text."""
    return next((element for name in names for element in fields.get(name, ()) if text_of(element)), None)


def html_of(element: _Element | None) -> str:
    """An element's content as HTML: RSS gives it as text, Atom as its ``type`` says (RFC 4287, 3.1.1)."""
    if element is None:
        return ""
    kind = (element.get("type") or "").lower()
    if kind == "xhtml":
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        return inner.replace("<html:", "<").replace("</html:", "</")
    text = "".join(element.itertext())
    is_text = kind in ("text", "text/plain") or (not kind and _is_atom(element))
    return f"<p>{escape(text, quote=False)}</p>" if is_text and text.strip() else text


def plain_of(element: _Element | None) -> str:
    """A title as plain text: WordPress's RSS has it so already (``the_title_rss``), some plugins encode it twice."""
    text = text_of(element)
    if element is None or not text:
        return ""
    return element_text(fromstring(f"<div>{text}</div>")) if _is_html(element) else " ".join(unescape(text).split())


def _is_html(element: _Element) -> bool:
    return (element.get("type") or "").lower() in ("html", "text/html")


def _is_atom(element: _Element) -> bool:
    return str(element.tag).startswith(tuple(f"{{{uri}}}" for uri in _ATOM))


def _name(element: _Element) -> str:
    """``prefix:name`` with the prefixes of this module; one that a file did not declare is believed."""
    uri, _, local = str(element.tag).rpartition("}")
    prefix = _PREFIXES.get(uri[1:], element.prefix or "") if uri else ""
    return f"{prefix}:{local}" if prefix else local
