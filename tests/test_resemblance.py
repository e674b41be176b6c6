"""Copies are told from other texts by their sketches alone, in every process and both ways."""

import os
import subprocess
import sys
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.resemblance import BANDS, SKETCH_VERSION, Sketch, alike, compare, sketch

WORDS = [
    f"{first}{last}" for first in ("ba", "ko", "lu", "mi", "ne", "so") for last in ("dra", "fen", "gul", "pit", "rom")
]
DISCLAIMER = " ".join(f"notice{number}" for number in range(60))


def prose(seed: int, words: int = 120) -> str:
    """A text that shares no run of words with that of another seed."""
    random = Random(seed)  # noqa: S311 - the same text in every run is wanted
    return " ".join(f"{random.choice(WORDS)}{random.randint(0, 40) or ''}" for _ in range(words))


def sketched(text: str) -> Sketch:
    found = sketch(text)
    assert found is not None
    return found


def shares(one: Sketch, other: Sketch) -> tuple[float, float]:
    """How much of each text the other one has."""
    found = compare(one.signature, other.signature)
    return found.shares if found else (0.0, 0.0)


def copies(first: str, second: str) -> bool:
    """Whether the index would bring two texts together and the decision is that they are copies."""
    one, other = sketched(first), sketched(second)
    return len({*one.bands} & {*other.bands}) >= 2 and alike(one.signature, other.signature)


@pytest.mark.parametrize(
    "copy",
    [
        prose(1).upper().replace(" ", ",  "),
        f"{prose(2, 12)}\n\n{prose(1)}",
        f"{prose(1)}\n\n{DISCLAIMER}",
        " ".join(prose(1).split()[:50]) + "… Read more",
        " ".join([*prose(1).split()[:40], *prose(1).split()[65:]]),
        " ".join(word for number, word in enumerate(prose(1).split()) if number % 30),
        f"{prose(3, 20)}\n\n{prose(1)}\n\n{prose(4, 20)}",
    ],
    ids=["layout", "title", "boilerplate", "truncated", "paragraph removed", "words", "own lead and tail"],
)
def test_an_edited_copy_is_found(copy: str) -> None:
    assert copies(prose(1), copy)


def test_other_texts_are_no_copies() -> None:
    assert not copies(prose(1), prose(2))
    assert compare(sketched(prose(1)).signature, sketched(prose(2)).signature) is None
    assert shares(sketched(prose(1)), sketched(prose(1))) == (1.0, 1.0)


def test_a_shared_disclaimer_makes_no_copy() -> None:
    assert not copies(f"{prose(1, 40)} {DISCLAIMER}", f"{prose(2, 40)} {DISCLAIMER}")
    assert not copies(f"{DISCLAIMER} {prose(1, 40)}", f"{DISCLAIMER} {prose(2, 40)}")
    assert not copies(f"{prose(1, 40)} {DISCLAIMER}", f"{DISCLAIMER} {prose(2, 40)}")


def test_a_shared_background_makes_no_copy() -> None:
    assert not copies(f"{prose(1, 300)} {prose(3, 200)}", f"{prose(2, 300)} {prose(3, 200)}")


def test_a_form_with_other_figures_is_no_copy() -> None:
    form = (
        "the day begins at {} degrees and the wind in the valley comes from the west at {} kilometres an hour while it"
        " is {} degrees by noon and drivers should expect fog on the bridges where {} accidents were counted last year"
    )
    assert not copies(form.format(3, 12, 15, 220), form.format(7, 30, 21, 198))
    assert copies(form.format(3, 12, 15, 220), form.format(3, 12, 15, 220) + " says the office")


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    random = Random(5)  # noqa: S311 - the same text in every run is wanted
    text, other = ("".join(chr(random.randint(0x4E00, 0x9000)) for _ in range(200)) for _ in range(2))
    assert copies(text, f"{text[:90]}阅读全文")
    assert copies(text, text[:60] + text[70:])
    assert not copies(text, other)


def test_vowel_signs_and_invisible_characters_part_no_words() -> None:
    words = [f"كتاب{number}" for number in range(60)]
    voweled = " ".join(word.replace("ت", "تَ\u200f") for word in words)
    assert shares(sketched(" ".join(words)), sketched(voweled)) == (1.0, 1.0)


def test_too_short_a_text_has_no_sketch() -> None:
    assert sketch("") is None
    assert sketch(prose(1, 29)) is None
    assert sketch(prose(1, 30)) is not None
    assert sketch("again and again " * 100) is None


def test_a_sketch_is_small_and_versioned() -> None:
    found = sketched(prose(1, 2000))
    assert len(found.bands) == BANDS
    assert {band >> 56 for band in found.bands} == {SKETCH_VERSION}
    assert all(0 < band < 1 << 63 for band in found.bands)
    assert len(found.signature) == 645
    of_later_version = bytes([SKETCH_VERSION + 1]) + found.signature[1:]
    assert not alike(found.signature, of_later_version)


def test_a_sketch_is_the_same_in_every_process() -> None:
    """Stored sketches are compared for years: a change of these values needs a new ``SKETCH_VERSION``."""
    code = "from tests.test_resemblance import *; print(sketched(prose(1)).bands[:2])"
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "[72132178678171103, 72176549975949207]"


@pytest.mark.parametrize("unit", ["word ", "слово", "\ufdfa", "語", "\u0301", "a1 ", "\ud800 x", "İ"])
def test_two_megabytes_take_no_time(unit: str) -> None:
    start = process_time()
    sketch(unit * (2_000_000 // len(unit)))
    assert process_time() - start < 1.0


texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*WORDS, "12", "語学", "ไทย", "\n\n", "e\u0301"]), max_size=200).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_any_texts_are_compared_the_same_both_ways(first: str, second: str) -> None:
    one, other = sketch(first), sketch(second)
    if one and other:
        assert alike(one.signature, other.signature) is alike(other.signature, one.signature)
        assert sorted(shares(one, other)) == sorted(shares(other, one))
    if one:
        assert alike(one.signature, one.signature)
        assert shares(one, one) == (1.0, 1.0)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=40, max_size=200), st.data())
def test_parts_of_one_text_are_compared_the_same_both_ways(words: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(4)))
    quarter = len(words) // 4
    moved = [word for part in order for word in words[part * quarter : (part + 1) * quarter]]
    one, other = sketch(" ".join(words)), sketch(" ".join(moved))
    if one and other:
        assert alike(one.signature, other.signature) is alike(other.signature, one.signature)
        assert sorted(shares(one, other)) == sorted(shares(other, one))
