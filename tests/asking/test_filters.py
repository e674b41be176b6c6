"""Filters as queries: what they mean, and that what was typed stays a value."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.asking.filters import Filters, Query, article_query
from crawler.asking.terms import LONGEST, terms_of

SINCE = datetime(2025, 3, 1, tzinfo=UTC)
UNTIL = datetime(2025, 3, 31, tzinfo=UTC)

OPERATORS = {"$gte", "$lte", "$gt", "$in", "$exists", "$regex", "$options", "$and", "$or", "$text", "$search"}
FIELDS = {
    "site", "categories", "tags", "authors", "language", "story_id", "title", "text", "revision",
    "last_change.kind",
    "published_at", "first_seen_at", "last_changed_at", "gone_at",
}  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        (Filters(), {}),
        (Filters(sites=("a.example",)), {"site": "a.example"}),
        (Filters(sites=("a.example", "b.example")), {"site": {"$in": ["a.example", "b.example"]}}),
        (Filters(since=SINCE, until=UNTIL), {"published_at": {"$gte": SINCE, "$lte": UNTIL}}),
        (Filters(dated="new", since=SINCE), {"first_seen_at": {"$gte": SINCE}}),
        (
            Filters(dated="changed", until=UNTIL),
            {"last_changed_at": {"$lte": UNTIL}, "revision": {"$gt": 0}, "last_change.kind": {"$ne": "added"}},
        ),
        (Filters(dated="changed"), {"revision": {"$gt": 0}, "last_change.kind": {"$ne": "added"}}),
        (Filters(dated="gone"), {"gone_at": {"$exists": True}}),
        (Filters(dated="gone", since=SINCE), {"gone_at": {"$gte": SINCE}}),
        (Filters(categories=("A",), tags=("b", "c")), {"categories": "A", "tags": {"$in": ["b", "c"]}}),
        (Filters(language="pt-BR"), {"language": {"$regex": "^pt-BR(-|$)", "$options": "i"}}),
        (Filters(story="0" * 24), {"story_id": "0" * 24}),
    ],
)
def test_what_they_mean(filters: Filters, query: Query) -> None:
    assert article_query(filters, text_index=False) == query


def test_words_with_a_text_index_are_phrases_so_that_all_are_wanted() -> None:
    filters = Filters(terms=("bridge", "old mill", "back\\"))
    assert article_query(filters, text_index=True) == {"$text": {"$search": '"bridge" "old mill" "back "'}}


def test_words_without_one_are_parts_of_title_or_text() -> None:
    query = article_query(Filters(terms=("a.b", "old mill")), text_index=False)
    assert query == {
        "$and": [
            {"$or": [{"title": {"$regex": r"a\.b", "$options": "i"}}, {"text": {"$regex": r"a\.b", "$options": "i"}}]},
            {
                "$or": [
                    {"title": {"$regex": r"old\s+mill", "$options": "i"}},
                    {"text": {"$regex": r"old\s+mill", "$options": "i"}},
                ]
            },
        ]
    }


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("bridge", ("bridge",)),
        ("bridge  mill bridge", ("bridge", "mill")),
        ('the "old   mill" bridge', ("the", "old mill", "bridge")),
        ('"old mill', ("old mill",)),
        ('""x', ("x",)),
        ("- & bridge", ("bridge",)),
        ("Bru\u0308cke", ("Brücke",)),
        ("a\x00b", ("a", "b")),
        ("-mill", ("-mill",)),
    ],
)
def test_what_is_typed_as_terms(typed: str, terms: tuple[str, ...]) -> None:
    assert terms_of(typed) == terms


@pytest.mark.parametrize("typed", ["", " ", '""', "...", "x" * (LONGEST + 1)])
def test_what_has_no_terms(typed: str) -> None:
    with pytest.raises(ValueError, match="search for"):
        terms_of(typed)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"since": UNTIL, "until": SINCE}, "later than"),
        ({"language": ".*"}, "no language"),
        ({"language": "en\n"}, "no language"),
        ({"story": "x"}, "no story"),
    ],
)
def test_what_cannot_be_meant(told: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Filters(**told)


def _keys(value: Any) -> Iterator[str]:
    for key, part in value.items() if isinstance(value, dict) else ():
        yield key
        yield from _keys(part)
    for part in value if isinstance(value, list) else ():
        yield from _keys(part)


_TYPED = st.text(max_size=40) | st.sampled_from(["$where", '{"$gt": ""}', "a.*", "$title", "sleep(1)", "(?=(a+)+)b"])


@settings(max_examples=50)
@given(names=st.lists(_TYPED, max_size=3).map(tuple), search=_TYPED, text_index=st.booleans())
def test_what_was_typed_is_never_an_operator(names: tuple[str, ...], search: str, text_index: bool) -> None:
    try:
        terms = terms_of(search)
    except ValueError:
        terms = ()
    filters = Filters(sites=names, categories=names, tags=names, authors=names, terms=terms)
    query = article_query(filters, text_index=text_index)
    assert set(_keys(query)) <= OPERATORS | FIELDS


@given(search=st.text(min_size=1, max_size=40))
def test_an_expression_matches_what_was_typed(search: str) -> None:
    try:
        terms = terms_of(search)
    except ValueError:
        return
    for term in terms:
        [both] = article_query(Filters(terms=(term,)), text_index=False)["$and"]
        expression = re.compile(both["$or"][0]["title"]["$regex"], re.IGNORECASE)
        assert expression.search(f"before {term} after")
        assert expression.search(f"before\n{term.replace(' ', chr(10))}")
