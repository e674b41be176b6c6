"""What the report says of changes and stories: articles by name. Pure functions."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.asking.differences import Piece, differences
from crawler.asking.printable import printable
from crawler.redaction import redact
from crawler.report.articles import bars, name_of
from crawler.report.model import Changes, Edit, Stories, Story, Told
from crawler.story_report import span

Document = Mapping[str, Any]

NAMED = 10
"""Changes, articles that are gone, stories: so many of each."""

_MEMBERS = 6
"""Articles of a story that are named."""

_CONTEXT = 60
"""Characters of what is unchanged, before and after a change."""

_MOST = 900
"""Characters that are shown of what changed in a field."""


def told(article: Document, date: str, zone: ZoneInfo, later: str = "") -> Told:
    """An article by its name, with one of its dates."""
    url = article.get("url", "")
    return Told(
        name_of(article.get("title") or "Without a title"),
        redact(url) if urlsplit(url).scheme in ("http", "https") else None,
        article["site"], minute(article.get(date), zone), later,
    )  # fmt: skip


def minute(moment: datetime | None, zone: ZoneInfo) -> str:
    """A time on the wall clock of a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "-"


def changes(
    fields: Iterable[Document], pairs: Iterable[tuple[Document, Document]], gone: Iterable[Document], zone: ZoneInfo
) -> Changes:
    """What changed, how, and what is gone."""
    return Changes(
        bars([(str(group["_id"]), group["articles"]) for group in fields]),
        [_edit(before, after, zone) for before, after in pairs],
        [told(article, "gone_at", zone) for article in gone],
    )


def _edit(before: Document, after: Document, zone: ZoneInfo) -> Edit:
    published, changed = after.get("published_at"), after.get("last_changed_at")
    later = f"{span(max(changed - published, timedelta()))} after publication" if published and changed else ""
    shown = [(name, list(shortened(pieces))) for name, pieces in differences(before, after, before["changed"])]
    return Edit(told(after, "last_changed_at", zone, later), shown)


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What changed, with a little of what stands around it, and of much only the beginning."""
    room = _MOST
    for number, piece in enumerate(pieces):
        text = printable(piece.text)
        if piece.kind == "same":
            text = _middle_cut(text, is_first=number == 0, is_last=number == len(pieces) - 1)
        if len(text) > room:
            yield Piece(piece.kind, text[:room])
            yield Piece("left_out", " … and more")
            return
        room -= len(text)
        yield Piece(piece.kind, text)


def _middle_cut(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * _CONTEXT + 3:
        return text
    before = "" if is_first else text[:_CONTEXT].rpartition(" ")[0]
    after = "" if is_last else text[-_CONTEXT:].partition(" ")[2]
    return f"{before} … {after}"


def stories(found: Iterable[Document], zone: ZoneInfo) -> Stories:
    """Of stories as ``story_report.told`` gives them, as many as there are: what is kept does not grow with them."""
    by_sites: Counter[int] = Counter()
    first: Counter[str] = Counter()
    largest: list[tuple[int, int, int, Document]] = []
    for number, story in enumerate(found):
        by_sites[len(story["sites"])] += 1
        if len(story["sites"]) > 1:
            first[story["sites"][0]] += 1
        ranked = (len(story["sites"]), len(story["articles"]), -number, story)
        (heapq.heappush if len(largest) < NAMED else heapq.heappushpop)(largest, ranked)
    return Stories(
        bars([("1 site" if sites == 1 else f"{sites} sites", count) for sites, count in sorted(by_sites.items())]),
        bars(first.most_common(NAMED)),
        [_story(story, zone) for *_, story in sorted(largest, reverse=True)],
    )


def _story(story: Document, zone: ZoneInfo) -> Story:
    articles = story["articles"]
    begin = articles[0].get("published_at")
    shown = [told(article, "published_at", zone, _later(begin, article)) for article in articles[:_MEMBERS]]
    return Story(len(story["sites"]), shown, len(articles) - len(shown))


def _later(begin: datetime | None, article: Document) -> str:
    published = article.get("published_at")
    return f"+{span(max(published - begin, timedelta()))}" if begin and published else ""
