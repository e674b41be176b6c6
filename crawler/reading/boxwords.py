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


_TOPICS = frozenset(
    {"promotion", "meta", "metadata", "poll", "feedback", "voting", "copyright", "disclosure", "donation", "donations"}
    | {"advertising", "subscription", "subscriptions"}
)
"""What a box is for, and what a section of the text may be about: ``meta-analysis``, ``promotion-history``."""
_PARTS_OF_BOXES = frozenset({
    "area", "author", "bar", "block", "body", "bottom", "box", "btn", "button", "buttons", "card", "column",
    "container", "content", "count", "cover", "date", "desktop", "details", "footer", "grid", "group", "header",
    "heading", "holder", "icon", "icons", "info", "inner", "item", "items", "label", "left", "line", "link",
    "links", "list", "main", "media", "mobile", "module", "networks", "outer", "panel", "post", "posts", "right",
    "row", "score", "section", "sidebar", "single", "small", "stars", "table", "text", "time", "title", "top",
    "widget", "widgets", "wrap", "wrapper",
})  # fmt: skip


def names_topic(words: list[str]) -> bool:
    """Whether a name's last word, but for parts of boxes and numbers, is one of those that also name what texts tell.

    The last word of a compound is the thing: ``history`` in ``promotion-history``, ``meta`` in ``post-meta-wrap``.
    """
    if _TOPICS.isdisjoint(words):
        return False
    things = (word for word in reversed(words) if word not in _PARTS_OF_BOXES and word.isalpha())
    return next(things, "") in _TOPICS
