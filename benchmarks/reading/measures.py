"""How near an answer is to the truth, field by field. Pure functions; every share lies between 0 and 1."""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from crawler.reading.text import visible

_WORD = re.compile(r"\w+")
_SHINGLE = 4
"""Words in a row that are compared: their order counts."""

_PLAIN = str.maketrans(
    dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’‚`´", "'")
    | dict.fromkeys("–—−‐‑", "-")
    | {"…": "...", "\u00a0": " ", "\u200b": None, "\ufeff": None, "\u00ad": None}
)
_EDGES = " \t\n\"'-|:."
_ALIKE, _NAME_ALIKE = 0.9, 85.0
"""Likeness of two titles (0 to 1), of two names (0 to 100), that are taken for one spelled in two ways."""
_BEGINNING = 0.75
"""Share of the longer title that the shorter must be if it is the beginning of it."""
_BETWEEN_NAMES = re.compile(r"\s*(?:;|,|\||/|&| and | und | et | y | e | with |\n|•|·)\s*", re.IGNORECASE)
_BEFORE_NAMES = re.compile(
    r"^(?:by|von|par|por|di|da|posted by|written by|autor:?|author:?|text:?|story by|published by|από|автор:?)[\s:]+",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"", "ph.d", "phd", "md", "jr", "m.d", "staff writer", "reporter", "editor"})
_DAY = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)")


class Overlap(NamedTuple):
    """What a true and a given multiset share; ``precision`` is None for an empty answer, ``recall`` without a truth."""

    precision: float | None
    recall: float | None
    f1: float


class Grade(NamedTuple):
    """One answer: ``exact`` and ``close`` are 0 or 1, ``given`` whether there is an answer at all."""

    exact: bool
    close: bool
    given: bool


_NOTHING = Grade(exact=False, close=False, given=False)


def overlap(truth: Iterable[Hashable], answer: Iterable[Hashable]) -> Overlap:
    """Precision, recall and F1 of two multisets; two empty ones agree."""
    wanted, got = Counter(truth), Counter(answer)
    shared, all_wanted, all_got = (wanted & got).total(), wanted.total(), got.total()
    f1 = 2 * shared / (all_wanted + all_got) if all_wanted or all_got else 1.0
    return Overlap(shared / all_got if all_got else None, shared / all_wanted if all_wanted else None, f1)


def body_overlap(truth: str, answer: str) -> Overlap:
    """Of two texts, by runs of four words: as the article extraction benchmark of Scrapinghub defines it."""
    return overlap(_shingles(truth), _shingles(answer))


def words(text: str) -> list[str]:
    """The words of a text in one letter case and one form of its characters; soft hyphens part none."""
    return _WORD.findall(unicodedata.normalize("NFKC", visible(text)).lower())


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain(text: str) -> str:
    """A short text without the differences that nobody sees: kinds of quotes and dashes, letter case, spaces."""
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN).lower()
    return re.sub(r"\s+", " ", text).strip(_EDGES)


def title_grade(truth: str, answer: str) -> Grade:
    """Close: spelled a little differently, or cut."""
    wanted, got = plain(truth), plain(answer)
    if not got:
        return _NOTHING
    exact = wanted == got or re.sub(r"\W+", "", wanted) == re.sub(r"\W+", "", got)
    short, long = sorted((wanted, got), key=len)
    cut = bool(short) and long.startswith(short) and len(short) >= _BEGINNING * len(long)
    return Grade(exact, exact or cut or fuzz.ratio(wanted, got) / 100 >= _ALIKE, given=True)


def names(answer: Sequence[str]) -> list[str]:
    """Authors as names to compare: several in one string parted, titles and "By" off, no accents."""
    found: dict[str, None] = {}
    for part in (part for text in answer for part in _BETWEEN_NAMES.split(plain(text))):
        bare = unicodedata.normalize("NFKD", _BEFORE_NAMES.sub("", part.strip()).strip(" .,-:()"))
        found["".join(sign for sign in bare if not unicodedata.combining(sign))] = None
    return [name for name in found if name not in _NO_NAMES]


def authors_grade(truth: Sequence[str], answer: Sequence[str]) -> Grade:
    """Exact: the same names, in any order. Close: half of them, as F1, are much alike."""
    wanted, got = names(truth), names(answer)
    if not got:
        return _NOTHING
    exact = set(wanted) == set(got)
    free = list(got)
    for name in wanted:
        alike = next((other for other in free if _is_one_name(name, other)), None)
        if alike is not None:
            free.remove(alike)
    shared = len(got) - len(free)
    return Grade(exact, exact or 2 * shared / (len(wanted) + len(got)) >= 0.5, given=True)


def date_grade(truth: str, answer: str) -> Grade:
    """By the day, as written; close: a day off, as time zones make it."""
    wanted, got = _day(truth), _day(answer)
    if wanted is None or got is None:
        return Grade(exact=False, close=False, given=got is not None)
    return Grade(wanted == got, abs((wanted - got).days) <= 1, given=True)


def labels(terms: Iterable[str]) -> set[str]:
    """Categories or tags to compare."""
    return {bare.lstrip("#") for term in terms if (bare := plain(term))}


def terms_grade(truth: Iterable[str], answer: Iterable[str]) -> tuple[Grade, Overlap]:
    """Exact: the same terms. Close: F1 of a half."""
    wanted, got = labels(truth), labels(answer)
    shared = overlap(wanted, got)
    return Grade(wanted == got, bool(got) and shared.f1 >= 0.5, given=bool(got)), shared


def _shingles(text: str) -> list[tuple[str, ...]]:
    found = _WORD.findall(visible(text))
    return [tuple(found[i : i + _SHINGLE]) for i in range(max(1, len(found) - _SHINGLE + 1))] if found else []


def _is_one_name(one: str, other: str) -> bool:
    if fuzz.token_sort_ratio(one, other) >= _NAME_ALIKE:
        return True
    return min(len(one), len(other)) > 4 and (one in other or other in one)


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
