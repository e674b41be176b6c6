"""Looking for words in the names of boxes."""

from itertools import pairwise


class Words:
    """Words, some of several parts (``code-block``), to be looked for in names; ``0`` stands for any number."""

    def __init__(self, *groups: str) -> None:
        phrases = [word.split("-") for group in groups for word in group.split()]
        self._single = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)
        self._joined: dict[tuple[str, str], list[list[str]]] = {}
        for first, second, *rest in (phrase for phrase in phrases if len(phrase) > 1):
            self._joined.setdefault((first, second), []).append(rest)
        self._first = frozenset(first for first, _ in self._joined)

    def occur_in(self, words: list[str]) -> bool:
        """Whether one of them occurs among the words of a name in the one spelling."""
        if not self._single.isdisjoint(words):
            return True
        if self._first.isdisjoint(words):
            return False
        return any(
            _begins_with(words[start + 2 :], rest)
            for start, pair in enumerate(pairwise(words))
            if pair in self._joined
            for rest in self._joined[pair]
        )


def _begins_with(words: list[str], phrase: list[str]) -> bool:
    return len(words) >= len(phrase) and all(
        word == part or (part == "0" and word.isdecimal()) for word, part in zip(words, phrase, strict=False)
    )
