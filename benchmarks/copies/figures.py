"""Recall and precision by grade, from the pairs that a method finds."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from heapq import nlargest
from statistics import fmean, median
from time import process_time

from benchmarks.copies.documents import ORIGINAL, Document
from benchmarks.copies.edits import EDITS, LIGHT
from benchmarks.copies.methods import Method, Sketched

Figures = dict[str, dict[str, float]]
"""Grade -> figure -> value."""
Pairs = list[tuple[int, int]]
MOST = 50
"""Candidates of a text that are looked at, those with the most keys in common first."""


class Run:
    """A method on a set: what it sketched, the pairs it found, the CPU time of both."""

    def __init__(self, method: Method, documents: Sequence[Document]) -> None:
        self.documents, self.least = documents, method.least
        self.sketch_seconds: list[float] = []
        self.sketches = [self._sketched(method, document.text) for document in documents]
        self.candidates = list(self._candidates())
        start = process_time()
        self.pairs: Pairs = [(i, j) for i, j in self.candidates if method.alike(self._kept(i), self._kept(j))]
        self.decision_seconds = process_time() - start

    def _sketched(self, method: Method, text: str) -> Sketched | None:
        start = process_time()
        found = method.sketch(text)
        self.sketch_seconds.append(process_time() - start)
        return found

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs with keys in common, the earlier first: for each text the earlier ones that share most with it."""
        holders: dict[Hashable, list[int]] = defaultdict(list)
        for number, found in enumerate(self.sketches):
            keys = found.keys if found else []
            common = Counter(earlier for key in keys for earlier in holders[key])
            enough = [each for each, count in common.items() if count >= self.least]
            yield from ((each, number) for each in nlargest(MOST, enough, key=lambda each: (common[each], -each)))
            for key in keys:
                holders[key].append(number)

    def _kept(self, number: int) -> object:
        found = self.sketches[number]
        return found and found.kept


def figures(run: Run) -> Figures:
    """Of each grade of copies ``recall`` and ``precision``; of each kind of negative ``wrong``; and the ``cost``."""
    kinds = list(dict.fromkeys(document.kind for document in run.documents))
    found = {kind: _grade(run, {kind}) for kind in kinds if kind in EDITS}
    found |= {"light": _grade(run, set(LIGHT)), "all": _all(run)}
    found |= {f"light-{language}": _grade(run, set(LIGHT), language) for language in _languages(run)}
    found |= {kind: {"wrong": _wrong(run, kind)} for kind in kinds if kind not in {ORIGINAL, *EDITS}}
    return found | {"cost": _cost(run)}


def reposted(run: Run) -> Figures:
    """Of texts whose stories come again and again: ``recall``, of those that were there before, and ``precision``."""
    judged = [number for number, found in enumerate(run.sketches) if found]
    first: dict[str, int] = {}
    for number in judged:
        first.setdefault(run.documents[number].story, number)
    again = {number for number in judged if first[run.documents[number].story] != number}
    right = [(i, j) for i, j in run.pairs if _one_story(run, i, j)]
    recalled = {j for _, j in right}
    return {"again": {"recall": len(recalled & again) / len(again), "precision": len(right) / len(run.pairs)}}


def _languages(run: Run) -> list[str]:
    return [language for language in dict.fromkeys(document.language for document in run.documents) if language]


def _grade(run: Run, kinds: set[str], language: str | None = None) -> dict[str, float]:
    """Recall: of the copies of these kinds, those found from their original. Precision: of the pairs found with such a
    copy, those that tell one story."""
    chosen = {
        number
        for number, document in enumerate(run.documents)
        if document.kind in kinds and language in (None, document.language)
    }
    pairs = [(i, j) for i, j in run.pairs if i in chosen or j in chosen]
    right = [(i, j) for i, j in pairs if _one_story(run, i, j)]
    recalled = {j for i, j in right if run.documents[i].kind == ORIGINAL and j in chosen}
    return {"recall": len(recalled) / len(chosen), "precision": len(right) / max(1, len(pairs))}


def _all(run: Run) -> dict[str, float]:
    """The same of all grades, and all that are no copies."""
    right = sum(_one_story(run, i, j) for i, j in run.pairs)
    return {"recall": _grade(run, set(EDITS))["recall"], "precision": right / max(1, len(run.pairs))}


def _wrong(run: Run, kind: str) -> float:
    """How many of the texts of this kind are taken for a copy of any other."""
    paired = {number for pair in run.pairs for number in pair}
    chosen = [number for number, document in enumerate(run.documents) if document.kind == kind]
    return sum(number in paired for number in chosen) / len(chosen)


def _one_story(run: Run, i: int, j: int) -> bool:
    return run.documents[i].story == run.documents[j].story


def _cost(run: Run) -> dict[str, float]:
    """Milliseconds of CPU and bytes per text; candidates that tell another story, per text."""
    count = len(run.documents)
    false = Counter(_one_story(run, i, j) for i, j in run.candidates)[False]
    return {
        "cpu_ms": median(run.sketch_seconds) * 1000,
        "decision_ms": run.decision_seconds * 1000 / max(1, len(run.candidates)),
        "bytes": fmean(found.size for found in run.sketches if found),
        "vain_candidates": false / count,
    }
