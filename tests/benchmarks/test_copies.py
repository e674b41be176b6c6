"""The labelled set is the same in every run, and on a small one of it copies are found and nothing else is."""

from collections import Counter

import pytest

from benchmarks.copies import lookup as in_memory
from benchmarks.copies import stored as in_database
from benchmarks.copies.crowd import crowd
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


def cells(line: str) -> list[str]:
    """Of a row of a table."""
    return line.strip("| ").split(" | ")


def test_planted_copies_are_found_in_memory_and_in_a_database(
    mongodb_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_memory, "_SAMPLE", 40)
    _, row = in_memory.lookup([100])
    assert (cells(row)[0], cells(row)[4]) == ("100", "10 of 10, 0 wrong")
    monkeypatch.setattr(in_database, "_SAMPLE", 40)
    _, *rows = in_database.stored([60, 100], mongodb_uri)
    assert [(cells(row)[0], cells(row)[5]) for row in rows] == [
        ("60", "10 of 10, 0 wrong"),
        ("100", "10 of 10, 0 wrong"),
    ]
    assert 900 < int(cells(rows[0])[7]) < 1000  # bytes of a sketch


def test_a_crowd_that_shares_its_text_is_one_story_and_one_that_shares_an_end_is_none(mongodb_uri: str) -> None:
    _, *rows = crowd([20], mongodb_uri)
    assert [(cells(row)[0], cells(row)[-1]) for row in rows] == [("all", "1"), ("the end", "20")]
