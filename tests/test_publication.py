"""Which time of publication holds when a stored post is read again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.changes import Document, decide_seen

from .examples import LATER, MUCH_LATER, a_document, stored

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REST: dict[str, Any] = {"source": {"route": "rest", "read_from": "rest"}}
PAGE: dict[str, Any] = {"source": {"route": "rest", "read_from": "page"}}


def told(precision: str | None, at: datetime = NOON) -> Document:
    """The fields of a publication; those of before there were precisions have none."""
    return {"published_at": at, "published_precision": precision}


def publication(document: Document) -> Document:
    """What a document says of it."""
    return {name: document.get(name) for name in ("published_at", "published_precision")}


@pytest.mark.parametrize("route", [REST, PAGE])
@pytest.mark.parametrize(
    ("was", "seen"),
    [
        (told("time", NOON - HOUR), told("day")),
        (told("time", NOON - HOUR), told("day", NOON + 3 * DAY)),
        (told("time", NOON - HOUR), told("age", NOON + 2 * HOUR)),
        (told(None, NOON - HOUR), told("day")),
        (told(None, NOON - HOUR), told("age")),
        (told("day"), told("age", NOON - HOUR)),
        (told("age"), told("age", NOON - 9 * HOUR)),
        (told("day"), told("day", NOON + 5 * HOUR)),
    ],
)
def test_a_vaguer_time_changes_nothing(was: Document, seen: Document, route: dict[str, Any]) -> None:
    decision = decide_seen(stored(**was), a_document(**seen, **route), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.set == {"last_seen_at": LATER}


@pytest.mark.parametrize("route", [REST, PAGE])
@pytest.mark.parametrize(
    ("was", "seen"),
    [
        (told("day"), told("time", NOON - 11 * HOUR)),
        (told("day"), told("time", NOON + 16 * HOUR)),
        (told("age"), told("time", NOON - 3 * DAY)),
        (told("age"), told("day", NOON - 3 * DAY)),
    ],
)
def test_a_sharper_time_of_the_same_publication_is_no_change(
    was: Document, seen: Document, route: dict[str, Any]
) -> None:
    decision = decide_seen(stored(**was), a_document(**seen, **route), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.revision is None
    assert decision.set.pop("grouping", "changed") in {"changed", "moved"}  # it may be the first of its story no longer
    assert decision.set == seen | {"last_seen_at": LATER}
    assert decide_seen(decision.document, a_document(**was, **route), MUCH_LATER).set == {"last_seen_at": MUCH_LATER}


@pytest.mark.parametrize(
    ("was", "seen"),
    [
        (told("day"), told("time", NOON + 3 * DAY)),
        (told("day"), told("day", NOON + DAY)),
        (told("time"), told("time", NOON + HOUR)),
        (told(None), told("time", NOON + HOUR)),
    ],
)
def test_another_day_or_another_time_is_a_change(was: Document, seen: Document) -> None:
    known = stored(**was)
    decision = decide_seen(known, a_document(**seen), LATER)
    assert decision.change.fields == ["published_at"]
    assert publication(decision.document) == seen
    assert decision.revision is not None
    assert publication(decision.revision) == publication(known)


def test_a_refinement_beside_an_edit_is_not_named_among_the_changes() -> None:
    known = stored(**told("day"))
    decision = decide_seen(known, a_document(title="B", **told("time", NOON + HOUR)), LATER)
    assert decision.change.fields == ["title"]
    assert publication(decision.document) == told("time", NOON + HOUR)
    assert publication(decision.revision or {}) == told("day")


def test_a_document_from_before_learns_that_its_time_is_exact() -> None:
    decision = decide_seen(stored(**told(None)), a_document(**told("time")), LATER)
    assert decision.change.kind == "unchanged"
    assert decision.set == {"published_precision": "time", "last_seen_at": LATER}


def test_what_had_no_time_takes_any() -> None:
    decision = decide_seen(stored(**told(None) | {"published_at": None}), a_document(**told("age")), LATER)
    assert publication(decision.document) == told("age")
