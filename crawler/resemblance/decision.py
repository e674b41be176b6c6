"""Is one text a copy of another? Decided on two signatures alone, the same both ways."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crawler.resemblance.sketch import ENTRY, HEAD, PLACES, SKETCH_VERSION

_EVERYTHING = 1 << 32
_EDITED, _HALF = 0.35, 0.45
_PART, _WHOLE = 0.2, 0.7
_LATE_START, _EARLY_END = 0.35, 0.65
_NUMBERS, _FEW_NUMBERS = 0.5, 8

Entries = NDArray[np.void]


class Resemblance(NamedTuple):
    """How two texts resemble: all figures from 0 to 1, a pair one for each text.

    ``shares``: how much of the text the other one holds, too; ``starts`` and ``ends``: between which places of the text
    most of that stands; ``numeric``: how much of the runs with numbers is shared, None where there are few.
    """

    jaccard: float
    shares: tuple[float, float]
    starts: tuple[float, float]
    ends: tuple[float, float]
    numeric: float | None


def similarity(a: bytes, b: bytes) -> float:
    """About which part of their words two texts have in common (Jaccard), by their signatures."""
    found = compare(a, b)
    return found.jaccard if found else 0.0


def alike(a: bytes, b: bytes) -> bool:
    """Whether two texts are copies of one another, by their signatures."""
    found = compare(a, b)
    return found is not None and _is_copy(found)


def compare(a: bytes, b: bytes) -> Resemblance | None:
    """What two signatures have in common; None if nothing, or if they are of different versions."""
    if a[0] != SKETCH_VERSION or b[0] != SKETCH_VERSION:
        return None
    limit = min(_limit(a), _limit(b))
    ours, theirs = _entries(a, limit), _entries(b, limit)
    here = ours[np.isin(ours["hash"], theirs["hash"])]
    there = theirs[np.isin(theirs["hash"], ours["hash"])]
    if not len(here):
        return None
    return Resemblance(
        jaccard=len(here) / (len(ours) + len(theirs) - len(there)),
        shares=(len(here) / len(ours), len(there) / len(theirs)),
        starts=(_place(here, 0.1), _place(there, 0.1)),
        ends=(_place(here, 0.9), _place(there, 0.9)),
        numeric=_share_of_numbers(ours, theirs, here),
    )


def _is_copy(found: Resemblance) -> bool:
    """The whole, with edits; or the beginning of a longer text; in the same place, and not but the same form."""
    less, more = sorted(found.shares)
    if found.numeric is not None and found.numeric < _NUMBERS * more:
        return False
    if max(found.starts) > _LATE_START or max(found.ends) < _EARLY_END:
        return False
    return (less >= _EDITED and more >= _HALF) or (less >= _PART and more >= _WHOLE)


def _limit(signature: bytes) -> int:
    """Below which hash a signature has every run of its text."""
    whole = np.frombuffer(signature, HEAD, 1)["whole"][0]
    return _EVERYTHING if whole else int(np.frombuffer(signature, ENTRY, offset=HEAD.itemsize)["hash"][-1])


def _entries(signature: bytes, limit: int) -> Entries:
    entries = np.frombuffer(signature, ENTRY, offset=HEAD.itemsize)
    return entries[entries["hash"] < limit]


def _place(entries: Entries, quantile: float) -> float:
    """Where in a text, from 0 to 1, this part of some runs has passed."""
    return int(np.sort(entries["mark"])[int(quantile * len(entries))] >> 1) / PLACES


def _share_of_numbers(ours: Entries, theirs: Entries, shared: Entries) -> float | None:
    """Of the runs with numbers: the part that the text with fewer of them shares."""
    fewer = min(_numeric(ours), _numeric(theirs))
    return _numeric(shared) / fewer if fewer >= _FEW_NUMBERS else None


def _numeric(entries: Entries) -> int:
    return int(np.count_nonzero(entries["mark"] & 1))
