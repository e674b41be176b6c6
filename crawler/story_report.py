"""A story as people and programs are told it. Pure functions on the documents of its articles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from crawler.stories import age

Document = dict[str, Any]

_TOLD = ("_id", "site", "url", "title", "published_at", "first_seen_at", "syndicated_from", "gone_at")


def told(articles: Iterable[Mapping[str, Any]], min_sites: int) -> Iterator[Document]:
    """Of articles sorted by story: each story that several tell, on so many sites or more, its first article first."""
    for story_id, members in groupby(articles, key=lambda article: article["story_id"]):
        in_order = sorted(members, key=age)
        sites = list(dict.fromkeys(str(member["site"]) for member in in_order))
        if len(in_order) > 1 and len(sites) >= min_sites:
            yield {"story_id": story_id, "sites": sites, "articles": [_article(member) for member in in_order]}


def lines(story: Document) -> list[str]:
    """A story for a terminal: its first article, then the copies with how much later each was published."""
    first, *copies = story["articles"]
    count = f"{len(copies) + 1} articles on {len(story['sites'])} site{'s' if len(story['sites']) > 1 else ''}"
    head = [f"{_time(first)}  {first.get('title', '-')}  ({count})", f"{'':18}{first['site']}  {first['url']}"]
    return head + [f"{_later(first, copy):>16}  {copy['site']}  {copy['url']}{_source(copy)}" for copy in copies]


def _article(member: Mapping[str, Any]) -> Document:
    return {name: member[name] for name in _TOLD if name in member}


def _time(article: Document) -> str:
    published = article.get("published_at")
    return f"{published:%Y-%m-%d %H:%M}" if published else f"{'-':<16}"


def _later(first: Document, copy: Document) -> str:
    moments: Sequence[datetime | None] = [first.get("published_at"), copy.get("published_at")]
    if moments[0] is None or moments[1] is None:
        return "-"
    return f"+{span(max(moments[1] - moments[0], timedelta()))}"


def span(time: timedelta) -> str:
    """So long, in its two largest units: ``3 d 4 h``, ``5 min``."""
    minutes = int(time.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _source(copy: Document) -> str:
    return f"  (names {copy['syndicated_from']})" if copy.get("syndicated_from") else ""
