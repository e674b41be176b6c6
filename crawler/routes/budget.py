"""How many pages may yield nothing: what ends calendars, filters and soft 404s that no rule knows. Pure.

Posts cost nothing and earn more: a site is read whole whatever its permalinks look like. No URL is taken for that of
a post, or of none, by its shape. What is limited are pages that were read and led to no post, by the pattern that their
URLs share, for a trap makes its URLs by a pattern.
"""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from crawler.routes.candidates import Candidate, Role

PAGES_PER_PATTERN = 500
_POSTS_COUNT = 4
"""How many times as many may yield nothing of those that something names as posts: stale sitemaps have such."""
_SITE_COUNTS = 10
"""How many times as many of all patterns together: a trap may make patterns, too."""
_EARNED = 5
"""Further pages, for each that yields a post."""

_Pattern = tuple[str, bool]


@dataclass(slots=True)
class Budget:
    """Of one site in one run."""

    most: int = PAGES_PER_PATTERN
    """Pages of one pattern that may yield nothing."""
    _left: Counter[_Pattern] = field(default_factory=Counter)
    """What each pattern has earned, less what it has spent."""
    _left_of_all: int = 0

    def yields(self, candidate: Candidate) -> None:
        """Its page is a post that was not read before, or lists one."""
        self._left[_pattern(candidate)] += _EARNED
        self._left_of_all += _EARNED

    def yields_nothing(self, candidate: Candidate) -> None:
        """Its page was read, and is nothing new."""
        self._left[_pattern(candidate)] -= 1
        self._left_of_all -= not _is_named(candidate)

    def is_spent_for(self, candidate: Candidate) -> bool:
        """Whether too many pages like it were fetched for nothing."""
        if _is_named(candidate):
            return self._left[_pattern(candidate)] <= -self.most * _POSTS_COUNT
        is_spent = self._left[_pattern(candidate)] <= -self.most
        return is_spent or self._left_of_all <= -self.most * _SITE_COUNTS


def _is_named(candidate: Candidate) -> bool:
    """Whether something says that it is a post."""
    return candidate.role is Role.POST


def _pattern(candidate: Candidate) -> _Pattern:
    return url_pattern(candidate.url), _is_named(candidate)


def url_pattern(url: str) -> str:
    """What URLs made in the same way share: ``/tag/*/page/#``, ``/#/#/*``, ``/?p``.

    The first segment of several stays, and so do short words that many share (``page``); numbers are one, and slugs.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    shape = [_shape(segment, is_first=number == 0 < len(segments) - 1) for number, segment in enumerate(segments)]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(shape) + ("?" + "&".join(names) if names else "")


def _shape(segment: str, *, is_first: bool) -> str:
    if segment.isdecimal():
        return "#"
    return segment if is_first or segment == "page" else "*"
