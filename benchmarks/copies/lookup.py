"""What it costs to find the copies among very many articles, without a database: an index of bands in memory."""

from collections import Counter
from collections.abc import Iterator
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.copies.methods import LEAST
from benchmarks.copies.numbered import copied, text
from crawler.resemblance import BANDS, alike, sketch

Bands = NDArray[np.uint64]

_SAMPLE = 2000
"""The last articles, for which the copies are looked up."""


def lookup(sizes: list[int]) -> Iterator[str]:
    """A table, a row for each size of one growing set: what the last articles cost."""
    yield "| articles | sketch, CPU ms | decisions, CPU ms | candidates | copies found | bytes |\n" + "|---" * 6 + "|"
    bands: Bands = np.zeros((max(sizes), BANDS), np.uint64)
    signatures: list[bytes] = []
    sketching = 0.0
    for number in range(max(sizes)):
        words = text(number)
        began = process_time()
        found = sketch(words)
        sketching += process_time() - began
        if found is None:
            raise ValueError(f"text {number} is too short for a sketch")
        bands[number, : len(found.bands)] = found.bands
        signatures.append(found.signature)
        if number + 1 in sizes:
            size = number + 1
            size_each = 8 * BANDS + sum(map(len, signatures)) / size
            yield f"| {size:,} | {sketching * 1000 / size:.2f} | {_found(bands[:size], signatures)} | {size_each:.0f} |"


def _found(bands: Bands, signatures: list[bytes]) -> str:
    order = np.argsort(bands, axis=None)
    indexed, holders = bands.ravel()[order], order // BANDS
    deciding, candidates, planted, right, wrong = 0.0, 0, 0, 0, 0
    for number in range(len(bands) - _SAMPLE, len(bands)):
        near = _near(number, bands, indexed, holders)
        began = process_time()
        copies = {other for other in near if alike(signatures[number], signatures[other])}
        deciding += process_time() - began
        older = copied(number)
        candidates, planted = candidates + len(near), planted + (older is not None)
        right += older in copies
        wrong += (
            len({other for other in copies if copied(other) != older} - {older}) if older is not None else len(copies)
        )
    figures = f"{deciding * 1000 / _SAMPLE:.2f} | {candidates / _SAMPLE:.1f}"
    return f"{figures} | {right:,} of {planted:,}, {wrong} wrong"


def _near(number: int, bands: Bands, indexed: Bands, holders: NDArray[np.intp]) -> list[int]:
    """Older articles that share enough bands."""
    starts, ends = (np.searchsorted(indexed, bands[number], side) for side in ("left", "right"))
    shared = Counter(int(other) for start, end in zip(starts, ends, strict=True) for other in holders[start:end])
    return [other for other, count in shared.items() if count >= LEAST and other < number]
