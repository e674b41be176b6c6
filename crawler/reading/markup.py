"""The elements of a page by class, link relation and microdata, and their text as shown."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from crawler.reading.page import Page, elements, index, merged, per_page, tagged
from crawler.reading.text import collapsed

_HIDDEN = frozenset({"screen-reader-text", "sr-only", "visually-hidden", "assistive-text", "screen-reader"})
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "textarea"})
_BREAKING_TAGS = frozenset({"br", "p", "div", "li", "td", "h1", "h2", "h3", "h4"})


_MAX_NAME = 300
"""Characters of a class: a slug in one has 200 at most (``wp_terms``), and what names tell is remembered."""


def class_list(element: HtmlElement) -> list[str]:
    """The classes of an element; longer names than any theme's are left out."""
    return _names(element.get("class") or "")


def _names(attribute: str) -> list[str]:
    names = attribute.split()
    return names if len(attribute) <= _MAX_NAME else [name for name in names if len(name) <= _MAX_NAME]


@per_page
def body_classes(page: Page) -> frozenset[str]:
    """The classes that WordPress's ``body_class`` printed (a few themes print them on ``html`` or a wrapper)."""
    body = page.root.find("body")
    return frozenset(class_list(body) if body is not None else []) | frozenset(class_list(page.root))


def _lowered(names: str) -> Iterable[str]:
    """The names in an attribute in lower case, each once. As cheap as to remember them."""
    return dict.fromkeys(_names(names.lower()))


def _by_name(by_attribute: Mapping[str, list[int]]) -> dict[str, list[list[int]]]:
    """For each name in lower case the places of its elements, a list for each attribute that has it."""
    found = defaultdict[str, list[list[int]]](list)
    for names, places in by_attribute.items():
        for name in _lowered(names):
            found[name].append(places)
    return dict(found)


@per_page
def _places_by_class(page: Page) -> dict[str, list[list[int]]]:
    return _by_name(index(page).by_class)


@per_page
def _places_by_itemprop(page: Page) -> dict[str, list[list[int]]]:
    return _by_name(index(page).by_itemprop)


@per_page
def elements_by_id(page: Page) -> dict[str, HtmlElement]:
    """The elements that have an id, by the id in lower case."""
    known = index(page)
    return {name: known.elements[place] for name, place in known.by_id.items()}


def having_class(page: Page, *names: str) -> list[HtmlElement]:
    """The elements that have one of these (lower-case) classes; those of the first name first, in document order."""
    known, every = _places_by_class(page), elements(page)
    return [every[place] for name in names if name in known for place in merged(known[name])]


def having_class_like(page: Page, wanted: Callable[[str], bool]) -> list[HtmlElement]:
    """The elements with a (lower-case) class that is wanted."""
    every = elements(page)
    known = _places_by_class(page).items()
    return [every[place] for name, places in known if wanted(name) for place in merged(places)]


@per_page
def addressed(page: Page) -> list[tuple[HtmlElement, str]]:
    """The ``a`` elements that link somewhere, each with its ``href`` as written: several readers look at them all."""
    return [(element, href) for element in tagged(page, "a") if (href := element.get("href"))]


@per_page
def anchors(page: Page) -> list[HtmlElement]:
    """The ``a`` elements that link somewhere."""
    return [element for element, _ in addressed(page)]


@per_page
def _anchors_by_rel(page: Page) -> dict[str, list[HtmlElement]]:
    found: dict[str, list[HtmlElement]] = {}
    for anchor in anchors(page):
        if rel := anchor.get("rel"):
            for token in set(rel.lower().split()):
                found.setdefault(token, []).append(anchor)
    return found


def having_rel(page: Page, token: str) -> list[HtmlElement]:
    """The ``a`` elements of one link relation."""
    return _anchors_by_rel(page).get(token, [])


def having_itemprop(page: Page, token: str) -> list[HtmlElement]:
    """The elements of one microdata property (lower case)."""
    every = elements(page)
    return [every[place] for place in merged(_places_by_itemprop(page).get(token, ()))]


_WORD_CHARACTER = re.compile(r"\w")
_BEGINNING = 40
"""Characters, without spaces, that tell how a text begins."""

MAX_SHOWN = 5000
"""Characters after which a text is cut: nothing but the body is longer, and the body has a reader of its own."""


def shown_text(element: HtmlElement) -> str:
    """The text of an element as shown: without scripts and screen-reader labels, white space made single."""
    if not len(element):
        return collapsed((element.text or "")[:MAX_SHOWN])
    pieces, length = [], 0
    for piece in _shown(element):
        pieces.append(piece)
        length += len(piece) + 1
        if length > MAX_SHOWN:
            break
    return collapsed("".join(pieces))


def short_text(element: HtmlElement, longest: int) -> str:
    """The text as shown if it is no longer than that (characters), else nothing; cheap on elements with much more."""
    if _is_longer(element, 4 * longest):
        return ""
    text = shown_text(element)
    return text if len(text) <= longest else ""


def begins_like(element: HtmlElement, pattern: re.Pattern[str], longest: int) -> bool:
    """Whether ``short_text`` may be one that the pattern matches: a quick look at its first words.

    The pattern matches at the beginning, after any signs, and no more than ``_BEGINNING`` characters.
    """
    beginning = _beginning(element, 4 * longest)
    start = _WORD_CHARACTER.search(beginning)
    return start is not None and pattern.match(beginning[start.start() :]) is not None


def _beginning(element: HtmlElement, most: int) -> str:
    """Its text as shown until enough of it has come from the first letter on; none of a piece beyond ``most``."""
    pieces: list[str] = []
    raw = told = 0
    for piece in _shown(element):
        pieces.append(piece[:most])
        raw += len(piece)
        if told or _WORD_CHARACTER.search(pieces[-1]):
            told += len("".join(pieces[-1].split()))
        if told >= _BEGINNING or raw > most:
            break
    return " ".join("".join(pieces).split())


def _is_longer(element: HtmlElement, longest: int) -> bool:
    """Whether its raw text is longer; no more of it is read than that takes, however much the element holds."""
    length = 0
    for piece in element.itertext():
        length += len(piece)
        if length > longest:
            return True
    return False


def _shown(element: HtmlElement) -> Iterator[str]:
    """The pieces of its text in order."""
    yield element.text or ""
    opened = [(element, iter(element))]
    while opened:
        owner, children = opened[-1]
        child = next(children, None)
        if child is None:
            opened.pop()
            yield _after(owner) if opened else ""
        elif is_silent(child):
            yield _after(child)
        else:
            yield child.text or ""
            opened.append((child, iter(child)))


def _after(element: HtmlElement) -> str:
    return (" " if element.tag in _BREAKING_TAGS else "") + (element.tail or "")


def is_silent(element: HtmlElement) -> bool:
    """Whether an element shows no text to a reader with eyes."""
    if element.tag in _SILENT_TAGS:
        return True
    names = element.get("class")
    return names is not None and not _HIDDEN.isdisjoint(names.split())
