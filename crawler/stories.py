"""One story and its copies: which articles tell the same, and which of them was first. Pure functions on documents.

A story is what hangs together by "is a copy of"; its id is that of its earliest article. Both depend on the articles
alone, never on the order in which they arrive. An article whose story has still to be found carries ``grouping``:
the ids of the articles and stories that have to be looked at for it, so that a killed merge is found and finished.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any, NamedTuple

from crawler.resemblance import SKETCH_VERSION, alike, sketch

Document = dict[str, Any]
Known = Mapping[str, Any]

MIN_WORDS = 20
"""Shorter texts ("Read more", a disclaimer) say the same without being copies."""

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_DECISIVE = ("content_hash", "word_count", "published_at", "published_precision", "url")
"""A difference in one of these may change the story of an article, or which article of it was the first."""


class Place(NamedTuple):
    """Where an article belongs: the ``story_id``, ``duplicate_of`` and ``first_site`` it should have; None: absent."""

    article: Known
    fields: Document


class Plan(NamedTuple):
    """What to write about the stories of some articles."""

    places: list[Place]
    """Articles that are not where they belong."""
    merges: dict[str, Known]
    """Stories that become part of another one, whole: by their ``story_id``, the first article of that one."""
    copies: list[tuple[Known, Known]]
    """Articles that were no copies and now are, with the first article of their story."""

    def stories(self) -> set[str]:
        """The stories in which articles end up."""
        placed = {place.fields["story_id"] for place in self.places if place.fields["story_id"]}
        return placed | {str(first["_id"]) for first in self.merges.values()}


def to_be_grouped(document: Known, known: Known | None = None) -> Document:
    """``sketch`` and ``grouping`` of an article whose story has to be found: nothing, if it stays as ``known`` was."""
    if known and _has_sketch(known) and all(document.get(name) == known.get(name) for name in _DECISIVE):
        return {}
    found = sketch(document.get("text") or "")
    waiting = dict.fromkeys([*(known or {}).get("grouping", ()), str(document["_id"])])
    return {"sketch": found._asdict() if found else {}, "grouping": list(waiting)}


def plan(nodes: Iterable[Known], found: Iterable[Known], heads: Mapping[str, Known]) -> Plan:
    """Where articles belong.

    ``nodes``: articles to place one by one. ``found``: articles of stories that stay whole, which have one of the
    ``keys`` of a node. ``heads``: the first articles of those stories, by story.
    """
    members = {str(node["_id"]): node for node in nodes}
    others = [other for other in found if str(other["_id"]) not in members]
    groups = _Groups()
    for node, other in _pairs(members.values(), others):
        ours, theirs = str(node["_id"]), str(other["_id"])
        if theirs not in members:
            theirs = other["story_id"]
        if groups.of(ours) != groups.of(theirs) and is_copy(node, other):
            groups.join(ours, theirs)
    return _plan_of(groups.gathered([*members, *heads]), members, heads)


def is_copy(a: Known, b: Known) -> bool:
    """Whether two articles tell the same: the same words, or nearly."""
    if a.get("content_hash") == b.get("content_hash"):
        return is_long_enough(a) and is_long_enough(b)
    ours, theirs = signature(a), signature(b)
    return ours is not None and theirs is not None and alike(ours, theirs)


def keys(article: Known) -> list[int | str]:
    """What an article has in common with each of its copies: at least one of these."""
    bands = (article.get("sketch") or {}).get("bands", ())
    return [*bands, article["content_hash"]] if is_long_enough(article) else []


def is_long_enough(article: Known) -> bool:
    """Whether it has a text that can be a copy."""
    return "content_hash" in article and (article.get("word_count") or 0) >= MIN_WORDS


def signature(article: Known) -> bytes | None:
    """What tells how much of its text another article has, if it is long enough."""
    value: bytes | None = (article.get("sketch") or {}).get("signature")
    return value


def age(article: Known) -> tuple[datetime, str]:
    """Least for the first: by publication, else by when it was first seen; of the same moment, by URL.

    Where the site states only the day, it counts as the end of that day: who states the time has it first.
    """
    published: datetime = article.get("published_at") or article.get("first_seen_at") or _END_OF_TIME
    if article.get("published_precision") in {"day", "age"}:
        published = published.replace(hour=23, minute=59, second=59)
    return published, article["url"]


def _has_sketch(known: Known) -> bool:
    """One of this version; an empty one says that the text is too short for one."""
    found = signature(known)
    return found[0] == SKETCH_VERSION if found else "sketch" in known


def _pairs(members: Iterable[Known], others: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Each member with each article that it has a key in common with, once."""
    by_key: dict[int | str, tuple[list[Known], list[Known]]] = defaultdict(lambda: ([], []))
    for place, articles in enumerate((members, others)):
        for article in articles:
            for key in keys(article):
                by_key[key][place].append(article)
    seen = set()
    for inside, outside in by_key.values():
        for a, b in product(inside, [*inside, *outside]):
            pair = (a["_id"], b["_id"])
            if a is not b and pair not in seen:
                seen |= {pair, pair[::-1]}
                yield a, b


def _plan_of(components: Iterable[list[str]], members: Mapping[str, Known], heads: Mapping[str, Known]) -> Plan:
    result = Plan([], {}, [])
    for component in components:
        articles = {key: members.get(key) or heads[key] for key in component}
        if not any(key in members for key in component):
            continue
        first = min(articles.values(), key=age)
        for key, article in articles.items():
            _place(result, key, article, first, is_member=key in members)
    return result


def _place(result: Plan, key: str, article: Known, first: Known, *, is_member: bool) -> None:
    wanted = _fields(article, first)
    if is_member and any(article.get(name) != value for name, value in wanted.items()):
        result.places.append(Place(article, wanted))
    if not is_member and article is not first:
        result.merges[key] = first
    if wanted["duplicate_of"] and not article.get("duplicate_of"):
        result.copies.append((article, first))


def _fields(article: Known, first: Known) -> Document:
    if not is_long_enough(article):
        return dict.fromkeys(("story_id", "duplicate_of", "first_site"))
    return (
        story_fields(first)
        if article is not first
        else story_fields(first) | {"duplicate_of": None, "first_site": None}
    )


def story_fields(first: Known) -> Document:
    """What a copy says of its story, whose first article this is."""
    return {"story_id": str(first["_id"]), "duplicate_of": str(first["_id"]), "first_site": first["site"]}


class _Groups:
    """Which ids hang together (a disjoint-set forest)."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The id that stands for the group of an id."""
        while (parent := self._parents.get(key, key)) != key:
            self._parents[key] = self._parents.get(parent, parent)
            key = parent
        return key

    def join(self, a: str, b: str) -> None:
        """Two ids and all that hang by them are one group."""
        self._parents[self.of(a)] = self.of(b)

    def gathered(self, ids: Iterable[str]) -> list[list[str]]:
        """These ids by group."""
        groups = defaultdict(list)
        for key in dict.fromkeys(ids):
            groups[self.of(key)].append(key)
        return list(groups.values())
