"""The words of a post by its number, the same every time."""

from itertools import product
from random import Random

_PARTS = ("ka", "lo", "mi", "ren", "tu", "sab", "vor", "pel", "ni", "das", "geo", "hul", "fim", "bra", "ost", "kue")
_WORDS = ["".join(parts) for parts in product(_PARTS, repeat=3)]
"""So many that no two posts have a run of words in common."""
_GRAMMAR = ("the", "and", "of", "to", "in", "is", "that", "for", "with", "was")
_PARAGRAPHS = (7, 17)


def title_of(n: int) -> str:
    """Eight words."""
    return " ".join(Random(f"title {n}").choices(_WORDS, k=8)).capitalize()  # noqa: S311 - the same every time


def paragraphs_of(n: int) -> list[str]:
    """Some 820 words."""
    chance = Random(n)  # noqa: S311 - the same every time
    count = chance.randint(*_PARAGRAPHS)
    return [_sentences(chance) for _ in range(count)]


def _sentences(chance: Random) -> str:
    """Every third word is one of grammar, as in English prose; quoted, as in most news."""
    words = chance.choices(_WORDS, k=chance.randint(30, 70))
    told = " ".join(word if place % 3 else f"{word} {chance.choice(_GRAMMAR)}" for place, word in enumerate(words))
    return f"\u201c{told.capitalize()}.\u201d"
