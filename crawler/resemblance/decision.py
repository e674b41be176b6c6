"""Is one text a copy of another? Decided on two signatures alone, the same both ways."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from crawler.resemblance.signature import PLACES, Signature, is_numeric, place, unpacked

_WHOLE, _WHOLE_OF_SHORT = 0.4, 0.45
"""Two texts are one, with edits, if each holds this share of the other …"""
_ALL, _PART = 0.7, 0.18
"""… or one is nearly all in the other and makes this share of it: a truncated copy, or one with much added …"""
_LATE_START, _EARLY_END = 0.35, 0.6
"""… and if what is shared is not but the end of a text (a disclaimer, what happened before), or but the beginning of
both, as far as it can be if the texts are not as good as one within the other."""
_SHORT = 250
_LATE_IN_SHORT, _EARLY_IN_SHORT = 0.25, 0.65
"""Of two texts with so many runs at most, a disclaimer may be nearly all: what they share has to span one of them."""
_FORM, _FIGURES = 0.4, 12
"""Of a form that is filled in anew the words are shared and the numbers are not: of so many runs with a number a part
less than that of the others by this factor …"""
_SHORT_FORM, _FEW_FIGURES = 0.5, 6
"""… or of fewer runs with a number less than this part, and of the others nearly all."""
_ENTIRE = 0.9
"""As good as all, given how exact a sketch is."""


class Resemblance(NamedTuple):
    """How two texts resemble: all figures from 0 to 1, a pair one for each text.

    ``shares``: how much of the text the other one holds, too, in the same order; ``starts`` and ``ends``: between which
    places of the text most of that stands; ``short``: whether both are short texts. ``numbers``: how many runs with a
    number the text with fewer of them has; ``numeric`` and ``plain``: which part of these is shared, and of the others.
    """

    shares: tuple[float, float]
    starts: tuple[float, float]
    ends: tuple[float, float]
    short: bool
    numbers: int
    numeric: float
    plain: float


class _Common(NamedTuple):
    """The runs that two texts share, among those (``counts``) that both signatures would have."""

    ours: Signature
    theirs: Signature
    limit: int
    shared: list[int]
    counts: tuple[int, int]


def alike(a: bytes, b: bytes) -> bool:
    """Whether two texts are copies of one another, by their signatures."""
    common = _common(*sorted((a, b)))  # one order, since of two chains of a length the order may choose
    if not common or len(common.shared) < _WHOLE * min(common.counts):
        return False
    return _is_copy(_resemblance(common))


def compare(a: bytes, b: bytes) -> Resemblance | None:
    """What two signatures have in common; None if nothing, or if they are of different versions."""
    common = _common(a, b)
    return _resemblance(common) if common else None


def _common(a: bytes, b: bytes) -> _Common | None:
    ours, theirs = unpacked(a), unpacked(b)
    if ours is None or theirs is None:
        return None
    limit = min(ours.limit, theirs.limit)
    shared = [run for run in {*ours.hashes}.intersection(theirs.hashes) if run < limit]
    counts = bisect_left(ours.hashes, limit), bisect_left(theirs.hashes, limit)
    return _Common(ours, theirs, limit, shared, counts) if shared else None


def _resemblance(common: _Common) -> Resemblance:
    ours, theirs = (_marks(each, common.limit) for each in (common.ours, common.theirs))
    chain = _chain({run: (place(ours[run]), place(theirs[run])) for run in common.shared})
    first, second = (sorted(place(marks[run]) for run in chain) for marks in (ours, theirs))
    numbers = [sum(map(is_numeric, marks.values())) for marks in (ours, theirs)]
    figures = sum(is_numeric(ours[run]) for run in chain)
    others = min(count - number for count, number in zip(common.counts, numbers, strict=True))
    return Resemblance(
        shares=(_part(len(chain), common.counts[0]), _part(len(chain), common.counts[1])),
        starts=(_passed(first, 0.1), _passed(second, 0.1)),
        ends=(_passed(first, 0.9), _passed(second, 0.9)),
        short=max(common.ours.runs, common.theirs.runs) <= _SHORT,
        numbers=min(numbers),
        numeric=_part(figures, min(numbers)),
        plain=_part(len(chain) - figures, others),
    )


def _marks(signature: Signature, limit: int) -> dict[int, int]:
    marks = zip(signature.hashes, signature.marks, strict=True)
    return {run: mark for run, mark in marks if run < limit}


def _is_copy(found: Resemblance) -> bool:
    less, more = sorted(found.shares)
    whole = _WHOLE_OF_SHORT if found.short else _WHOLE
    if less < _PART or (less < whole and more < _ALL):
        return False
    within = less >= _ALL or (less >= whole and more >= _ENTIRE)
    return (within or _is_placed_alike(found)) and not _is_appendix(found) and not _is_form(found)


def _is_placed_alike(found: Resemblance) -> bool:
    return max(found.starts) <= _LATE_START and max(found.ends) >= _EARLY_END


def _is_appendix(found: Resemblance) -> bool:
    spans = zip(found.starts, found.ends, strict=True)
    return found.short and not any(start <= _LATE_IN_SHORT and end >= _EARLY_IN_SHORT for start, end in spans)


def _is_form(found: Resemblance) -> bool:
    if found.numbers >= _FIGURES:
        return found.numeric < _FORM * found.plain
    return found.numbers >= _FEW_FIGURES and found.numeric < _SHORT_FORM and found.plain >= _ENTIRE


def _chain(places: Mapping[int, tuple[int, int]]) -> list[int]:
    """The runs that stand in the same order in both texts: the longest increasing subsequence of their places."""
    tails: list[int] = []  # the least place in their text that a chain of this length can end at …
    ends: list[int] = []  # … the run that it ends with …
    before: dict[int, int | None] = {}  # … and the run before each
    for run in sorted(places, key=lambda run: (places[run], run)):
        there = places[run][1]
        length = bisect_right(tails, there)
        before[run] = ends[length - 1] if length else None
        tails[length : length + 1] = [there]
        ends[length : length + 1] = [run]
    chain = []
    last: int | None = ends[-1]
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain


def _passed(places: list[int], quantile: float) -> float:
    """Where in a text this part of some runs has passed."""
    return places[int(quantile * len(places))] / PLACES


def _part(count: int, of: int) -> float:
    return min(1.0, count / of) if of else 0.0
