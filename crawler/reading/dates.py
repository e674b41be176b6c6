"""When a post was published and modified: UTC, from the page's own evidence, never from the clock."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from crawler.items import Precision
from crawler.reading.dateorder import shown_stamp
from crawler.reading.datetext import Stamp, parse_machine_date
from crawler.reading.eventdates import is_of_event
from crawler.reading.evidence import Candidate, Found, all_found, first_found
from crawler.reading.head import metas
from crawler.reading.markup import class_list, having_class, having_itemprop, shown_text
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.place import is_elsewhere
from crawler.reading.showndates import (
    is_change,
    is_ours,
    shown_age,
    shown_before_body,
    shown_by_name,
    shown_change,
    shown_date,
    shown_in_head,
    shown_in_post,
    shown_with_label,
)
from crawler.reading.structured import Node, article_node, page_node, values
from crawler.reading.urlparts import url_parts
from crawler.reading.zone import in_utc, is_exact

_PUBLISHED_METAS = ("article:published_time", "article:published", "og:article:published_time", "og:published_time")
_OTHER_METAS = (
    "datepublished", "date.published", "publish-date", "publish_date", "pubdate", "publishdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "dcterms.date", "dc.date", "citation_publication_date", "article.published", "article.created", "date", "created",
    "rnews:datepublished", "bt:pubdate",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "article:modified", "last-modified", "datemodified",
    "dcterms.modified", "article:updated_time",
)  # fmt: skip
_URL_DAY = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")


def _stamp_in(texts: Iterator[str]) -> Stamp | None:
    return next((stamp for text in texts if (stamp := parse_machine_date(text))), None)


def _from_node(page: Page, node: Node | None, key: str) -> Stamp | None:
    return _stamp_in(str(value) for value in values(page, node or {}, key))


def _from_metas(page: Page, names: tuple[str, ...]) -> Stamp | None:
    return _stamp_in(content for name in names for content in metas(page).get(name, []))


def _times(page: Page, *, updated: bool) -> Iterator[HtmlElement]:
    """The ``time`` elements of the post, those marked as its date first."""
    times = (e for e in tagged(page, "time") if is_change(page, e) == updated and not is_of_event(e))
    own = (e for e in times if is_ours(page, e))
    return iter(sorted(own, key=lambda e: {"published", "entry-date"}.isdisjoint(class_list(e))))


def _marked_time(page: Page, *, updated: bool = False) -> Stamp | None:
    """``time.entry-date.published``, as WordPress's own themes print it; hAtom's ``abbr.published[title]``.

    Else, with ``updated``, the ``time.entry-date.updated`` that some themes print for it.
    """
    marked = [
        e
        for e in having_class(page, "published", "entry-date", "dt-published")
        if not is_change(page, e) and not is_elsewhere(page, e)
    ]
    inner = [time for e in marked for time in [e, *e.iter("time")] if time.tag in ("time", "abbr")]
    usable = (time for time in inner if not is_change(page, time) and _is_doubtful(time) == updated)
    return _stamp_in((e.get("datetime") or e.get("title") or "") for e in usable)


def _is_doubtful(time: HtmlElement) -> bool:
    names = class_list(time)
    return "updated" in names and "published" not in names


def _itemprop(page: Page, name: str) -> Stamp | None:
    own = (e for e in having_itemprop(page, name) if not is_elsewhere(page, e))
    return _stamp_in((e.get("content") or e.get("datetime") or "") for e in own)


def _block_time(page: Page) -> Stamp | None:
    blocks = (
        e
        for e in having_class(page, "wp-block-post-date")
        if not is_elsewhere(page, e) and "wp-block-post-date__modified-date" not in class_list(e)
    )
    return _stamp_in(time.get("datetime") or "" for e in blocks for time in e.iter("time"))


def _any_time(page: Page) -> Stamp | None:
    return _stamp_in((e.get("datetime") or "") for e in _times(page, updated=False))


def _shown_time(page: Page) -> Stamp | None:
    texts = (shown_text(e) for e in _times(page, updated=False))
    return next((stamp for text in texts if (stamp := shown_stamp(page, text[:100]))), None)


def _only_time(page: Page) -> Stamp | None:
    """Of the one ``time`` that the page has outside sidebars, lists and the like."""
    times = (e for e in tagged(page, "time") if not is_change(page, e) and not is_of_event(e))
    own = [e for e in times if not is_elsewhere(page, e)]
    return parse_machine_date(own[0].get("datetime") or "") if len(own) == 1 else None


def _time_linking_here(page: Page) -> Stamp | None:
    """The ``time`` that a list of posts elsewhere on the page shows with a link to this very post."""
    own = page.url.rstrip("/")
    links = (
        a
        for time in tagged(page, "time")
        if time.get("datetime")
        for a in [time.getparent()]
        if a is not None and a.tag == "a"
    )
    here = (a for a in links if (a.get("href") or "").rstrip("/") == own)
    return _stamp_in(time.get("datetime") or "" for a in here for time in a.iter("time"))


def _url_day(page: Page) -> Stamp | None:
    """The day of a dated permalink."""
    match = _URL_DAY.search(url_parts(page.url).path)
    return parse_machine_date("-".join(match.groups())) if match else None


_PUBLISHED: tuple[Candidate[Stamp], ...] = (
    ("JSON-LD datePublished", lambda page: _from_node(page, article_node(page), "datePublished")),
    ("article:published_time", lambda page: _from_metas(page, _PUBLISHED_METAS)),
    ("time.published", _marked_time),
    ("itemprop datePublished", lambda page: _itemprop(page, "datepublished")),
    ("time.entry-date.updated", lambda page: _marked_time(page, updated=True)),
    ("post date block", _block_time),
    ("JSON-LD datePublished of the page", lambda page: _from_node(page, page_node(page), "datePublished")),
    ("time element", _any_time),
    ("other meta tag", lambda page: _from_metas(page, _OTHER_METAS)),
    ("time linking here", _time_linking_here),
)
"""What may tell a zone."""

_SHOWN: tuple[Candidate[Stamp], ...] = (
    ("time element's text", _shown_time),
    ("shown date", shown_date),
    ("date in the head", shown_in_head),
    ("day in the URL", _url_day),
    ("shown date in the post", shown_in_post),
    ("date before the body", shown_before_body),
    ("only time element", _only_time),
    ("date with a label", shown_with_label),
    ("date by its class", shown_by_name),
)

_MODIFIED: tuple[Candidate[Stamp], ...] = (
    ("JSON-LD dateModified", lambda page: _from_node(page, article_node(page), "dateModified")),
    ("article:modified_time", lambda page: _from_metas(page, _MODIFIED_METAS)),
    ("time.updated", lambda page: _stamp_in((e.get("datetime") or "") for e in _times(page, updated=True))),
    ("itemprop dateModified", lambda page: _itemprop(page, "datemodified")),
    ("JSON-LD dateModified of the page", lambda page: _from_node(page, page_node(page), "dateModified")),
    ("shown date of the last change", lambda page: _not_before_publication(page, shown_change(page))),
)


def published_at(page: Page) -> Found[datetime] | None:
    """When the post was published; noon of a day without a time (see ``zone``), else counted back from its age."""
    stated = _stated(page)
    return Found(in_utc(page, stated.value), stated.evidence) if stated else _age(page)


def published_precision(page: Page) -> Found[Precision] | None:
    """How exactly the page tells that: a time in a zone that it does not show is sure of its day alone."""
    if stated := _stated(page):
        return Found("time" if is_exact(page, stated.value) else "day", stated.evidence)
    age = _age(page)
    return Found("age", age.evidence) if age else None


def modified_at(page: Page) -> Found[datetime] | None:
    """When the post was last modified, by what the page says; noon of a day without a time."""
    found = _sharpest(page, _MODIFIED)
    return Found(in_utc(page, found.value), found.evidence) if found else None


def _not_before_publication(page: Page, shown: Stamp | None) -> Stamp | None:
    """A shown change; none if it lies more than a day before the publication, which zones do not explain."""
    published = published_at(page) if shown else None
    return None if shown and published and in_utc(page, shown) < published.value - timedelta(days=1) else shown


@per_page
def _stated(page: Page) -> Found[Stamp] | None:
    """The date of publication as the page writes it."""
    return _sharpest(page, _PUBLISHED) or first_found(page, _SHOWN)


@per_page
def _age(page: Page) -> Found[datetime] | None:
    return first_found(page, (("age", shown_age),))


def _sharpest(page: Page, candidates: tuple[Candidate[Stamp], ...]) -> Found[Stamp] | None:
    """The most trusted date; where it lacks a zone or time of day, the first other one of that day that has them."""
    everything = all_found(page, candidates)
    chosen = next(everything, None)
    if chosen and _is_full(chosen.value):
        chosen = _of_two_offsets(chosen, everything)
    elif chosen:
        rough = chosen.value
        chosen = next((f for f in everything if _is_full(f.value) and _same_moment(rough, f.value)), chosen)
    return chosen


def _of_two_offsets(chosen: Found[Stamp], others: Iterator[Found[Stamp]]) -> Found[Stamp]:
    """The full date itself, unless the next one shows the same clock with another offset and a third is its instant.

    Plugins print a local time with the offset of UTC, or one in UTC with the site's offset; which it is shows where a
    third date, with an offset of its own, is the instant of one of the two.
    """
    rival = next(others, None)
    if not rival or not _is_full(rival.value) or rival.value.utc() == chosen.value.utc():
        return chosen
    if not _same_moment(chosen.value, rival.value):
        return chosen
    third = next((found.value for found in others if _confirms(found.value, chosen.value, rival.value)), None)
    return rival if third and third.utc() == rival.value.utc() else chosen


def _confirms(third: Stamp, *two: Stamp) -> bool:
    """Whether it is the instant of one of the two, and no mere copy of either."""
    offsets = {stamp.when.utcoffset() for stamp in two if stamp.utc() == third.utc()}
    return _is_full(third) and bool(offsets) and third.when.utcoffset() not in offsets


def _is_full(stamp: Stamp) -> bool:
    return stamp.timed and stamp.when.tzinfo is not None


def _same_moment(rough: Stamp, sharp: Stamp) -> bool:
    """Whether a day, or a time without a zone, may be the same as a full date."""
    if rough.when.date() != sharp.when.date():
        return False
    return not rough.timed or rough.when.replace(tzinfo=None, second=0, microsecond=0) == sharp.when.replace(
        tzinfo=None, second=0, microsecond=0
    )
