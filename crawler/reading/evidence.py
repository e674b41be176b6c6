"""Which evidence gave a field: a value together with the name of where it was found.

Every field has one list of candidates in the order of trust; the first that yields something wins, and its name is what
``explain=True`` reports.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from crawler.reading.page import Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the evidence for it."""

    value: T
    evidence: str


Candidate = tuple[str, Callable[[Page], T | None]]
"""The name of some evidence, and the function that looks for it; None or an empty answer: not on this page."""


def all_found(page: Page, candidates: Iterable[Candidate[T]]) -> Iterator[Found[T]]:
    """Every candidate that the page has, most trusted first; looked for only as they are asked."""
    for evidence, look in candidates:
        if value := look(page):
            yield Found(value, evidence)


def first_found(page: Page, candidates: Iterable[Candidate[T]]) -> Found[T] | None:
    """The most trusted candidate that the page has."""
    return next(all_found(page, candidates), None)
