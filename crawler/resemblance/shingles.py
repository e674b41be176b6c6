"""A text as its runs of five words, hashed: what copies share and other texts do not."""

from typing import Any, NamedTuple, TypeVar

import numpy as np
import xxhash
from numpy.typing import NDArray

from crawler.characters import DECIMAL, DENSE, LEFT_OUT, LETTER, SPACE, as_text, folded

MAX_CHARACTERS = 40_000
"""Of a longer text only its beginning is compared, so that no text costs more than some milliseconds."""

_SPAN = 10
"""Length of a run in half words: five words, or ten characters of a script without spaces, or a mixture. Short enough
to survive between two edits; long enough that two reports of one event share few, and templates few between numbers."""

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

Hashes = NDArray[np.uint64]
N = TypeVar("N", bound=np.generic)


class Tokens(NamedTuple):
    """Words in small letters without accents that stand alone, in UTF-8; of scripts without spaces, single characters.

    ``widths``: half words of each; ``numbers``: which begin with a digit.
    """

    words: list[bytes]
    widths: NDArray[np.intp]
    numbers: NDArray[np.bool_]


class Shingles(NamedTuple):
    """The distinct runs of a text, least hash first: their hashes, where they start (0 to 1), which hold a number."""

    hashes: Hashes
    positions: NDArray[np.float64]
    numeric: NDArray[np.bool_]


def tokens(text: str) -> Tokens:
    """What a text consists of, without what sites write or leave out."""
    codes, are = folded(text[:MAX_CHARACTERS])
    if (omitted := are & LEFT_OUT).any():
        codes, are = codes[omitted == 0], are[omitted == 0]
    inside, alone = (are & (LETTER | DENSE)) != 0, (are & DENSE) != 0
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | alone[1:] | alone[:-1]
    starts = np.flatnonzero(begins)
    spaced = np.where(inside, codes, SPACE)
    if alone.any():
        spaced = np.insert(spaced, starts, SPACE)
    return Tokens(
        words=as_text(spaced).encode().split(),
        widths=np.where(alone[starts], 1, 2),
        numbers=(are[starts] & DECIMAL) != 0,
    )


def shingles(told: Tokens) -> Shingles:
    """The runs of a text's tokens; none if it is shorter than one."""
    starts, ends = _runs(told.widths)
    hashes, first = _distinct(_run_hashes(told.words, starts, ends))
    numbers = _sums(told.numbers, np.intp)
    numeric = numbers[ends[first]] > numbers[starts[first]]
    return Shingles(hashes, starts[first] / max(1, len(told.words)), numeric)


def _distinct(hashes: Hashes) -> tuple[Hashes, NDArray[np.intp]]:
    """The distinct hashes, least first, and the first place of each; ``np.unique`` sorts stably, which takes longer."""
    order = np.argsort(hashes)
    ordered = hashes[order]
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    begins = np.concatenate((np.zeros(min(1, len(ordered)), np.intp), changes))
    return ordered[begins], np.minimum.reduceat(order, begins)


def _runs(widths: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each run starts and ends, as slices of the tokens."""
    offsets = _sums(widths, np.intp)
    ends = np.searchsorted(offsets, offsets[:-1] + _SPAN)
    ends = ends[ends <= len(widths)]
    return np.arange(len(ends)), ends


def _sums(values: NDArray[Any], kind: type[N]) -> NDArray[N]:
    """0, the first value, the first two …"""
    sums = np.zeros(len(values) + 1, kind)
    np.cumsum(values, out=sums[1:])
    return sums


def _run_hashes(words: list[bytes], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
    """Hashes of all runs from running sums of the words' hashes times powers of a base (Rabin and Karp), modulo 2⁶⁴."""
    single = np.fromiter(map(xxhash.xxh3_64_intdigest, words), np.uint64, len(words))
    sums = _sums(single * _powers(_BASE, len(words)), np.uint64)
    return _mixed((sums[ends] - sums[starts]) * _powers(_INVERSE, len(words))[starts])


def _powers(base: int, count: int) -> Hashes:
    """1, base, base² …"""
    powers = np.full(count, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers)


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit made to depend on every other, so that the least hashes are a fair sample (splitmix64's finish)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
