"""The names that pages give their elements: classes and ids."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.reading.markup import class_list
from crawler.remember import remembered

_LONGEST = 100
"""Characters. Themes stay far below; names longer than this are made to cost a reader time."""


def is_named(wanted: re.Pattern[str], name: str) -> bool:
    """Whether a pattern is the whole of a name."""
    return len(name) <= _LONGEST and wanted.fullmatch(name) is not None


def any_named(wanted: re.Pattern[str], names: Iterable[str]) -> bool:
    """Whether a pattern is the whole of one of some names."""
    return any(is_named(wanted, name) for name in names)


@remembered(16_384)
def any_class(wanted: re.Pattern[str], classes: str) -> bool:
    """The same of a ``class`` attribute; remembered, for a page repeats the classes of its links."""
    return any_named(wanted, classes.split())


def names_of(element: HtmlElement) -> list[str]:
    """An element's classes and its id."""
    return [*class_list(element), element.get("id") or ""]
