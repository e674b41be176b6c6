"""Dates in numbers alone ("3.12.2025", "12/3/25"): which number is the year, the month, the day."""

import re
from dataclasses import dataclass

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?![\d/-])")
_MONTH_FIRST = ("en-us", "en-ph", "fil", "es-us")
_EITHER = ("", "en", "en-ca")
"""No language, and English as such: "3/4/2025" is written of two days in it."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """``day`` is year, month and day, which may be impossible; ``end`` where the date ends in the text."""

    day: tuple[int, int, int]
    end: int


def ordered_numbers(text: str, language: str) -> Numbers | None:
    """The first date in numbers; None where they allow either order and the language (lower case) tells none."""
    for match in _NUMERIC.finditer(text):
        first, _, second, third = match.groups()
        if len(third) == 1 and len(first) < 4:
            continue  # the number of a version
        told = len(first) == 4 or max(int(first), int(second)) > 12 or int(first) == int(second)
        if not told and language in _EITHER:
            return None
        return Numbers(_ordered(int(first), int(second), int(third), language), match.end())
    return None


def _ordered(first: int, second: int, third: int, language: str) -> tuple[int, int, int]:
    """Year, month, day: the language's order, unless the numbers themselves allow only the other."""
    if first > 999:
        return first, second, third
    year = third + 2000 if third < 70 else third
    if first > 12 or (language not in _MONTH_FIRST and second <= 12):
        return year, second, first
    return year, first, second
