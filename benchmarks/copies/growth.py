"""How the search grows with the number of articles: bytes, candidates and time of each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import count
from random import Random
from time import process_time

from benchmarks.copies.figures import MOST
from benchmarks.copies.methods import LEAST
from benchmarks.copies.writer import LANGUAGES, Draft, Reporter
from crawler.resemblance import Sketch, alike, sketch

_EVERY = 4
"""One text of so many is the one before, with another end."""


@dataclass(slots=True)
class _Articles:
    """An index in memory, and what it took since it was last asked."""

    holders: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    signatures: list[bytes] = field(default_factory=list)
    costs: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        start = process_time()
        found = sketch(text)
        sketched = process_time()
        if found is None:
            return
        near = self._near(found)
        searched = process_time()
        copies = sum(alike(found.signature, self.signatures[number]) for number in near)
        self._count(sketched - start, process_time() - searched, len(near), copies, found)
        for band in found.bands:
            self.holders[band].append(len(self.signatures))
        self.signatures.append(found.signature)

    def row(self) -> str:
        """A line of the table, each figure per article since the last line."""
        each = self.costs["articles"]
        figures = [self.costs[name] / each for name in ("sketch", "decisions", "candidates", "copies", "bytes")]
        self.costs = Counter()
        return f"| {len(self.signatures):,} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |"

    def _near(self, found: Sketch) -> list[int]:
        common = Counter(number for band in found.bands for number in self.holders.get(band, ()))
        return nlargest(
            MOST, (each for each in common if common[each] >= LEAST), key=lambda each: (common[each], -each)
        )

    def _count(self, sketching: float, deciding: float, candidates: int, copies: int, found: Sketch) -> None:
        size = len(found.signature) + 8 * len(found.bands)
        self.costs.update(articles=1, candidates=candidates, copies=copies, bytes=size)
        self.costs["sketch"] += sketching * 1000  # type: ignore[assignment]
        self.costs["decisions"] += deciding * 1000  # type: ignore[assignment]


def growth(sizes: list[int]) -> Iterator[str]:
    """A table, a row for each size of one growing set: what each article cost since the row before."""
    yield "| articles | sketch, CPU ms | decisions, CPU ms | candidates | copies | bytes |\n|---|---|---|---|---|---|"
    articles, news = _Articles(), texts()
    for size in sorted(sizes):
        while len(articles.signatures) < size:
            articles.add(next(news))
        yield articles.row()


def texts() -> Iterator[str]:
    """News without end, the same in every run."""
    random = Random(0)  # noqa: S311 - the same set in every run is wanted
    last = Draft((), "")
    for number in count():
        reporter = Reporter(LANGUAGES[number // _EVERY % len(LANGUAGES)], random)
        if number % _EVERY:
            last = reporter.story(random.randint(8, 40))
            yield last.text
        else:
            yield f"{last.text}\n\n{reporter.sentence()}"
