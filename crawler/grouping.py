"""Which articles have to be put to which story after some were added or changed. Pure functions on documents.

Decided in the order of age, since an article's story depends on older articles alone. What an article in its new place
does to younger ones: as the first of a story it takes its copies from stories that begin later, and the members of a
story that has lost its first look for another one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from heapq import heappop, heappush, nsmallest
from typing import NamedTuple

from crawler.stories import MOVED, Age, Document, Known, age, is_copy, is_long_enough, keys, story_fields

SHARED_RUNS = 2
"""So many of the sampled runs of words have copies in common; to share but one says little."""

COMPARED = 50
"""An article is compared with so many firsts of stories, and with so many copies, of those that have most in common."""

MOST_MOVED = 100
"""What would take more articles than that out of their stories is put off to the end of the run, when everything that
may take them further is there."""


class Place(NamedTuple):
    """Where an article belongs: the ``story_id``, ``duplicate_of`` and ``first_site`` it should have; None: absent."""

    article: Known
    fields: Document
    first: Known | None = None
    """The first article of the story, if that is another one."""


class Plan(NamedTuple):
    """What to write, in this order, so that what is left undone by a kill is found by doing it again."""

    members: list[Place]
    """Articles that change their story, or become the first of one."""
    unseated: list[Place]
    """Articles that were the first of a story, which has no members any more."""
    due: list[Place]

    def firsts(self) -> set[str]:
        """The stories in which articles end up."""
        return {str(place.fields["story_id"]) for part in self for place in part if place.fields["story_id"]}

    def ended(self) -> set[str]:
        """The stories whose first article has gone to another one."""
        places = [place for part in self for place in part]
        before = [(str(place.article["_id"]), place) for place in places]
        return {own for own, p in before if p.article.get("story_id") == own != p.fields["story_id"]}

    def premature(self) -> list[Known]:
        """New articles that take a story with very many members over, or belong to who does: where posts come newest
        first, and hundreds say the same, each would do so."""
        new = {str(p.article["_id"]): p for p in self.due if not p.article.get("story_id")}
        moved = Counter(place.fields["story_id"] for place in self.members if place.article.get("story_id"))
        takers = {own for own in new if moved[own] > MOST_MOVED}
        return [place.article for place in new.values() if place.fields["story_id"] in takers]

    def new_copies(self) -> list[Place]:
        """Articles that were no copies and now are."""
        places = [place for part in self for place in part]
        return [p for p in places if p.fields["duplicate_of"] and not p.article.get("duplicate_of")]


class Pool:
    """The articles among which it is decided."""

    def __init__(self) -> None:
        self.articles: dict[str, Known] = {}
        self.explored: set[str] = set()
        """Articles of which everything that may be a copy is here."""
        self.opened: set[str] = set()
        """Stories of which every member is here."""
        self._holders: defaultdict[int | str, list[str]] = defaultdict(list)
        self._shared: dict[tuple[int | str, ...], Counter[str]] = {}
        self._decided: dict[frozenset[str], bool] = {}

    def add(self, articles: Iterable[Known]) -> None:
        """More articles; those that are here already stay as they are."""
        for article in articles:
            own = str(article["_id"])
            if own not in self.articles:
                self.articles[own] = article
                self._shared.clear()
                for key in keys(article):
                    self._holders[key].append(own)

    def headless(self) -> set[str]:
        """Stories whose first article is not here."""
        return {str(article["story_id"]) for article in self.articles.values() if article.get("story_id")} - set(
            self.articles
        )

    def resembling(self, own: str) -> dict[str, int]:
        """Every article here that may tell the same as this one, and how much of what is sampled it has in common."""
        shared, same = self._shared_with(tuple(keys(self.articles[own]))), self.articles[own].get("content_hash")
        return {
            other: count
            for other, count in shared.items()
            if other != own and (count >= SHARED_RUNS or self.articles[other].get("content_hash") == same)
        }

    def _shared_with(self, wanted: tuple[int | str, ...]) -> Counter[str]:
        """How many of these keys each article has; counted once for all that have the same ones."""
        if wanted not in self._shared:
            self._shared[wanted] = Counter(other for key in wanted for other in self._holders[key])
        return self._shared[wanted]

    def copies_of(self, own: str) -> list[str]:
        """Every article here that tells the same as this one."""
        return [other for other in self.resembling(own) if self.are_copies(own, other)]

    def are_copies(self, a: str, b: str) -> bool:
        """Decided once."""
        pair = frozenset((a, b))
        if pair not in self._decided:
            self._decided[pair] = is_copy(self.articles[a], self.articles[b])
        return self._decided[pair]


class Settling:
    """One pass over a pool: ``plan`` is right when nothing is left ``unexplored`` or ``unopened``."""

    def __init__(self, pool: Pool, due: Collection[str]) -> None:
        self.pool = pool
        self.due = due
        self.unexplored: set[str] = set()
        """Articles whose possible copies have to be added to the pool."""
        self.unopened: set[str] = set()
        """Stories whose members have to be added to the pool."""
        self._story = {own: article.get("story_id") for own, article in pool.articles.items()}
        self._ages = {own: age(article) for own, article in pool.articles.items()}
        self._loose: list[tuple[Age, str]] = []
        for own in {*due, *self._adrift()}:
            self._loosen(own)
        for first in pool.opened:
            has_ended = first not in due and self._story[first] != first
            if has_ended or (first in due and pool.articles[first].get("grouping") == MOVED):
                self._review_members(first)
        while self._loose:
            self._settle(heappop(self._loose)[1])

    def plan(self) -> Plan:
        """What is not where it belongs."""
        plan = Plan([], [], [])
        for own, article in self.pool.articles.items():
            place = self._place(own)
            if any(article.get(name) != value for name, value in place.fields.items()):
                is_unseated = self._was_first(own)
                (plan.due if own in self.due else plan.unseated if is_unseated else plan.members).append(place)
        return plan

    def _adrift(self) -> set[str]:
        """Copies without a story, or of one that has no first: another process is at them, or was killed."""
        adrift = {own for own, first in self._story.items() if first is None or self._story.get(first) != first}
        near = ((own, other) for own in self.due if own in self.pool.explored for other in self.pool.resembling(own))
        return {other for own, other in near if other in adrift and self.pool.are_copies(own, other)}

    def _was_first(self, own: str) -> bool:
        return self.pool.articles[own].get("story_id") == own

    def _loosen(self, own: str) -> None:
        """Its story has to be found anew."""
        self._story[own] = None
        heappush(self._loose, (self._ages[own], own))

    def _settle(self, own: str) -> None:
        if own not in self.pool.explored:
            self.unexplored.add(own)
            return
        others = self._nearest(own)
        older = [other for other in others if self._story[other] == other and self._ages[other] < self._ages[own]]
        firsts = (other for other in sorted(older, key=self._ages.__getitem__) if self.pool.are_copies(own, other))
        self._story[own] = next(firsts, own if is_long_enough(self.pool.articles[own]) else None)
        if self._story[own] == own:
            self._attract(own, others)
        if self._was_first(own):
            self._review_members(own)

    def _nearest(self, own: str) -> list[str]:
        """The firsts of stories that have most in common with an article, and the copies that have."""
        shared = self.pool.resembling(own)
        firsts = [other for other in shared if self._story[other] == other]
        copies = [other for other in shared if self._story[other] not in (other, None)]
        parts = [
            nsmallest(COMPARED, part, lambda other: (-shared[other], self._ages[other])) for part in (firsts, copies)
        ]
        return [*parts[0], *parts[1]]

    def _attract(self, own: str, others: Iterable[str]) -> None:
        """The first of a story takes its copies from stories that begin later; so do the copies themselves."""
        unseated = []
        for other in others:
            story = self._story[other]
            if story is not None and self._ages[own] < self._ages[story] and self.pool.are_copies(own, other):
                self._story[other] = own
                unseated += [other] if story == other else []
        for first in unseated:
            self._review_members(first)

    def _review_members(self, first: str) -> None:
        """Who is no copy of the first of its story, which was changed or is the first no longer, looks for another."""
        if first not in self.pool.opened:
            self.unopened.add(first)
            return
        for own in [own for own, story in self._story.items() if story == first and own != first]:
            stays = self._story[first] == first and self._ages[first] < self._ages[own]
            if not (stays and self.pool.are_copies(first, own)):
                self._loosen(own)

    def _place(self, own: str) -> Place:
        article, story = self.pool.articles[own], self._story[own]
        if story is None:
            return Place(article, dict.fromkeys(("story_id", "duplicate_of", "first_site")))
        first = self.pool.articles[story]
        if story == own:
            return Place(article, story_fields(first) | {"duplicate_of": None, "first_site": None})
        return Place(article, story_fields(first), first)
