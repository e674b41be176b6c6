"""How fast articles were seen after their publication. Pure.

Only what was published after the first article of its site was seen counts: what the first crawl of a site finds is an
archive, and its age no delay.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from crawler.story_report import span

_BUCKETS = (
    ("under 1 min", 1), ("1 to 5 min", 5), ("5 to 15 min", 15), ("15 to 60 min", 60), ("1 to 3 h", 180),
    ("3 to 12 h", 720), ("12 to 24 h", 1440), ("longer", None),
)  # fmt: skip
"""Name, and up to which minute."""

_FINE = 1440
"""Longer delays are kept in hours, so that of a million articles no more than some thousand numbers are held."""


@dataclass(frozen=True, slots=True)
class SiteDelay:
    """How fast the articles of a site were seen."""

    site: str
    articles: int
    median: str
    most: str
    """Nine of ten were seen within that time."""


class Delays:
    """Delays of articles, in minutes, added up."""

    def __init__(self) -> None:
        self._by_site: dict[str, Counter[int]] = {}

    def add(self, site: str, told: Iterable[tuple[int, int]]) -> None:
        """Minutes, and how many articles had that delay; less than none is a clock that goes wrong, and none."""
        counted: Counter[int] = Counter()
        for minutes, articles in told:
            counted[_rounded(max(minutes, 0))] += articles
        if counted:
            self._by_site[site] = counted

    @property
    def articles(self) -> int:
        """How many were counted."""
        return sum(counted.total() for counted in self._by_site.values())

    def buckets(self) -> list[tuple[str, int]]:
        """How many were seen how fast."""
        counts = [0] * len(_BUCKETS)
        for minutes, articles in self._all().items():
            counts[next(i for i, (_, end) in enumerate(_BUCKETS) if end is None or minutes < end)] += articles
        return [(name, count) for (name, _), count in zip(_BUCKETS, counts, strict=True)]

    def total(self) -> SiteDelay | None:
        """Of all sites; None if nothing was counted."""
        return _site_delay("", self._all()) if self._by_site else None

    def sites(self, most: int) -> list[SiteDelay]:
        """Of those with the most articles, each."""
        largest = sorted(self._by_site.items(), key=lambda item: (-item[1].total(), item[0]))[:most]
        return [_site_delay(site, counted) for site, counted in largest]

    def _all(self) -> Counter[int]:
        everything: Counter[int] = Counter()
        for counted in self._by_site.values():
            everything.update(counted)
        return everything


def quantile(counted: Sequence[tuple[int, int]], part: float) -> int:
    """The smallest value that at least this part of all is not above; of pairs of value and number, by value."""
    wanted, so_far = part * sum(number for _, number in counted), 0
    for value, number in counted:
        so_far += number
        if so_far >= wanted:
            return value
    raise ValueError("no value, no quantile")


def _site_delay(site: str, counted: Counter[int]) -> SiteDelay:
    in_order = sorted(counted.items())
    median, most = (_words(quantile(in_order, part)) for part in (0.5, 0.9))
    return SiteDelay(site, counted.total(), median, most)


def _rounded(minutes: int) -> int:
    return minutes if minutes < _FINE else minutes // 60 * 60


def _words(minutes: int) -> str:
    return span(timedelta(minutes=minutes)) if minutes else "< 1 min"
