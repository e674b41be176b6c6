"""Names out of bylines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.names import MAX_NAME, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("admin", ["admin"]),
        ("Posted on December 3, 2025 By admin", ["admin"]),
        ("Posted by: Jane Doe and John Roe, Staff Writers", ["Jane Doe", "John Roe"]),
        ("Jane Doe, Senior Editor", ["Jane Doe"]),
        ("Jane Doe, John Roe & Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Smith & Sons", ["Smith & Sons"]),
        ("Jane Doe on October 26, 2016", ["Jane Doe"]),
        ("Posted by, Jane Doe on October 26, 2016", ["Jane Doe"]),
        ("Jane Doe (Content Manager)", ["Jane Doe"]),
        ("View all posts by Jane Doe", ["Jane Doe"]),
        ("Alle Artikel von Jana Reh", ["Jana Reh"]),
        ("von Jana Reh", ["Jana Reh"]),
        ("Von Miller", ["Von Miller"]),
        ("Di Maria", ["Di Maria"]),
        ("Autor: Jana Reh", ["Jana Reh"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("文：王小明", ["王小明"]),
        ("작성자 김철수", ["김철수"]),
        ("Par Zoé Léger et Luc Roy", ["Zoé Léger", "Luc Roy"]),
        ("Hana O'Neil-Kobayashi", ["Hana O'Neil-Kobayashi"]),
        ("Dr. Jane Doe, PhD", ["Dr. Jane Doe"]),
        ("May Jansen", ["May Jansen"]),
        ("By May Smith May 5, 2025", ["May Smith"]),
        ("Staff Writer", ["Staff Writer"]),
        ("Jane Doe | John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe jane@news.example", ["Jane Doe"]),
        ("Jane Doe @janedoe", ["Jane Doe"]),
        ("By Jane Doe In Town January 25, 2025 2 min read", ["Jane Doe"]),
        ("jane@news.example", []),
        ("https://facebook.com/jane", []),
        ("By", []),
        ("December 3, 2025", []),
        ("3 min read", []),
        ("257 Artikel", []),
        ("12 Comments", []),
        ("", []),
        ("Share", []),
        ("A sentence that goes on and on and is certainly not the name of any person who writes", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@given(st.text(max_size=300))
def test_any_text_gives_short_distinct_names(text: str) -> None:
    names = names_in(text)
    assert len(names) == len(set(names))
    assert all(1 < len(name) <= MAX_NAME for name in names)
