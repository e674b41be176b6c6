"""Texts that tell stories, long enough to be copied and unlike enough to be told apart."""

import random

_PARTS = ("ka", "lo", "mi", "ren", "tu", "sab", "vor", "pel", "ni", "das", "geo", "hul", "fim", "bra", "ost", "kue")


def a_story(number: int, words: int = 240) -> str:
    """The story of this number: paragraphs of 40 words, the same every time."""
    chance = random.Random(number)  # noqa: S311 - no secret
    told = ["".join(chance.choices(_PARTS, k=chance.randint(1, 4))) for _ in range(words)]
    return "\n\n".join(" ".join(told[start : start + 40]) + "." for start in range(0, words, 40))


def edited(text: str, word: int = 7) -> str:
    """The text with another word in each paragraph."""
    return "\n\n".join(" ".join(_with(paragraph.split(), word)) for paragraph in text.split("\n\n"))


def cut(text: str) -> str:
    """The first half of the text, and what sites put there."""
    paragraphs = text.split("\n\n")
    return "\n\n".join([*paragraphs[: len(paragraphs) // 2], "Read more on our site."])


def _with(words: list[str], place: int) -> list[str]:
    return [*words[:place], "otherwise", *words[place + 1 :]]


def bridged() -> tuple[str, str, str]:
    """A long text, and two copies of it that have nothing in common: its beginning, and what has another beginning."""
    paragraphs = a_story(1, 480).split("\n\n")
    return a_story(1, 480), "\n\n".join(paragraphs[:3]), "\n\n".join([a_story(9, 120), *paragraphs[3:]])
