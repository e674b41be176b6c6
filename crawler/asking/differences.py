"""What differs between two versions of an article, in words. Pure.

Texts are compared block by block, and blocks that differ word by word, as ``git diff --word-diff`` does. Both are
bounded: a text made to be slow to compare is shown as replaced.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from crawler.asking.words import minute
from crawler.reading.text import SPACELESS

Document = Mapping[str, Any]
Kind = Literal["same", "old", "new", "left_out"]

MOST_STEPS = 1_000_000
"""Of a comparison: the product of the lengths of what is compared."""

_ALIKE = 0.35
"""Below that share of equal words, two blocks are told apart more easily one after the other."""

_WORD = re.compile(rf"(?:[{SPACELESS}]|[^\s{SPACELESS}]+)\s*")
_LISTS = {"images": "url", "embeds": "url", "links": "url"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that only the older version has, only the newer one, or both; or that is not shown."""

    kind: Kind
    text: str


def differences(before: Document, after: Document, fields: Sequence[str]) -> Iterator[tuple[str, list[Piece]]]:
    """For each of the fields that differ, its name and what to show of it."""
    for name in fields:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield name, _pieces(name, old, new)


def _pieces(name: str, old: Any, new: Any) -> list[Piece]:
    if isinstance(old, list) or isinstance(new, list):
        return _of_lists(_names(name, old or []), _names(name, new or []))
    if name == "text":
        return text_pieces(old or "", new or "")
    if isinstance(old, str) and isinstance(new, str) and name in ("title", "excerpt"):
        return word_pieces(old, new)
    return _one_and_other(*(_value(value) if value is not None else "" for value in (old, new)))


def text_pieces(old: str, new: str) -> list[Piece]:
    """Blocks that differ, each with what differs in it; a run of equal ones is left out."""
    before, after = _blocks(old), _blocks(new)
    if len(before) * len(after) > MOST_STEPS:
        return _one_and_other(old, new)
    pieces: list[Piece] = []
    for operation, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(Piece("left_out", f"… {j - i} block{'s' if j - i > 1 else ''} unchanged\n"))
        else:
            pieces += [*word_pieces("\n\n".join(before[i:j]), "\n\n".join(after[k:m])), Piece("same", "\n")]
    return pieces


def word_pieces(old: str, new: str) -> list[Piece]:
    """Word by word, if enough of them are the same; else the one and then the other."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not before or not after or len(before) * len(after) > MOST_STEPS:
        return _one_and_other(old, new)
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _one_and_other(old, new)
    pieces: list[Piece] = []
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", "".join(after[k:m])))
            continue
        pieces += [Piece("old", "".join(before[i:j]))] if j > i else []
        pieces += [Piece("new", "".join(after[k:m]))] if m > k else []
    return pieces


def _one_and_other(old: str, new: str) -> list[Piece]:
    return [
        piece
        for piece in (Piece("old", old), Piece("same", "\n" if old and new else ""), Piece("new", new))
        if piece.text
    ]


def _of_lists(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    before, after = set(old), set(new)
    pieces = [Piece("old", f"{name}\n") for name in old if name not in after]
    pieces += [Piece("new", f"{name}\n") for name in new if name not in before]
    return pieces or _one_and_other(", ".join(old), ", ".join(new))  # another order, or other details


def _names(name: str, values: Sequence[Any]) -> list[str]:
    return [str(value.get(_LISTS[name])) if name in _LISTS else str(value) for value in values]


def _value(value: Any) -> str:
    return f"{minute(value)} UTC" if hasattr(value, "strftime") else str(value)


def _blocks(text: str) -> list[str]:
    return text.split("\n\n") if text else []
