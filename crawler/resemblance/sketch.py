"""What is stored of a text so that its copies are found and judged without it.

A bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997): of all hashed runs of words the
least. Of whatever part of a text another one holds, the other's least hashes are about that part, too: one index of a
few of them finds truncated copies as well as edited ones, which bands of several minima each do not.
"""

from typing import NamedTuple

import numpy as np

from crawler.resemblance.shingles import Shingles, shingles, tokens

SKETCH_VERSION = 1
"""Version of the recipe: the first byte of a signature and the top byte of each band."""

BANDS = 24
"""Hashes to be indexed. A text that holds 30 % of another misses all of them once in 5,000 times."""

SAMPLE = 128
"""Hashes in a signature: shares are told to about ±4 %."""

MIN_RUNS = 26
"""Distinct runs of five words, 30 words without repetition: in fewer, one edited word is as much as another story."""

PLACES = 128
"""Into how many a text is divided to tell where a run stands."""

HEAD = np.dtype([("version", "u1"), ("whole", "u1")])
ENTRY = np.dtype([("hash", "<u4"), ("mark", "u1")])
"""The upper half of a hash; where the run starts, in ``PLACES`` of the text, times two, plus one if it has a number."""


class Sketch(NamedTuple):
    """Of one text. ``bands``: positive 64-bit integers, for an index; ``signature``: at most 642 bytes."""

    bands: list[int]
    signature: bytes


def sketch(text: str) -> Sketch | None:
    """The sketch of a text, or None for one too short to be judged (``MIN_RUNS``)."""
    runs = shingles(tokens(text))
    if len(runs.hashes) < MIN_RUNS:
        return None
    bands = (runs.hashes[:BANDS] >> np.uint64(8)) | np.uint64(SKETCH_VERSION << 56)
    return Sketch(bands.tolist(), _signature(runs))


def _signature(runs: Shingles) -> bytes:
    head = np.array((SKETCH_VERSION, len(runs.hashes) <= SAMPLE), HEAD)
    entries = np.empty(min(SAMPLE, len(runs.hashes)), ENTRY)
    entries["hash"] = runs.hashes[:SAMPLE] >> np.uint64(32)
    places = (runs.positions[:SAMPLE] * PLACES).astype(np.uint8)
    entries["mark"] = (places << 1) | runs.numeric[:SAMPLE]
    return head.tobytes() + entries.tobytes()
