"""Dates that show where something shown is pointed at: in its ``title``."""

import re
from datetime import UTC, datetime

from lxml.html import HtmlElement

from crawler.reading.ages import counted_back
from crawler.reading.datelabels import PUBLISHED
from crawler.reading.dateorder import stamp_at_start
from crawler.reading.datetext import Stamp
from crawler.reading.language import page_language
from crawler.reading.page import Page, per_page

_LONGEST = 40
"""Characters of a title that is a date."""
_MOST_AGES = 12
"""Texts that are tried as an age: reading one is slow."""
_WORD_AT_END = re.compile(r"\d\D*[^\W\d]{4}\D*$")
"""A date ends with a number, or with "Uhr", "a.m." or a zone."""
_ANY_DAY = datetime(2020, 1, 1, tzinfo=UTC)


def titled_date(page: Page, element: HtmlElement, text: str) -> Stamp | None:
    """The date that shows where "2 days ago" is pointed at: the whole title of an age, ``time`` or ``abbr``."""
    title = element.get("title") or ""
    if not any(map(str.isdigit, title)) or len(title) > _LONGEST or _WORD_AT_END.search(title):
        return None
    return stamp_at_start(page, title) if element.tag in ("time", "abbr") or _is_age(page, text) else None


def _is_age(page: Page, text: str) -> bool:
    known = _ages_asked(page)
    if text not in known:
        age = PUBLISHED.sub("", text).strip(" :")
        known[text] = len(known) < _MOST_AGES and counted_back(age, page_language(page), _ANY_DAY) is not None
    return known[text]


@per_page
def _ages_asked(_page: Page) -> dict[str, bool]:
    """Which texts are ages, as far as was asked: filled by ``_is_age``."""
    return {}
