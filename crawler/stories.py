"""One story and its copies: which of the articles with the same text came first. Pure functions on documents."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from bson import ObjectId

MIN_WORDS = 20
"""Shorter texts ("Read more", a disclaimer) say the same without being copies."""

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def settle(members: Iterable[Mapping[str, Any]]) -> dict[ObjectId, dict[str, str | None]]:
    """For articles with a ``content_hash``: the ``story_id`` and ``duplicate_of`` that each should have and has not.

    Depends on the set alone, never on the order of arrival. ``None`` as a value: the field should be absent.
    """
    updates: dict[ObjectId, dict[str, str | None]] = {}
    by_hash = sorted(members, key=lambda member: str(member["content_hash"]))
    for _, group in groupby(by_hash, key=lambda member: member["content_hash"]):
        texts = list(group)
        copies = [member for member in texts if (member.get("word_count") or 0) >= MIN_WORDS]
        updates |= _settle_copies(copies)
        updates |= _leave([member for member in texts if member not in copies])
    return updates


def _settle_copies(copies: list[Mapping[str, Any]]) -> dict[ObjectId, dict[str, str | None]]:
    if not copies:
        return {}
    first = min(copies, key=_age)
    updates = {}
    for member in copies:
        wanted = {
            "story_id": str(first["_id"]),
            "duplicate_of": None if member is first else str(first["_id"]),
        }
        if any(member.get(name) != value for name, value in wanted.items()):
            updates[member["_id"]] = wanted
    return updates


def _leave(members: list[Mapping[str, Any]]) -> dict[ObjectId, dict[str, str | None]]:
    """An article whose text became too short tells no story any more."""
    return {m["_id"]: {"story_id": None, "duplicate_of": None} for m in members if m.get("story_id")}


def _age(member: Mapping[str, Any]) -> tuple[datetime, datetime, str]:
    seen: datetime = member.get("first_seen_at") or _END_OF_TIME
    return member.get("published_at") or seen, seen, str(member["_id"])
