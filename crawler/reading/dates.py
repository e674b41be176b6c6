"""When a post was published and modified: UTC, from the page's own evidence, never from the clock."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.reading.datetext import Stamp, parse_machine_date, parse_shown_date
from crawler.reading.evidence import Candidate, Found, all_found
from crawler.reading.head import metas
from crawler.reading.headline import likely_headline
from crawler.reading.language import page_language
from crawler.reading.markup import class_list, having_class, having_class_like, having_itemprop, short_text, shown_text
from crawler.reading.page import Page, per_page
from crawler.reading.place import around_body, head_parts, in_body, is_elsewhere
from crawler.reading.structured import Node, article_node, page_node, values
from crawler.reading.urlparts import url_parts
from crawler.reading.zone import in_utc

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
_UPDATED = re.compile(
    r"^\W*(?:last\s+)?(?:updated|modified|edited|aktualisiert|actualizado|mis à jour|aggiornato|обновлено)\b",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")


def _stamp_in(texts: Iterator[str]) -> Stamp | None:
    return next((stamp for text in texts if (stamp := parse_machine_date(text))), None)


def _from_node(page: Page, node: Node | None, key: str) -> Stamp | None:
    return _stamp_in(str(value) for value in values(page, node or {}, key))


def _from_metas(page: Page, names: tuple[str, ...]) -> Stamp | None:
    return _stamp_in(content for name in names for content in metas(page).get(name, []))


def _is_updated(element: HtmlElement) -> bool:
    """Marked as the time of the last change alone (``time.updated``), as opposed to ``published updated``."""
    names = set(class_list(element))
    return bool(names & {"updated", "modified", "entry-modified-date", "post-modified"}) and not names & {
        "published",
        "entry-date",
    }


def _is_ours(page: Page, element: HtmlElement) -> bool:
    """In the post, its head or its body: themes print today's date elsewhere."""
    if is_elsewhere(page, element):
        return False
    return in_body(page, element) or bool(around_body(page, [element]))


def _times(page: Page, *, updated: bool) -> Iterator[HtmlElement]:
    """The ``time`` elements of the post, those marked as its date first."""
    own = [e for e in page.root.iter("time") if _is_updated(e) == updated and _is_ours(page, e)]
    marked = [e for e in own if {"published", "entry-date"} & set(class_list(e))]
    return iter([*marked, *(e for e in own if e not in marked)])


def _marked_time(page: Page) -> Stamp | None:
    """``time.entry-date.published``, as WordPress's own themes print it; hAtom's ``abbr.published[title]``."""
    marked = [
        e
        for e in having_class(page, "published", "entry-date", "dt-published")
        if not _is_updated(e) and not is_elsewhere(page, e)
    ]
    inner = [
        time for e in marked for time in [e, *e.iter("time")] if time.tag in ("time", "abbr") and not _is_updated(time)
    ]
    return _stamp_in((e.get("datetime") or e.get("title") or "") for e in inner)


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


@lru_cache(maxsize=16384)
def _names_date(name: str) -> bool:
    return (
        re.search(r"date|time(?!line|out)|publish|posted|meta|byline|info|post-?footer|dateline|calendar", name)
        is not None
    )


def _date_in(page: Page, elements: Iterable[HtmlElement], longest: int) -> Stamp | None:
    """The first date that one of these elements shows; not one that says it is of the last change."""
    for element in elements:
        text = short_text(element, longest)
        usable = len(text) > 5 and not _is_updated(element) and not _UPDATED.match(text)
        if usable and (stamp := parse_shown_date(text, page_language(page))):
            return stamp
    return None


def _shown_date(page: Page) -> Stamp | None:
    """In what the theme prints around the body under a class that speaks of a date; short texts before long ones."""
    named = around_body(page, having_class_like(page, _names_date))
    return _date_in(page, named, 60) or _date_in(page, named, 600)


def _shown_in_post(page: Page) -> Stamp | None:
    """In a line of meta data that a theme prints within the body's own element."""
    own = (e for e in having_class_like(page, _names_date) if _is_ours(page, e))
    return _date_in(page, own, 600)


def _shown_in_head(page: Page) -> Stamp | None:
    """Anywhere in the head of the post, the headline itself left out."""
    headline = likely_headline(page)
    parts = (e for part in head_parts(page) for e in part.iter("*") if e is not headline)
    return _date_in(page, parts, 150)


def _shown_time(page: Page) -> Stamp | None:
    texts = (shown_text(e) for e in _times(page, updated=False))
    return next((stamp for text in texts if (stamp := parse_shown_date(text[:100], page_language(page)))), None)


def _time_linking_here(page: Page) -> Stamp | None:
    """The ``time`` that a list of posts elsewhere on the page shows with a link to this very post."""
    own = page.url.rstrip("/")
    links = (
        a
        for time in page.root.iter("time")
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
    ("post date block", _block_time),
    ("JSON-LD datePublished of the page", lambda page: _from_node(page, page_node(page), "datePublished")),
    ("time element", _any_time),
    ("other meta tag", lambda page: _from_metas(page, _OTHER_METAS)),
    ("time linking here", _time_linking_here),
    ("time element's text", _shown_time),
    ("shown date", _shown_date),
    ("date in the head", _shown_in_head),
    ("day in the URL", _url_day),
    ("shown date in the post", _shown_in_post),
)

_MODIFIED: tuple[Candidate[Stamp], ...] = (
    ("JSON-LD dateModified", lambda page: _from_node(page, article_node(page), "dateModified")),
    ("article:modified_time", lambda page: _from_metas(page, _MODIFIED_METAS)),
    ("time.updated", lambda page: _stamp_in((e.get("datetime") or "") for e in _times(page, updated=True))),
    ("itemprop dateModified", lambda page: _itemprop(page, "datemodified")),
    ("JSON-LD dateModified of the page", lambda page: _from_node(page, page_node(page), "dateModified")),
)


@per_page
def published_at(page: Page) -> Found[datetime] | None:
    """When the post was published."""
    return _sharpest(page, _PUBLISHED)


@per_page
def modified_at(page: Page) -> Found[datetime] | None:
    """When the post was last modified, by what the page says."""
    return _sharpest(page, _MODIFIED)


def _sharpest(page: Page, candidates: tuple[Candidate[Stamp], ...]) -> Found[datetime] | None:
    """The most trusted date; where it lacks a zone or time of day, the first other one of that day that has them."""
    chosen: Found[Stamp] | None = None
    for found in all_found(page, candidates):
        chosen = chosen or found
        if found.value.when.tzinfo and found.value.timed and _same_moment(chosen.value, found.value):
            return Found(in_utc(page, found.value), found.evidence)
        if chosen.value.when.tzinfo and chosen.value.timed:
            break
    return Found(in_utc(page, chosen.value), chosen.evidence) if chosen else None


def _same_moment(rough: Stamp, sharp: Stamp) -> bool:
    """Whether a day, or a time without a zone, may be the same as a full date."""
    if rough.when.date() != sharp.when.date():
        return False
    return not rough.timed or rough.when.replace(tzinfo=None, second=0, microsecond=0) == sharp.when.replace(
        tzinfo=None, second=0, microsecond=0
    )
