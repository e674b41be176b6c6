"""A sketch's signature: the least hashes of a text's runs of words as bytes, and back."""

import struct
from functools import lru_cache
from typing import NamedTuple

SKETCH_VERSION = 1
"""Version of the recipe: the first byte of a signature and the top byte of each band."""

PLACES = 128
"""Into how many a text is divided to tell where a run stands."""

_EVERYTHING = 1 << 32
_HEAD = struct.Struct("<BI")
_ENTRY = struct.calcsize("<IB")


class Signature(NamedTuple):
    """``hashes``: 32 bits each, least first. ``places``: where in its text each run starts, of ``PLACES``. ``numeric``:
    those with a number. ``limit``: every run of the text whose hash is less is here. ``runs``: how many it has.
    """

    hashes: tuple[int, ...]
    places: dict[int, int]
    numeric: frozenset[int]
    limit: int
    runs: int


def packed(hashes: list[int], places: list[int], numeric: list[bool], count: int) -> bytes:
    """Version, how many runs the text has, the hashes, and of each its place times two, plus one if it has a number."""
    marks = [place << 1 | number for place, number in zip(places, numeric, strict=True)]
    return _HEAD.pack(SKETCH_VERSION, count) + struct.pack(f"<{len(hashes)}I{len(marks)}B", *hashes, *marks)


@lru_cache(maxsize=256)
def unpacked(signature: bytes) -> Signature | None:
    """What was packed; None if the signature is of another version."""
    version, count = _HEAD.unpack_from(signature)
    if version != SKETCH_VERSION:
        return None
    kept = (len(signature) - _HEAD.size) // _ENTRY
    values = struct.unpack_from(f"<{kept}I{kept}B", signature, _HEAD.size)
    hashes, marks = values[:kept], values[kept:]
    return Signature(
        hashes,
        {value: mark >> 1 for value, mark in zip(hashes, marks, strict=True)},
        frozenset(value for value, mark in zip(hashes, marks, strict=True) if mark & 1),
        _EVERYTHING if count == kept else hashes[-1],
        count,
    )
