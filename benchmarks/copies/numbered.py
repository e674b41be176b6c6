"""Texts by number, one in four a copy of any older one: each can be made alone, and again."""

from itertools import accumulate
from random import Random

_EVERY = 4
"""One text of so many is a copy of any older one, with another end."""
_WORDS = 50_000
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
_LENGTHS = (80, 800)


def copied(number: int) -> int | None:
    """Which older text this one is a copy of."""
    if number % _EVERY or not number:
        return None
    older = Random(number).randrange(number)  # noqa: S311 - the same set in every run is wanted
    return older if older % _EVERY else older + 1


def text(number: int) -> str:
    """Made-up words, as often as words are used in a language (Zipf): by chance such texts share as little as news
    do, unlike the labelled set, whose few patterns recur."""
    older = copied(number)
    random = Random(f"text {number}")  # noqa: S311 - the same set in every run is wanted
    if older is None:
        return _words(random, random.randint(*_LENGTHS))
    return f"{text(older)} {_words(random, 20)}"


def _words(random: Random, count: int) -> str:
    return " ".join(f"w{word:x}" for word in random.choices(range(_WORDS), cum_weights=_WEIGHTS, k=count))
