"""What a site saw of its crawlers, and what was wrong with it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(slots=True)
class Visit:
    """One request. Times in seconds, by the clock of the sites."""

    at: float
    worker: str
    token: int
    path: str
    until: float = 0.0


@dataclass(slots=True)
class Seen:
    """All requests of a site, in the order in which they came."""

    name: str
    visits: list[Visit] = field(default_factory=list)

    def problems(self, delay: float) -> Iterator[str]:
        """Two workers at once, a worker that came late, and requests that came too soon."""
        newest = 0
        for before, visit in pairwise([None, *self.visits]):
            if visit is None:
                continue
            if visit.token < newest:
                yield f"{self.name}: {visit.worker} asks with {visit.token} after {newest}: {visit.path}"
            newest = max(newest, visit.token)
            if before is None:
                continue
            if before.worker != visit.worker and visit.at < before.until:
                yield f"{self.name}: {before.worker} and {visit.worker} at the same time"
            if visit.at - before.at < delay:
                yield f"{self.name}: {visit.worker} {visit.at - before.at:.3f} s after {before.worker}: {visit.path}"

    def takeovers(self) -> Iterator[tuple[str, str, float, float]]:
        """From whom to whom, when the former was last seen, and how long the site waited then."""
        for before, visit in pairwise(self.visits):
            if before.token != visit.token:
                yield before.worker, visit.worker, before.at, visit.at - before.at

    def most_often(self) -> int:
        """How often the page was fetched that was fetched most."""
        counted: dict[str, int] = {}
        for visit in self.visits:
            if visit.path.startswith("/post-"):
                counted[visit.path] = counted.get(visit.path, 0) + 1
        return max(counted.values(), default=0)


def quantile(values: Sequence[float], share: float) -> float:
    """Of these values; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
