"""What is stored of a text so that its copies are found and judged without it.

A bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997): of all hashed runs of words the
least. Of whatever part of a text another one holds, the other's least hashes are about that part, too: one index of a
few of them finds truncated copies as well as edited ones, which bands of several minima each do not.
"""

from typing import NamedTuple

from crawler.resemblance.signature import PLACES, SKETCH_VERSION, packed

BANDS = 24
"""Hashes to be indexed. A text that holds 30 % of another misses all of them once in 5,000 times."""

SAMPLE = 128
"""Hashes in a signature: shares are told to about ±4 %."""

MIN_RUNS = 26
"""Distinct runs of five words, 30 words without repetition: in fewer, one edited word is as much as another story."""


class Sketch(NamedTuple):
    """Of one text. ``bands``: positive 64-bit integers, for an index; ``signature``: at most 645 bytes."""

    bands: list[int]
    signature: bytes


def sketch(text: str) -> Sketch | None:
    """The sketch of a text, or None for one too short to be judged (``MIN_RUNS``).

    numpy is imported with the first one (0.13 s): most runs find nothing new.
    """
    import numpy as np  # noqa: PLC0415 (see above)

    from crawler.resemblance.shingles import shingles, tokens  # noqa: PLC0415 - it needs numpy

    runs = shingles(tokens(text))
    if len(runs.hashes) < MIN_RUNS:
        return None
    bands = (runs.hashes[:BANDS] >> np.uint64(8)) | np.uint64(SKETCH_VERSION << 56)
    places = (runs.positions[:SAMPLE] * PLACES).astype(np.uint8)
    signature = packed(
        (runs.hashes[:SAMPLE] >> np.uint64(32)).astype("<u4").tobytes(),
        (places << 1 | runs.numeric[:SAMPLE]).tobytes(),
        runs=len(runs.hashes),
    )
    return Sketch(bands.tolist(), signature)
