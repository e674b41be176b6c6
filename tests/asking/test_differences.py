"""What differs, in words; and how long that takes at most."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from crawler.asking.differences import Piece, differences, text_pieces, word_pieces


def shown(pieces: list[Piece]) -> str:
    marks = {"old": "[-{}-]", "new": "{{+{}+}}", "same": "{}", "left_out": "({})"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def test_words() -> None:
    assert shown(word_pieces("The bridge is open", "The bridge is not open")) == "The bridge is {+not +}open"
    assert shown(word_pieces("Eleven crates", "Eleven  crates")) == "Eleven  crates"
    assert shown(word_pieces("委員会は橋を残す", "委員会は橋を壊す")) == "委員会は橋を[-残-]{+壊+}す"
    assert shown(word_pieces("One thing", "Quite another matter")) == "[-One thing-]\n{+Quite another matter+}"
    assert shown(word_pieces("", "New")) == "{+New+}"


def test_blocks() -> None:
    before = "First block.\n\nThe old mill turns.\n\nLast block.\n\nEnd."
    after = "First block.\n\nThe old mill burns.\n\nLast block.\n\nEnd.\n\nMore."
    assert shown(text_pieces(before, after)) == (
        "(… 1 block unchanged\n)The old mill [-turns.-]{+burns.+}\n(… 2 blocks unchanged\n){+More.+}\n"
    )


def test_fields() -> None:
    before = {"title": "A", "authors": ["Jane", "John"], "images": [{"url": "a"}], "page_count": 1, "tags": ["x", "y"]}
    after = {"title": "A", "authors": ["Jane", "Jo"], "images": [{"url": "b"}], "page_count": 2, "tags": ["y", "x"]}
    told = {name: shown(pieces) for name, pieces in differences(before, after, [*before, "language"])}
    assert told == {
        "authors": "[-John\n-]{+Jo\n+}",
        "images": "[-a\n-]{+b\n+}",
        "page_count": "[-1-]\n{+2+}",
        "tags": "[-x, y-]\n{+y, x+}",
    }


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_both_versions_are_told_whole(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    words = [(piece.kind, word) for piece in pieces for word in piece.text.split()]
    assert [word for kind, word in words if kind != "new"] == old.split()
    assert [word for kind, word in words if kind != "old"] == new.split()


def test_texts_made_to_be_slow_are_not() -> None:
    chance = random.Random(1)  # noqa: S311 - the same texts in every run
    began = time.process_time()
    for unit, separator in (("ab", " "), ("ab", "\n\n"), ("a b c d", "\n\n")):
        old, new = (separator.join(chance.choice(unit.split() or unit) for _ in range(1000)) for _ in range(2))
        text_pieces(old, new)
        text_pieces(old * 50, new * 50)
    assert time.process_time() - began < 20
