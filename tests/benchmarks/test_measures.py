"""The measures give the figures that their definitions say."""

import pytest

from benchmarks.reading.figures import Grades, figures, worst
from benchmarks.reading.measures import (
    Grade,
    authors_grade,
    body_overlap,
    date_grade,
    names,
    overlap,
    plain,
    terms_grade,
    title_grade,
)

RIGHT, NEAR, WRONG, ABSENT = (
    Grade(exact=True, close=True, given=True),
    Grade(exact=False, close=True, given=True),
    Grade(exact=False, close=False, given=True),
    Grade(exact=False, close=False, given=False),
)


def test_bodies_are_compared_by_runs_of_four_words() -> None:
    assert body_overlap("a b c d e", "a b c d e") == (1.0, 1.0, 1.0)
    assert body_overlap("a b c d e", "a b c d x") == (0.5, 0.5, 0.5)
    assert body_overlap("a b c d", "") == (None, 0.0, 0.0)
    assert body_overlap("", "") == (None, None, 1.0)
    assert body_overlap("two words", "two words").f1 == 1.0
    assert body_overlap("two bro\u00adken words", "two broken words").f1 == 1.0  # a soft hyphen parts none


def test_repetitions_count() -> None:
    assert overlap("aabb", "ab") == (1.0, 0.5, 2 / 3)


@pytest.mark.parametrize(
    ("answer", "grade"),
    [
        ("The “new” bridge – open…", RIGHT),
        ('the "new" bridge - open...', RIGHT),
        ("The new bridge - opens", NEAR),
        ("The “new” bridge – open… - Kestrel Ledger", WRONG),
        ("", ABSENT),
    ],
)
def test_titles(answer: str, grade: Grade) -> None:
    assert title_grade("The “new” bridge – open…", answer) == grade


@pytest.mark.parametrize(
    ("answer", "grade"),
    [
        (["Ana Ruíz", "Tom Ford"], RIGHT),
        (["By Tom Ford and Ana Ruiz"], RIGHT),
        (["Tom Ford"], NEAR),
        (["Admin"], WRONG),
        ([], ABSENT),
    ],
)
def test_authors(answer: list[str], grade: Grade) -> None:
    assert authors_grade(["Ana Ruiz", "Tom Ford"], answer) == grade


def test_names_are_parted_and_bare() -> None:
    assert names(["Von Jürgen Groß", "Ana, PhD & Editor"]) == ["jurgen groß", "ana"]


def test_dates_are_compared_by_the_day() -> None:
    assert date_grade("2024-03-01", "2024-03-01T23:59:00+00:00") == RIGHT
    assert date_grade("2024-03-01", "2024-02-29") == NEAR
    assert date_grade("2024-03-01", "2024-02-28") == WRONG
    assert date_grade("2024-03-01", "2024-13-01") == ABSENT


def test_terms_are_sets() -> None:
    assert terms_grade(["News", "Town"], ["#town", "NEWS"]) == (RIGHT, (1.0, 1.0, 1.0))
    assert terms_grade(["News", "Town"], ["Town"])[0] == NEAR
    assert terms_grade(["News"], [])[0] == ABSENT


def test_plain_text_has_no_invisible_signs() -> None:
    assert plain("  Caf\u00e9\u00a0\u201cX\u201d\u00ad ") == 'café "x'


def test_figures_of_a_part_and_its_worst_pages() -> None:
    grades = Grades(seconds=[0.001, 0.002, 0.009], snippets=[(1, 2, 1, 1)])
    grades.bodies += [("good", body_overlap("a b c d", "a b c d")), ("lost", body_overlap("a b c d", ""))]
    grades.add("title", "good", RIGHT)
    grades.add("title", "lost", NEAR)
    assert figures(grades) == {
        "body_f1": pytest.approx(2 / 3),
        "page_f1": 0.5,
        "body_good": 0.5,
        "body_bad": 0.5,
        "snippet_f1": 0.5,
        "title_exact": 0.5,
        "title_close": 1.0,
        "cpu_ms": 2.0,
    }
    assert worst(grades, 5) == {"body": [("lost", 0.0)], "title": [("lost", 0.5)]}
