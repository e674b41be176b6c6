"""This project's way to find copies, and others beside it."""

import re
from collections.abc import Callable, Hashable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from crawler.resemblance import alike, sketch

OURS = "presswalk"
LEAST = 2
"""Bands that two articles share at least to be looked at."""


class Sketched(NamedTuple):
    """What a method keeps of a text: the keys of its index, what decides, and the bytes of both."""

    keys: list[Hashable]
    kept: Any
    size: int


class Method(NamedTuple):
    """``sketch`` may decline a text; ``alike`` compares what was kept of two that have ``least`` keys in common."""

    sketch: Callable[[str], Sketched | None]
    alike: Callable[[Any, Any], bool]
    least: int = 1


def _ours(text: str) -> Sketched | None:
    found = sketch(text)
    return found and Sketched([*found.bands], found.signature, len(found.signature) + 8 * len(found.bands))


def _rensa(rows: int, threshold: float) -> Method:
    """MinHash of 128 permutations over runs of three words, in bands, and the estimated Jaccard similarity."""
    make = import_module("rensa").RMinHash

    def sketched(text: str) -> Sketched:
        words = re.findall(r"\w+", text.casefold())
        minhash = make(num_perm=128, seed=1)
        minhash.update([" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))])
        digest = minhash.digest()
        bands = [(i, *digest[i : i + rows]) for i in range(0, 128, rows)]
        return Sketched([*bands], minhash, 4 * len(digest) + 8 * len(bands))

    return Method(sketched, lambda a, b: a.jaccard(b) >= threshold)


def methods() -> dict[str, Method]:
    """Those that are installed; ours first."""
    found = {OURS: Method(_ours, alike, least=LEAST)}
    if find_spec("rensa"):
        found["rensa 128, 32 bands, J ≥ .5"] = _rensa(4, 0.5)
        found["rensa 128, 42 bands, J ≥ .3"] = _rensa(3, 0.3)
    return found
