"""What a crawl may cost: the targets, and which of them a run missed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

NOTHING_NEW = 2
"""Requests of a crawl that finds nothing new."""
ONE_POST = 3
"""Requests of a crawl that finds one post that is new, or was edited in whatever way."""


def first_crawl(posts: int) -> float:
    """Requests of the first crawl of a site that offers its REST API."""
    return posts / 90 + 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One crawl: what it took and what it found."""

    what: str
    requests: int
    size: int
    """Bytes received, headers included."""
    cpu: float
    """Seconds of the crawler's process, its start included; the database's are not."""
    wall: float
    """Seconds."""
    found: int
    """Articles that were added, changed or gone."""
    expected: int
    """Articles that it was to find so."""
    most: float | None = None
    """Requests that it may take, where there is a target."""


def missed(costs: Iterable[Cost]) -> list[str]:
    """One line for each target that a crawl missed, and for each that did not find what there was."""
    return [line for cost in costs for line in _missed(cost)]


def _missed(cost: Cost) -> list[str]:
    lines = []
    if cost.most is not None and cost.requests > cost.most:
        lines.append(f"{cost.what}: {cost.requests} requests, the target is {cost.most:.1f}")
    if cost.found != cost.expected:
        lines.append(f"{cost.what}: found {cost.found} articles, expected {cost.expected}")
    return lines
