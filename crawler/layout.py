"""Whether a site still shows what it used to: how many of its posts show each field, and since when they do not. Pure.

A new theme may write dates or names in a way that is not read. Then the field is missing from posts that had it, and
from new posts of a site that used to give it. Three things keep this from crying wolf. Like is compared with like:
pages with pages, answers of the REST API with such, entries of feeds with such. A field that a site never showed, or
shows now and then, is none that it has stopped showing. And what chance may do is not told: the share must have fallen
by half, over enough posts, beyond a strict level of Fisher's exact test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp, lgamma

from crawler.events import SiteEvent
from crawler.readings import FIELDS, Again, NewPost, Readings, Share

WINDOW = 24
"""New posts that are kept one by one; older ones are only counted."""

TAILS = (12, 24)
"""How many of the latest new posts are looked at. A few in a row without a byline are agency reports; a dozen are not,
where all had one, and two dozen are not, where every second had one."""

FEWEST_NOW = 8
"""Posts that tell anything, such as those of one crawl that showed the field when they were read before: from a few of
them editors may have removed it."""

FEWEST_BEFORE = 12
"""Readings that make a history."""

MOST_BEFORE = 400
"""Readings that do: beyond it the older half is forgotten, as sites change their ways."""

LEVEL = 1e-6
"""Of the test. A site with 20 posts a day is tested some 90,000 times a year, on samples that are nearly the same."""

LEFT = 0.5
"""A share that is more than this part of what it was is no broken layout, however sure the fall."""

BACK = 0.75
"""A share that is this part of what it was again is a recovery."""

OLD = timedelta(days=30)
"""A new post that is older than the crawl before by so much was found late, and shows what was usual in its time."""


@dataclass(slots=True, kw_only=True)
class Shown:
    """How many of the posts of a site, read in one way, show one field."""

    recent: str = ""
    """The latest new posts, the newest last: ``1`` for each that shows it, ``0`` for each that does not."""
    shown: int = 0
    of: int = 0
    """Of so many that were read before those, so many showed it; of a broken field, before it broke."""
    last_shown_at: datetime | None = None
    """When a crawl last read a post that shows it."""
    broken_since: datetime | None = None
    """While the site does not show it any more: ``last_shown_at``, where that is known."""
    example: str | None = None
    """The URL of a post without it, while it is broken."""
    recovered_at: datetime | None = None
    """When it was last found to be back."""

    @property
    def before(self) -> Share:
        """The history."""
        return Share(self.shown, self.of)

    @property
    def lately(self) -> Share:
        """Of the latest new posts; of the history where there were none since."""
        return _of(self.recent) if self.recent or self.broken_since else self.before


Layout = dict[str, dict[str, Shown]]
"""By way of reading (``items.ReadFrom``) and field of an article."""


def fell(now: Share, before: Share) -> bool:
    """Whether a share fell: by half at least, from a history that is long enough, and not by chance."""
    is_enough = now.of >= FEWEST_NOW and before.of >= FEWEST_BEFORE
    has_halved = bool(before.shown) and now.part <= LEFT * before.part
    return is_enough and has_halved and chance(now, before) < LEVEL


def chance(now: Share, before: Share) -> float:
    """How likely so few are, or fewer, if nothing changed: the one-sided exact test of Fisher (1935)."""
    all_shown, everything = now.shown + before.shown, now.of + before.of
    fewest = max(0, all_shown - before.of)
    total = _ways(everything, now.of)
    return min(
        1.0,
        sum(
            exp(_ways(all_shown, shown) + _ways(everything - all_shown, now.of - shown) - total)
            for shown in range(fewest, now.shown + 1)
        ),
    )


def judged(layout: Layout, readings: Readings, now: datetime, looked_at: datetime | None) -> Layout:
    """The layout after a crawl; ``looked_at``: when the one before looked."""
    after = {kind: dict(fields) for kind, fields in layout.items()}
    for kind in readings.kinds():
        known = after.setdefault(kind, {})
        new = readings.new(kind, looked_at - OLD if looked_at and known else None)
        for name in FIELDS:
            shown = known.get(name) or Shown()
            known[name] = _after(shown, _Seen(name, new, readings.again(kind, name)), now)
    return after


def layout_events(site: str, before: Layout, after: Layout, now: datetime) -> Iterator[SiteEvent]:
    """What broke: an event for each way of reading. Their ids are the same if a kill makes a crawl find it again."""
    for kind, fields in after.items():
        known = before.get(kind, {})
        new = [n for n, one in fields.items() if one.broken_since and not (n in known and known[n].broken_since)]
        if new:
            since = min(one.broken_since for name, one in fields.items() if name in new and one.broken_since)
            yield SiteEvent(
                id=f"{site}:layout_changed:{kind}:{','.join(new)}:{since.isoformat()}",
                type="site.layout_changed",
                at=now,
                site=site,
                fields=tuple(new),
                url=fields[new[0]].example,
            )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a crawl saw of one field."""

    name: str
    posts: Sequence[NewPost]
    again: Again

    @property
    def marks(self) -> str:
        """Of the new posts, as in ``Shown.recent``."""
        return "".join("1" if self.name in post.shows else "0" for post in self.posts)

    @property
    def is_shown(self) -> bool:
        """Whether any post showed it."""
        return bool(self.again.shown) or "1" in self.marks

    @property
    def example(self) -> str | None:
        """The latest post without it."""
        without = (post.url for post in reversed(self.posts) if self.name not in post.shows)
        return next(without, self.again.example)


def _after(shown: Shown, seen: _Seen, now: datetime) -> Shown:
    """One field after a crawl."""
    last_shown_at = now if seen.is_shown else shown.last_shown_at
    told = replace(shown, recent=shown.recent + seen.marks, last_shown_at=last_shown_at)
    if shown.broken_since:
        return _mended(told, now) if _is_back(told, seen) else replace(told, recent=told.recent[-WINDOW:])
    if not shown.of:  # the first posts are the history: nothing is known that they could be held against
        return _counted(told, len(told.recent))
    length = _broken_tail(told) if seen.marks else None
    if length is None and _fell_again(shown, seen.again):
        length = len(seen.marks)
    if length is None:
        return _counted(told, len(told.recent) - WINDOW)
    history = _counted(told, len(told.recent) - length)
    return replace(history, recent="", broken_since=last_shown_at or now, example=seen.example)


def _broken_tail(told: Shown) -> int | None:
    """How many of the latest new posts show that the field is lost; None if they do not."""
    for length in TAILS:
        if len(told.recent) >= length:
            earlier = _counted(told, len(told.recent) - length)
            if fell(_of(told.recent[-length:]), earlier.before):
                return length
    return None


def _fell_again(shown: Shown, again: Again) -> bool:
    """Whether the posts that were read again show it no more; only of a field that new posts used to show."""
    return fell(again.share, _counted(shown, len(shown.recent)).before)


def _is_back(told: Shown, seen: _Seen) -> bool:
    enough = BACK * told.before.part
    latest = told.recent[-TAILS[0] :]
    is_shown_again = seen.again.of >= FEWEST_NOW and seen.again.share.part >= enough
    return is_shown_again or (len(latest) == TAILS[0] and _of(latest).part >= enough)


def _mended(told: Shown, now: datetime) -> Shown:
    """What was read meanwhile is no history of what the site shows."""
    return replace(told, recent="", broken_since=None, example=None, recovered_at=now)


def _counted(told: Shown, number: int) -> Shown:
    """The earliest ``number`` of the recent ones become history."""
    if number <= 0:
        return told
    earlier = _of(told.recent[:number])
    shown, of = told.shown + earlier.shown, told.of + earlier.of
    if of > MOST_BEFORE:
        shown, of = shown // 2, of // 2
    return replace(told, recent=told.recent[number:], shown=shown, of=of)


def _of(marks: str) -> Share:
    return Share(marks.count("1"), len(marks))


def _ways(everything: int, chosen: int) -> float:
    """The logarithm of how many ways there are to choose; logarithms, as a crawl may read 50,000 posts again."""
    return lgamma(everything + 1) - lgamma(chosen + 1) - lgamma(everything - chosen + 1)
