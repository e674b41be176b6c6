"""Made-up news: sentences about the same few people, places and things, in several languages, the same for one seed."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_WORDS = Path(__file__).with_name("words")
LANGUAGES = tuple(sorted(file.stem for file in _WORDS.glob("*.toml")))
_SLOT = re.compile(r"\{(\w+)\}")
_CAST = {"who": 6, "thing": 6, "adj": 8, "person": 4, "place": 3}
"""How many of each kind one event is about; other slots are free."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as paragraphs of sentences, with what stands between two sentences."""

    paragraphs: tuple[tuple[str, ...], ...]
    joint: str

    @property
    def text(self) -> str:
        """As it is published: paragraphs parted by a blank line."""
        return "\n\n".join(self.joint.join(paragraph) for paragraph in self.paragraphs)

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


class Reporter:
    """Writes about one event: same people, places and things in every sentence, other words each time."""

    def __init__(self, language: str, random: Random) -> None:
        self.words, self.random = _vocabulary(language), random
        self.joint: str = self.words["joint"]
        self._cast = {slot: [self._free(slot) for _ in range(count)] for slot, count in _CAST.items()}

    def sentence(self) -> str:
        """A new sentence about the event."""
        return self._said(self._line("sentences", "body"))

    def word(self) -> str:
        """Any word."""
        return self._line("slots", "filler")

    def boilerplate(self) -> str:
        """What sites say under every text."""
        return self._line("sentences", "boilerplate")

    def more(self) -> str:
        """What stands where a text is cut off."""
        return self._line("sentences", "more")

    def story(self, sentences: int) -> Draft:
        """A report in paragraphs of one to four sentences."""
        return in_paragraphs([self.sentence() for _ in range(sentences)], self.joint, self.random)

    def form(self, kind: str) -> str | None:
        """A text of a form that differs from others in its figures only; None if this language has no such form."""
        lines = self.words["templates"].get(kind)
        return lines and self.joint.join(self._said(line, self._free) for line in lines)

    def _line(self, table: str, key: str) -> str:
        lines: list[str] = self.words[table][key]
        return self.random.choice(lines)

    def _said(self, pattern: str, fill: Callable[[str], str] | None = None) -> str:
        said = _filled(pattern, fill or self._slot)
        end: str = self.words["end"]
        return said[0].upper() + said[1:] + end

    def _slot(self, name: str) -> str:
        return self.random.choice(self._cast[name]) if name in self._cast else self._free(name)

    def _free(self, name: str) -> str:
        if name == "n":
            return str(self.random.choice((self.random.randint(2, 60), self.random.randint(60, 4000))))
        if name in ("person", "place"):
            parts = self.random.choices(self.words["syllables"], k=2)
            return "".join([*parts, self.random.choice(self.words[f"{name}_ends"])]).capitalize()
        return _filled(self._line("slots", name), self._free)


def in_paragraphs(sentences: list[str], joint: str, random: Random) -> Draft:
    """Sentences in paragraphs of one to four."""
    paragraphs = []
    while sentences:
        count = random.randint(1, 4)
        paragraphs.append(tuple(sentences[:count]))
        sentences = sentences[count:]
    return Draft(tuple(paragraphs), joint)


def _filled(pattern: str, fill: Callable[[str], str]) -> str:
    return _SLOT.sub(lambda slot: fill(slot[1]), pattern)


@cache
def _vocabulary(language: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / f"{language}.toml").read_text("utf-8"))
