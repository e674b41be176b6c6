"""Remembering what a function said of short texts: a bound in entries alone lets a hostile site fill the memory."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

LONGEST = 500
"""Characters of a text that is remembered: links to posts are shorter, and 8,192 of them take 4 MB."""


def remembered(entries: int) -> Callable[[Callable[[*Ts], R]], Callable[[*Ts], R]]:
    """``functools.lru_cache`` for a function of texts; what is asked of a longer text is computed each time."""

    def decorate(function: Callable[[*Ts], R]) -> Callable[[*Ts], R]:
        known = lru_cache(maxsize=entries)(function)

        @wraps(function)
        def answer(*args: *Ts) -> R:
            for value in args:
                if isinstance(value, str) and len(value) > LONGEST:
                    return function(*args)
            return known(*args)

        return answer

    return decorate
