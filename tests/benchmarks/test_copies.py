"""The labelled set is the same in every run, and on a small one of it copies are found and nothing else is."""

from collections import Counter

from benchmarks.copies.documents import documents
from benchmarks.copies.edits import EDITS, LIGHT
from benchmarks.copies.figures import Run, figures
from benchmarks.copies.methods import OURS, methods

STORIES = 4
LANGUAGES = 5


def test_the_set_is_made_the_same_again() -> None:
    made = documents(STORIES)
    assert made == documents(STORIES)
    assert made != documents(STORIES, seed=1)
    kinds = Counter(document.kind for document in made)
    assert {kinds[kind] for kind in EDITS} == {STORIES * LANGUAGES}
    assert kinds["event"] == 2 * STORIES * LANGUAGES


def test_copies_are_found_and_nothing_else_is() -> None:
    found = figures(Run(methods()[OURS], documents(STORIES)))
    assert {grade: found[grade] for grade in LIGHT} == {grade: {"recall": 1.0, "precision": 1.0} for grade in LIGHT}
    assert found["medium"]["recall"] >= 0.95
    assert found["wire"]["recall"] == 1.0
    assert {kind: values["wrong"] for kind, values in found.items() if "wrong" in values} == dict.fromkeys(
        ["event", "disclaimer", "background", "roundup", "horoscope", "weather", "rates", "lottery", "stocks"], 0.0
    )
    assert found["cost"]["bytes"] <= 850
