"""Who wrote a post, by what the theme prints: bylines, links to authors' archives, boxes about the author."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from lxml.html import HtmlElement

from crawler.reading.body import body_container
from crawler.reading.credits import awaits_author, is_byline
from crawler.reading.destinations import destinations, leads_to_author
from crawler.reading.headline import letters, likely_headline
from crawler.reading.htmltags import BLOCKS, WRAPPERS
from crawler.reading.markup import having_class, having_class_like, is_silent, short_text, shown_text
from crawler.reading.names import MAX_NAME, is_full_name, names_in, starts_as_byline
from crawler.reading.page import Page, elements
from crawler.reading.place import around_body, head_parts, in_post, is_elsewhere
from crawler.reading.text import collapsed, element_text, raw_text

_BYLINE_CLASSES = (
    "byline", "author-name", "entry-author", "post-author", "posted-by", "author", "wp-block-post-author-name",
    "wp-block-post-author__name", "entry-author-name", "td-post-author-name", "jeg_meta_author", "meta-author",
    "article-author", "article__author", "post__author", "entry__author", "author__name", "post-author-name",
    "by-author", "coauthors", "co-authors", "authors", "by", "writer", "contributor",
)  # fmt: skip
_BOX_CLASSES = (
    "author-bio", "author-box", "author-info", "author-profile", "author-card", "about-author", "post-author-box",
    "entry-author-box", "author-about", "author-description",
)  # fmt: skip
_BYLINE_NAME = re.compile(r"author|byline|writer|posted-?by|written-?by")
_NO_BYLINE_NAME = re.compile(r"avatar|image|img|photo|bio|desc|box|social|link-?icon|title")
_AND = re.compile(r"(?:[\s,/、，;|·•&+]|\b(?:and|und|et|y|e|og|och|en|ve|и|та|with|mit|by)\b)*", re.IGNORECASE)
_OPENING = 6
"""Elements at the beginning of a body that may be its byline."""
_LINE = 80
"""Characters of a byline at most; a longer paragraph is the story."""
_LINE_ENDS = BLOCKS | WRAPPERS | {"br", "hr"}
"""What a line begins or ends at."""
_NAMED_LEVELS = 2
"""Boxes around a name that may be named for what it is."""
_MOST_AUTHORS = 20
_NEAR = 12
"""Elements between the names of two authors of one byline, at most."""


def unique(names: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(letters(name), name)
    return [name for key, name in seen.items() if key]


def own_elements(page: Page, elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    return (element for element in elements if not is_elsewhere(page, element))


def names_in_byline(page: Page) -> list[str]:
    for element in own_elements(page, having_class(page, *_BYLINE_CLASSES)):
        if names := _names_within(element):
            return names
    return []


def _names_within(element: HtmlElement) -> list[str]:
    """The names in a byline: of its links to authors, else of its part called a name, else of its text."""
    links = [a for a in element.iter("a") if leads_to_author(a)]
    parts = [
        e for e in element.iter() if e is not element and re.search(r"(?:^|[-_\s])name(?:$|\s)", e.get("class") or "")
    ]
    for tried in (links, parts, [element]):
        if names := unique(name for e in tried for name in names_in(short_text(e, 200))):
            return names
    return []


@lru_cache(maxsize=16384)
def _names_byline(name: str) -> bool:
    return bool(_BYLINE_NAME.search(name)) and not _NO_BYLINE_NAME.search(name)


@lru_cache(maxsize=16384)
def _names_box_name(name: str) -> bool:
    """Page builders and plugins name its parts: ``elementor-author-box__name``, ``saboxplugin-authorname``."""
    return re.search(r"author[-_]?(?:box|info|card|bio)?[-_]*(?:full)?name$", name) is not None


def names_around_body(page: Page) -> list[str]:
    """What the theme prints around the body under a class of its own that speaks of an author."""
    for element in around_body(page, having_class_like(page, _names_byline)):
        if names := _names_within(element):
            return names
    return []


def named_by_words(page: Page) -> list[str]:
    """“By Jane Doe” in the head of the post."""
    for part in head_parts(page):
        for element in part.iter("*"):
            if names := _names_behind_by(element):
                first = _names_in_first(element)
                return names if names[: len(first)] == first else first
    return []


def _names_behind_by(element: HtmlElement) -> list[str]:
    return names_in(short_text(element, 100)) if starts_as_byline(raw_text(element)[:80].strip()) else []


def _names_in_first(element: HtmlElement) -> list[str]:
    """The names in the byline that an element begins with, where that is an element of its own."""
    names: list[str] = []
    while not names and not (element.text or "").strip() and len(element):
        element = element[0]
        names = _names_behind_by(element)
    return names


def named_in_line(page: Page) -> list[str]:
    """“Posted on May 5, 2025, by **Jane Doe**” in the head of the post: an element of its own behind the word."""
    headline = likely_headline(page)
    inside = set() if headline is None else set(headline.iter("*"))
    for part in head_parts(page):
        for element in part.iter("a", "b", "strong", "em", "i", "span"):
            if element not in inside and awaits_author(_line_before(element)) and not _is_of_picture(element):
                names = names_in(short_text(element, MAX_NAME))
                if names and all(map(is_full_name, names)):
                    return names
    return []


def _line_before(element: HtmlElement) -> str:
    """What stands in a line before an inline element; nothing where that is much."""
    pieces = list(islice(_pieces_before(element), _NEAR + 1))
    line = collapsed(" ".join(reversed(pieces)))
    return line if len(pieces) <= _NEAR and len(line) <= _LINE else ""


def _pieces_before(element: HtmlElement) -> Iterator[str]:
    """What stands before it, backwards to the box or the line break that its line begins with."""
    here: HtmlElement | None = element
    while here is not None and here.tag not in _LINE_ENDS:
        previous, parent = here.getprevious(), here.getparent()
        if previous is not None:
            yield previous.tail or ""
            if previous.tag not in _LINE_ENDS:
                yield shown_text(previous)
        elif parent is not None:
            yield parent.text or ""
        here = parent if previous is None else previous


def _is_of_picture(element: HtmlElement) -> bool:
    """Whether it stands in a caption, or in a box that is named for something else than a byline."""
    if next(element.iterancestors("figure", "figcaption"), None) is not None:
        return True
    around = (element, *islice(element.iterancestors(), _NAMED_LEVELS))
    return any(_NO_BYLINE_NAME.search(e.get("class") or "") for e in around)


def linked_authors(page: Page) -> list[str]:
    """Of the links to an author's archive (``/author/NAME/``, ``?author=N``) around the body, else in the post.

    The first that has a name, and those that follow it with nothing but "and" between them.
    """
    links = [link for link, told in destinations(page) if told.is_author]
    for own in (around_body(page, links), list(own_elements(page, links))):
        for place, link in enumerate(own):
            if names_in(shown_text(link)):
                return unique(name for a in _listed(page, own[place:]) for name in names_in(shown_text(a)))
    return []


def _listed(page: Page, links: list[HtmlElement]) -> Iterator[HtmlElement]:
    """The first link, and each next one as long as it is listed with the one before and leads to somebody else."""
    yield links[0]
    known = {links[0].get("href")}
    for one, other in pairwise(links[:_MOST_AUTHORS]):
        between = _text_between(page, one, other)
        if between is None or not _AND.fullmatch(between):
            return
        if other.get("href") not in known:
            known.add(other.get("href"))
            yield other


def _text_between(page: Page, one: HtmlElement, other: HtmlElement) -> str | None:
    """What stands between two elements, in no order; None where they are far apart."""
    order = elements(page)
    start = order.index(one)
    try:
        end = order.index(other, start, start + _NEAR)
    except ValueError:
        return None
    around = set(other.iterancestors())
    closed = {e for e in (one, *one.iterancestors()) if e not in around}
    inner = [e for e in order[start + 1 : end] if one not in e.iterancestors()]
    opened = ((e.text or "") + (e.tail or "" if e not in around else "") for e in inner if not is_silent(e))
    return " ".join("".join([*((e.tail or "") for e in closed), *opened]).split())


def names_in_box(page: Page) -> list[str]:
    """The name in the box below the post; Twenty Twenty-One shows the name of a known author only there."""
    for element in own_elements(page, having_class_like(page, _names_box_name)):
        if names := names_in(short_text(element, 100)):
            return names
    for box in having_class(page, *_BOX_CLASSES):
        heading = next(box.iter("h2", "h3", "h4", "h5", "h6"), None) if in_post(page, box) else None
        if heading is not None and (names := names_in(short_text(heading, 100))):
            return names
    return []


def names_opening_body(page: Page) -> list[str]:
    """Of the line that says "By Jane Doe" before the first paragraph of the body, which the text is read without."""
    body = body_container(page)
    blocks = islice(body.iter("p", "div", "h2", "h3", "h4", "h5", "h6"), _OPENING) if body is not None else ()
    for block in blocks:
        line = short_text(block, _LINE)
        if is_byline(line) and starts_as_byline(line):
            return list(takewhile(is_full_name, names_in(line)))
        if block.tag == "p" and not line and element_text(block):
            break
    return []
