"""CSS selectors of site rules, in one pass over the elements of a page, however it is nested.

By XPath, to which cssselect translates, ``div div div`` takes minutes where 200 are nested in each other. Here there
are type, class, id and attribute selectors, descendants and children, and lists of these; nothing that looks ahead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cssselect
from cssselect import parser
from lxml.html import HtmlElement

from crawler.reading.page import Page, elements

LONGEST = 300
"""Characters of a selector."""

Test = Callable[[HtmlElement], bool]

_ATTRIBUTE_TESTS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda told, wanted: True,  # noqa: ARG005 - one of a kind
    "=": lambda told, wanted: told == wanted,
    "~=": lambda told, wanted: wanted in told.split(),
    "|=": lambda told, wanted: told == wanted or told.startswith(f"{wanted}-"),
    "^=": lambda told, wanted: bool(wanted) and told.startswith(wanted),
    "$=": lambda told, wanted: bool(wanted) and told.endswith(wanted),
    "*=": lambda told, wanted: bool(wanted) and wanted in told,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One compound selector; ``is_child``: whether it must be the child of what the step before it matches."""

    tests: tuple[Test, ...]
    is_child: bool = False

    def fits(self, element: HtmlElement) -> bool:
        """Whether an element is like that, wherever it is."""
        return all(test(element) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Selector:
    """Chains of steps; an element is selected by any of them."""

    chains: tuple[tuple[Step, ...], ...]

    def select(self, page: Page) -> list[HtmlElement]:
        """The elements of a page that it selects, in document order."""
        chosen: set[HtmlElement] = set()
        for chain in self.chains:
            chosen.update(_selected(chain, elements(page)))
        return [element for element in elements(page) if element in chosen]


def selector(text: str) -> Selector:
    """A selector as it is written. Raises ValueError, in words."""
    if len(text) > LONGEST:
        raise ValueError(f"a selector of more than {LONGEST} characters")
    try:
        parsed = cssselect.parse(text)
    except cssselect.SelectorError as error:
        raise ValueError(f"{text!r} is no CSS selector: {error}") from None
    if any(one.pseudo_element for one in parsed):
        raise ValueError(f"{text!r}: pseudo-elements select nothing here; name an attribute instead")
    return Selector(tuple(tuple(_steps(one.parsed_tree, text)) for one in parsed))


def _steps(tree: Any, text: str) -> list[Step]:
    if not isinstance(tree, parser.CombinedSelector):
        return [Step(tuple(_tests(tree, text)))]
    if tree.combinator not in (" ", ">"):
        raise ValueError(f"{text!r}: only descendants (a b) and children (a > b) can be selected")
    return [*_steps(tree.selector, text), Step(tuple(_tests(tree.subselector, text)), tree.combinator == ">")]


def _tests(tree: Any, text: str) -> list[Test]:
    """Of one compound selector, innermost first."""
    match tree:
        case parser.Element():
            return [partial(_has_tag, tag=tree.element.lower())] if tree.element else []
        case parser.Class():
            return [*_tests(tree.selector, text), partial(_has_class, name=tree.class_name)]
        case parser.Hash():
            return [*_tests(tree.selector, text), partial(_has_id, name=tree.id)]
        case parser.Attrib() if tree.operator in _ATTRIBUTE_TESTS:
            wanted = (tree.value.value if tree.value else None) or ""
            test = partial(_has_attribute, name=tree.attrib.lower(), wanted=wanted, operator=tree.operator)
            return [*_tests(tree.selector, text), test]
    raise ValueError(f"{text!r}: pseudo-classes and functions (:not(), :nth-child() …) are not understood here")


def _selected(chain: Sequence[Step], every: Sequence[HtmlElement]) -> list[HtmlElement]:
    """In one pass: of each element it is known which steps end at it, and which at it or above it."""
    ends: dict[HtmlElement, int] = {}
    above: dict[HtmlElement, int] = {}
    last, found = 1 << (len(chain) - 1), []
    for element in every:
        parent = element.getparent()
        at_parent, over = (0, 0) if parent is None else (ends.get(parent, 0), above.get(parent, 0))
        here = 0
        for number, step in enumerate(chain):
            reached = number == 0 or (at_parent if step.is_child else over) >> (number - 1) & 1
            if reached and step.fits(element):
                here |= 1 << number
        ends[element], above[element] = here, here | over
        if here & last:
            found.append(element)
    return found


def _has_tag(element: HtmlElement, tag: str) -> bool:
    return bool(element.tag == tag)


def _has_class(element: HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _has_id(element: HtmlElement, name: str) -> bool:
    return bool(element.get("id") == name)


def _has_attribute(element: HtmlElement, name: str, wanted: str, operator: str) -> bool:
    told = element.get(name)
    return told is not None and _ATTRIBUTE_TESTS[operator](told, wanted)
