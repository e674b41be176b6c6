"""When a post was published, by what the page shows to people: in the line under its headline, around its body."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice

from lxml.html import HtmlElement

from crawler.reading.ages import counted_back
from crawler.reading.body import body_container, main_post
from crawler.reading.datelabels import PUBLISHED, UPDATED
from crawler.reading.dateorder import shown_stamp, stamp_at_start
from crawler.reading.datetext import Stamp, parse_machine_date
from crawler.reading.eventdates import is_of_event
from crawler.reading.headline import likely_headline
from crawler.reading.language import page_language
from crawler.reading.markup import begins_like, class_list, having_class, having_class_like, short_text
from crawler.reading.page import Page, elements, per_page, tagged
from crawler.reading.place import around_body, head_parts, in_body, is_elsewhere, may_be_around_body
from crawler.reading.titledates import titled_date

_DATE_NAME = re.compile(r"date|time(?!line|out)|publish|posted|meta|byline|info|post-?footer|dateline|calendar")
_POST_DATE_NAME = re.compile(r"(?:post|entry|article|single|blog|story)[-_](?:meta[-_])?(?:date|time|published|info)")
_UPDATE_NAME = re.compile(
    r"(?:(?:post|entry|article|last|date)[-_])+(?:updated?|modified)|(?:updated?|modified)[-_](?:on|date|time)"
    r"|(?:[a-z0-9]{1,30}[-_]{1,2}){0,4}modified(?:[-_](?:on|date|time|info))?|(?:[a-z0-9]{1,30}[-_]{1,2}){1,4}updated"
)
_NEARBY = 40
"""Elements before the body, where the headline is not known, and at its top that are looked at."""


def is_updated(element: HtmlElement) -> bool:
    """Marked as the time of the last change alone (``time.updated``), as opposed to ``published updated``."""
    names = set(class_list(element))
    marks = set((element.get("itemprop") or "").lower().split())
    if "published" in names or "datepublished" in marks:
        return False
    if "datemodified" in marks or ("entry-date" not in names and (names & _MODIFIED_NAMES or _is_named_updated(names))):
        return True
    return element.tag == "time" and _is_said_updated(element)


def _is_named_updated(names: Iterable[str]) -> bool:
    return any(map(_names_update, names))


@lru_cache(maxsize=16384)
def _names_update(name: str) -> bool:
    return ("update" in name or "modified" in name) and _UPDATE_NAME.fullmatch(name) is not None


_MODIFIED_NAMES = {"updated", "modified", "entry-modified-date", "post-modified"}


def _is_said_updated(time: HtmlElement) -> bool:
    """Whether what holds this ``time`` and no other is named, or begins, as the time of the last change."""
    for above in islice(time.iterancestors(), 2):
        is_line = next(islice(above, _LINE, None), None) is None  # cheaper than to count thousands for each of them
        text = short_text(above, 100) if is_line else ""
        if not text or sum(1 for _ in above.iter("time")) > 1:
            return False
        if UPDATED.match(text) or _is_named_updated(class_list(above)):
            return True
    return False


@per_page
def _says_published(page: Page) -> bool:
    return any(not is_elsewhere(page, e) for e in having_class(page, "published", "dt-published"))


def is_change(page: Page, element: HtmlElement) -> bool:
    """Whether it is the time of the last change, by its own marks or since another is marked as that of publication.

    Alone, ``entry-date updated`` is the publication: hAtom asked for ``updated``, and themes have it on their one;
    not if it is hidden beside another that is shown.
    """
    return is_updated(element) or _is_updated_beside(page, element)


def _is_updated_beside(page: Page, element: HtmlElement) -> bool:
    names = class_list(element)
    if "updated" not in names or "published" in names:
        return False
    return _says_published(page) or (element.tag == "span" and any("hidden" in name for name in names))


@per_page
def _changes(page: Page) -> list[HtmlElement]:
    """What is marked as the time of the last change, ``time`` or not; ``updated`` alone is in doubt."""
    beside = [e for e in having_class(page, "updated") if _is_updated_beside(page, e)]
    return list(dict.fromkeys([*beside, *having_class_like(page, _names_change)]))[:_LINE]


@lru_cache(maxsize=16384)
def _names_change(name: str) -> bool:
    return name != "updated" and (name in _MODIFIED_NAMES or _names_update(name))


def is_ours(page: Page, element: HtmlElement) -> bool:
    """In the post, its head or its body: themes print today's date elsewhere."""
    if is_elsewhere(page, element):
        return False
    return in_body(page, element) or bool(around_body(page, [element]))


@lru_cache(maxsize=16384)
def _names_date(name: str) -> bool:
    return _DATE_NAME.search(name) is not None


def _date_in(page: Page, elements: Iterable[HtmlElement], longest: int) -> Stamp | None:
    """The first date that one of these elements shows; none behind a word that says it is of the last change."""
    for element in elements:
        text = UPDATED.split(_without_changes(page, element, longest), maxsplit=1)[0]
        usable = len(text) > 5 and not is_change(page, element)
        if (
            usable
            and (stamp := shown_stamp(page, text) or titled_date(page, element, text))
            and not is_of_event(element)
        ):
            return stamp
    return None


def _without_changes(page: Page, element: HtmlElement, longest: int) -> str:
    """A short text less what is marked in it as the time of the last change."""
    text = short_text(element, longest)
    for change in _changes(page) if text else ():
        if element in change.iterancestors():
            text = text.replace(short_text(change, longest), " ", 1)
    return text


def shown_date(page: Page) -> Stamp | None:
    """In what the theme prints around the body under a class that speaks of a date; short texts before long ones."""
    named = around_body(page, having_class_like(page, _names_date))
    return _date_in(page, named, 60) or _date_in(page, named, 600)


def shown_in_post(page: Page) -> Stamp | None:
    """In a line of meta data that a theme prints within the body's own element."""
    own = (e for e in having_class_like(page, _names_date) if is_ours(page, e))
    return _date_in(page, own, 600)


def shown_in_head(page: Page) -> Stamp | None:
    """Anywhere in the head of the post, the headline itself left out."""
    headline = likely_headline(page)
    parts = (e for part in head_parts(page) for e in part.iter("*") if e is not headline)
    return _date_in(page, parts, 150)


def shown_before_body(page: Page) -> Stamp | None:
    """In a short text between the headline and the body; without a headline, in the last texts before the body.

    Else in a still shorter one at the top of what was taken for the body: it may hold the line under the headline too.
    """
    body, headline = body_container(page), likely_headline(page)
    if body is None:
        return None
    order = elements(page)
    top = order.index(body)
    start = order.index(headline) + 1 if headline is not None else max(0, top - _NEARBY)
    lines = [e for e in order[start : top + _NEARBY] if len(e) < _LINE and not is_elsewhere(page, e)]
    before = [e for e in lines if not in_body(page, e)]
    return _date_in(page, before, 100) or _date_in(page, (e for e in lines if in_body(page, e)), 30)


_LINE = 12
"""Children; an element with more is no line of text."""


def shown_with_label(page: Page) -> Stamp | None:
    """In a line that says "Published on …", wherever in the post it stands."""
    lines = (e for e in tagged(page, "p", "div", "span", "li", "small", "em") if len(e) < _LINE)
    likely = (e for e in lines if not is_elsewhere(page, e) and begins_like(e, PUBLISHED, 150))
    said = (e for e in likely if PUBLISHED.match(short_text(e, 150)))
    own = (e for e in said if is_ours(page, e))
    return _date_in(page, islice(own, _LINE), 150)


def shown_change(page: Page) -> Stamp | None:
    """In what is marked as it, or in a line around the body that says "Last updated: …", there or in its midst."""
    marked = (short_text(e, 100) for e in _changes(page) if is_ours(page, e))
    texts = chain(marked, _lines_of_change(page), _ends_of_lines(page))
    stamps = (shown_stamp(page, UPDATED.sub("", text)) for text in texts if text)
    return next((stamp for stamp in stamps if stamp), None)


def _lines_of_change(page: Page) -> Iterator[str]:
    lines = (e for e in may_be_around_body(page, "p", "div", "span", "li", "small", "em", "time") if len(e) < _LINE)
    likely = (e for e in lines if begins_like(e, UPDATED, 100))
    said = ((e, text) for e in likely if UPDATED.match(text := short_text(e, 100)))
    return (text for e, text in islice(said, _LINE) if not is_elsewhere(page, e))


def _ends_of_lines(page: Page) -> Iterator[str]:
    """What begins with a date right behind such words, where another date stands before them, in the head."""
    for part in head_parts(page):
        for line in part.iter("p", "div", "span", "li"):
            text = short_text(line, 150) if len(line) < _LINE else ""
            label = UPDATED.search(text)
            if label and shown_stamp(page, text[: label.start()]):
                end = text[label.end() :][:_DATE_LENGTH]
                yield end if stamp_at_start(page, end) else ""


_DATE_LENGTH = 40
"""Characters of a date and time behind such words, at most."""


def shown_by_name(page: Page) -> Stamp | None:
    """Under a class such as ``post-date``, where neither headline nor post can be told from the rest of the page."""
    if likely_headline(page) is not None or main_post(page) is not None:
        return None
    named = (e for e in having_class_like(page, _names_post_date) if not is_elsewhere(page, e))
    return _date_in(page, named, 60)


@lru_cache(maxsize=16384)
def _names_post_date(name: str) -> bool:
    return _POST_DATE_NAME.match(name) is not None


_MOST_AGES = 12
"""Elements whose text is tried as an age: reading one is slow."""


def shown_age(page: Page) -> datetime | None:
    """Counted back from the answer's own clock (the ``Date`` header: RFC 9110, 6.6.1) by "2 days ago" around the body.

    Only in a short text that says nothing else, under a class that speaks of a date or in a ``time`` element.
    """
    answered = parse_machine_date(page.headers.get("date", ""))
    if not answered:
        return None
    named = around_body(page, [*page.root.iter("time"), *having_class_like(page, _names_date)])
    texts = (short_text(e, 60) for e in named if not is_change(page, e) and not is_of_event(e))
    ages = (PUBLISHED.sub("", text).strip(" :") for text in texts if text and not UPDATED.search(text))
    moments = (counted_back(age, page_language(page), answered.utc()) for age in islice(ages, _MOST_AGES))
    return next((moment for moment in moments if moment), None)
