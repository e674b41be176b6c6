"""What the posts that one crawl read have shown, in memory for as long as the crawl of a site lasts. No I/O."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heappush, heappushpop
from typing import NamedTuple

from crawler.items import Article

FIELDS = ("title", "text", "published_at", "authors", "categories", "images")
"""Fields of an article whose loss tells that a layout is not read any more."""

MOST_NEW = 100
"""New posts of one crawl that are remembered: the latest. What an archive of ten years shows is no news of a theme."""

_UNDATED = datetime.max.replace(tzinfo=UTC)
"""The place of a post without a date: among the latest, which is what new posts are."""


class Share(NamedTuple):
    """So many of so many."""

    shown: int
    of: int

    @property
    def part(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.shown / self.of if self.of else 0.0


class NewPost(NamedTuple):
    """A post that was not stored before; they sort by date, those of one date by when they were read."""

    published_at: datetime
    number: int
    shows: frozenset[str]
    url: str


@dataclass(slots=True)
class Again:
    """Posts that showed a field when they were read before, in the same way: how many of them do now."""

    shown: int = 0
    of: int = 0
    example: str | None = None
    """The URL of one that does not."""

    @property
    def share(self) -> Share:
        """As a share."""
        return Share(self.shown, self.of)


@dataclass(slots=True)
class Readings:
    """The readings of one crawl of a site, by the way of reading (``items.ReadFrom``)."""

    _new: dict[str, list[NewPost]] = field(default_factory=lambda: defaultdict(list))
    _again: dict[str, dict[str, Again]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Again)))
    _number: int = 0

    def saw(self, article: Article) -> None:
        """A post was read and stored. Other post types, and posts behind a password, show other things."""
        if article.change is None or article.type not in (None, "post") or article.access == "password":
            return
        if article.change.kind == "added":
            self._saw_new(article)
        elif article.change.kind != "gone" and article.lost is not None:
            self._saw_again(article, article.lost)

    def _saw_new(self, article: Article) -> None:
        self._number += 1
        post = NewPost(article.published_at or _UNDATED, self._number, shown_by(article), article.url)
        latest = self._new[article.source.read_from]
        if len(latest) < MOST_NEW:
            heappush(latest, post)
        else:
            heappushpop(latest, post)

    def _saw_again(self, article: Article, lost: list[str]) -> None:
        known = self._again[article.source.read_from]
        for name in shown_by(article):
            known[name].shown += 1
            known[name].of += 1
        for name in lost:
            known[name].of += 1
            known[name].example = article.url

    def kinds(self) -> Iterator[str]:
        """The ways in which posts were read."""
        yield from self._new.keys() | self._again.keys()

    def new(self, kind: str, since: datetime | None = None) -> list[NewPost]:
        """The latest new posts, the newest last; ``since``: without those that were published before."""
        return [post for post in sorted(self._new.get(kind, ())) if since is None or post.published_at >= since]

    def again(self, kind: str, name: str) -> Again:
        """What became of a field of the posts that were read before."""
        return self._again.get(kind, {}).get(name) or Again()


def shown_by(article: Article) -> frozenset[str]:
    """The fields that a reading shows."""
    return frozenset(name for name in FIELDS if getattr(article, name))
