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
    """``hashes``: 32 bits each, least first. ``marks``: of each its place (``place``) and whether it has a number
    (``is_numeric``). ``runs``: how many the text has; ``limit``: every one of them whose hash is less is here.
    """

    hashes: tuple[int, ...]
    marks: bytes
    runs: int
    limit: int


def place(mark: int) -> int:
    """Where in its text a run starts, of ``PLACES``."""
    return mark >> 1


def is_numeric(mark: int) -> bool:
    """Whether a run has a number."""
    return bool(mark & 1)


def packed(hashes: bytes, marks: bytes, runs: int) -> bytes:
    """Version, how many runs the text has, the hashes (little-endian), their marks."""
    return _HEAD.pack(SKETCH_VERSION, runs) + hashes + marks


@lru_cache(maxsize=256)
def unpacked(signature: bytes) -> Signature | None:
    """What was packed; None if the signature is of another version."""
    version, runs = _HEAD.unpack_from(signature)
    if version != SKETCH_VERSION:
        return None
    kept = (len(signature) - _HEAD.size) // _ENTRY
    hashes = struct.unpack_from(f"<{kept}I", signature, _HEAD.size)
    return Signature(hashes, signature[-kept:], runs, _EVERYTHING if runs == kept else hashes[-1])
