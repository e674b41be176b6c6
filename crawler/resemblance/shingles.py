"""A text as its runs of five words, hashed: what copies share and other texts do not."""

import re
import unicodedata
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from crawler.normalisation import compatible
from crawler.reading.text import SPACELESS

MAX_CHARACTERS = 40_000
"""Of a longer text only its beginning is compared, so that no text costs more than some milliseconds."""

_SPAN = 10
"""Length of a run in half words: five words, or ten characters of a script without spaces, or a mixture. Short enough
to survive between two edits; long enough that two reports of one event share few, and templates few between numbers."""

_TOKEN = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")
_DENSE = re.compile(f"[{SPACELESS}]")


_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)

Hashes = NDArray[np.uint64]


class Shingles(NamedTuple):
    """The distinct runs of a text, least hash first: their hashes, where they start (0 to 1), which hold a number."""

    hashes: Hashes
    positions: NDArray[np.float64]
    numeric: NDArray[np.bool_]


def tokens(text: str) -> list[str]:
    """Words in small letters without accents that stand alone; of scripts without spaces, single characters."""
    text = compatible(text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()).casefold()
    return _TOKEN.findall(text if text.isascii() else _spelled(text))


def _spelled(text: str) -> str:
    """Without what sites write or leave out: vowel signs, accents that stand alone, soft hyphens, joiners. They would
    part words, being no letters to the re module.
    """
    table = {ord(character): None if _is_left_out(character) else ord(character) for character in set(text)}
    return text.translate(table) if None in table.values() else text


def _is_left_out(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in {"Mn", "Mc", "Cf"}


def shingles(words: list[str]) -> Shingles:
    """The runs of a text's tokens; none if it is shorter than one."""
    if not words:
        return Shingles(np.empty(0, np.uint64), np.empty(0), np.empty(0, np.bool_))
    starts, ends = _runs(words)
    hashes, first = np.unique(_run_hashes(words, starts, ends), return_index=True)
    are_numbers = np.fromiter(map(str.isdecimal, map(itemgetter(0), words)), np.intp, len(words))
    numbers = np.concatenate((np.zeros(1, np.intp), np.cumsum(are_numbers)))
    numeric = numbers[ends[first]] > numbers[starts[first]]
    return Shingles(hashes, starts[first] / len(words), numeric)


def _runs(words: list[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each run starts and ends, as slices of the tokens."""
    offsets = np.concatenate((np.zeros(1, np.intp), np.cumsum(_widths(words))))
    ends = np.searchsorted(offsets, offsets[:-1] + _SPAN)
    ends = ends[ends <= len(words)]
    return np.arange(len(ends)), ends


def _widths(words: list[str]) -> NDArray[np.intp]:
    """Half words of each token; most texts have none but whole ones."""
    if (text := "".join(words)).isascii() or not _DENSE.search(text):
        return np.full(len(words), 2)
    return np.array([1 if len(word) == 1 and _DENSE.match(word) else 2 for word in words])


def _run_hashes(words: list[str], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Hashes:
    """Hashes of all runs from running sums of the words' hashes times powers of a base (Rabin and Karp), modulo 2⁶⁴."""
    single = np.fromiter(map(xxhash.xxh3_64_intdigest, map(str.encode, words)), np.uint64, len(words))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(single * _powers(_BASE, len(words)))))
    return _mixed((sums[ends] - sums[starts]) * _powers(_INVERSE, len(words))[starts])


def _powers(base: int, count: int) -> Hashes:
    """1, base, base² …"""
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers)


def _mixed(hashes: Hashes) -> Hashes:
    """Every bit made to depend on every other, so that the least hashes are a fair sample (splitmix64's finish)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
