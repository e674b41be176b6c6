"""A fetched page, parsed once: everything else in this folder asks this."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from itertools import chain
from typing import Any, TypeVar

from lxml.etree import ElementDefaultClassLookup, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.reading.encoding import in_utf8
from crawler.reading.mending import flatten, mended, was_cut

MAX_PAGE_BYTES = 10_000_000
"""A page larger than this is refused: no article is that long, and parsing time grows with it."""

MAX_TAGS = 400_000
"""Tags, both those that begin elements and those that end them, of a page that is read: its tree takes half a kilobyte
for each, and time for every look around. Pages with thousands of comments have a hundred thousand."""

_TAG = re.compile(rb"<[!?/a-zA-Z]")
_BODY_TAG = re.compile(rb"<body\s[^<>]{1,5000}>", re.IGNORECASE)
_ONE_CLASS = ElementDefaultClassLookup(element=HtmlElement)
"""lxml.html's own lookup runs Python code for every element, to give forms and inputs classes of their own."""


class UnreadablePage(ValueError):
    """The bytes are no HTML page; the message says why: ``empty``, ``too-large``, ``too-many-tags``,
    ``not-html``.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A parsed page.

    ``url`` is where it came from, after redirects; ``root`` the ``html`` element; ``headers`` the response's headers
    with names in lower case; ``memo`` holds what ``per_page`` functions found.
    """

    url: str
    root: HtmlElement
    headers: Mapping[str, str] = field(default_factory=dict)
    memo: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)


T = TypeVar("T")


def per_page(function: Callable[[Page], T]) -> Callable[[Page], T]:
    """Compute a fact about a page at most once, however many readers ask for it."""

    @wraps(function)
    def once(page: Page) -> T:
        try:
            found: T = page.memo[function]
        except KeyError:
            found = page.memo[function] = function(page)
        return found

    return once


@dataclass(frozen=True, slots=True)
class Index:
    """All elements of a page in document order, and the places of those with a tag, a class, an id, an itemprop.

    The list keeps lxml from making their Python objects again for every reader.
    """

    elements: list[HtmlElement]
    by_tag: Mapping[object, list[int]]
    by_class: Mapping[str, list[int]]
    """By the whole attribute as it is written; so is ``by_itemprop``."""
    by_itemprop: Mapping[str, list[int]]
    by_id: Mapping[str, int]
    """By the id in lower case; of several elements with one id the first."""


@per_page
def index(page: Page) -> Index:
    """Made in one pass: ``root.iter(tag)`` would walk the whole page each time."""
    by_tag, by_class, by_itemprop = (defaultdict[Any, list[int]](list) for _ in range(3))
    by_id: dict[str, int] = {}
    every = list(page.root.iter("*"))
    for place, element in enumerate(every):
        by_tag[element.tag].append(place)
        for name in element.keys():  # noqa: SIM118 - an element is a sequence of its children
            if name == "class":
                by_class[element.get(name, "")].append(place)
            elif name == "id":
                by_id.setdefault(element.get(name, "").lower(), place)
            elif name == "itemprop":
                by_itemprop[element.get(name, "")].append(place)
    return Index(every, by_tag, by_class, by_itemprop, by_id)


def elements(page: Page) -> list[HtmlElement]:
    """All elements in document order."""
    return index(page).elements


def tagged(page: Page, *tags: str) -> list[HtmlElement]:
    """The elements with one of these tags in document order."""
    known = index(page)
    return [known.elements[place] for place in merged(known.by_tag[tag] for tag in tags if tag in known.by_tag)]


def merged(places: Iterable[list[int]]) -> list[int]:
    """Several lists of places as one in document order."""
    lists = list(places)
    return lists[0] if len(lists) == 1 else sorted(chain.from_iterable(lists))


def parse_page(body: bytes | str, url: str, headers: Mapping[str, str] | None = None) -> Page:
    """Parse a page the way browsers choose its encoding. Raises UnreadablePage."""
    if len(body) > MAX_PAGE_BYTES:
        raise UnreadablePage("too-large")
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    data = body.encode("utf-8", "ignore") if isinstance(body, str) else in_utf8(body, lowered.get("content-type"))
    return Page(url=url, root=_parse(data.replace(b"\0", b"")), headers=lowered)


def _parse(data: bytes) -> HtmlElement:
    """The ``html`` element of a page in UTF-8 without NUL characters, no deeper than a reader can look around in."""
    if len(data) > MAX_TAGS and data.count(b"<") > MAX_TAGS and sum(1 for _ in _TAG.finditer(data)) > MAX_TAGS:
        raise UnreadablePage("too-many-tags")
    if not _TAG.search(data):
        raise UnreadablePage("not-html" if data.decode().strip("\ufeff \t\r\n") else "empty")
    try:
        root = _root_of(mended(data))
    except ParserError:  # nothing but comments, or tags that make no element
        raise UnreadablePage("not-html") from None
    _take_late_body(root, data)
    return root


def _root_of(source: bytes) -> HtmlElement:
    """Parsed once; again without the limit on depth if that was met."""
    parser = _parser()
    root = document_fromstring(source, parser=parser)
    if was_cut(parser):
        root = document_fromstring(source, parser=_parser(huge_tree=True))
        flatten(root)
    return root


def _parser(*, huge_tree: bool = False) -> HTMLParser:
    parser = HTMLParser(encoding="utf-8", huge_tree=huge_tree, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _take_late_body(root: HtmlElement, data: bytes) -> None:
    """Give ``body`` the attributes of its tag where something before the tag has opened the body already.

    Browsers do (HTML, "A start tag whose tag name is body"), libxml2 drops them; plugins often print in the head.
    """
    body = root.find("body")
    if body is not None and not body.attrib and (tag := _BODY_TAG.search(data)):
        late = document_fromstring(tag[0].decode() + "x").find("body")
        body.attrib.update(late.attrib if late is not None else {})
