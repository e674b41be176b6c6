"""A shown date whose numbers may be two days ("3/4/2025"): the order of day and month, by what else the page says."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from crawler.reading.body import body_container
from crawler.reading.datetext import Stamp, parse_machine_date, parse_shown_date
from crawler.reading.language import page_language, spoken_language, stated_languages
from crawler.reading.markup import having_class_like, short_text
from crawler.reading.months import month_number
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.text import raw_text
from crawler.reading.urlparts import url_parts

Order = Literal["month first", "day first"]

_LANGUAGES: dict[Order, str] = {"month first": "en-US", "day first": "en-GB"}
"""A language that writes so."""
_URL_MONTH = re.compile(r"/(\d{4})/(\d{1,2})(?:/(\d{1,2}))?(?:/|$)")
_MOST = 60
"""Dates on the page that are looked at."""
_LONGEST = 60
"""Characters of a line that is a date."""


def shown_stamp(page: Page, text: str) -> Stamp | None:
    """The first date in a text of the page; none where its numbers may be two days and nothing tells which it is."""
    readings = _readings(text)
    if not readings:
        return parse_shown_date(text, page_language(page))
    order = _order_of_url(page, readings) or _order_of_other_dates(page)
    return readings[order] if order else parse_shown_date(text, _language(page))


def stamp_at_start(page: Page, text: str) -> Stamp | None:
    """The date with which a text begins, after a short word ("on", "le") and the day of the week before a comma."""
    match = _BEFORE_DATE.match(text)
    if not match or (match["month"] and not month_number(match["month"], (page_language(page) or "").lower())):
        return None
    stamp = shown_stamp(page, text)
    without = shown_stamp(page, text[: match.start("number")] + text[match.end("number") :])
    return stamp if stamp and without != stamp else None  # else the number is no part of the date: "3 times since …"


_BEFORE_DATE = re.compile(
    r"\W{0,20}(?:[^\W\d]{1,3}\.?\s+)??(?:[^\W\d]{1,40},\s*)?(?:(?P<month>[^\W\d]{3,40})\.?\s*)?(?P<number>\d+)"
)


def _readings(text: str) -> dict[Order, Stamp]:
    """Both days of a date in numbers; empty where it is one day in either order, or no such date."""
    if parse_shown_date(text):
        return {}
    read = {order: parse_shown_date(text, language) for order, language in _LANGUAGES.items()}
    found = {order: stamp for order, stamp in read.items() if stamp}
    return found if len(found) == 2 and len({stamp.when for stamp in found.values()}) == 2 else {}


def _order_of_url(page: Page, readings: dict[Order, Stamp]) -> Order | None:
    """The order in which the date is the one of a dated permalink."""
    match = _URL_MONTH.search(url_parts(page.url).path)
    if not match:
        return None
    year, month, day = (int(number) if number else None for number in match.groups())
    days = {order: stamp.when for order, stamp in readings.items()}
    fits = [o for o, when in days.items() if (when.year, when.month) == (year, month) and day in (None, when.day)]
    return fits[0] if len(fits) == 1 else None


@per_page
def _order_of_other_dates(page: Page) -> Order | None:
    """The one order of all dates that the page shows and that tell one: a site writes all its dates in one format."""
    orders = set(islice(_orders_told(page), _MOST))
    return orders.pop() if len(orders) == 1 else None


def _orders_told(page: Page) -> Iterator[Order]:
    """By a number above 12, or by what a ``time`` element says to machines of the same day."""
    for element in [*tagged(page, "time"), *having_class_like(page, lambda name: "date" in name)]:
        text = short_text(element, _LONGEST)
        stated = parse_machine_date(element.get("datetime") or "") if element.tag == "time" else None
        days = [stated.when.date()] if stated else []
        yield from (order for order, stamp in _readings(text).items() if stamp.when.date() in days)
        if order := _only_order(text):
            yield order


_DAY_AND_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d{2})(?![\d/-])")


def _only_order(text: str) -> Order | None:
    match = _DAY_AND_MONTH.search(text)
    if not match or max(int(match[1]), int(match[3])) <= 12:
        return None
    return "day first" if int(match[1]) > 12 else "month first"


@per_page
def _language(page: Page) -> str | None:
    """The language of the text, with the region that any of the page's statements gives it: "en" has no order."""
    body = body_container(page)
    spoken = spoken_language(page, raw_text(body)) if body is not None else None
    tag = spoken.value if spoken else page_language(page)
    regional = (other for other in stated_languages(page) if tag and other.startswith(f"{tag}-"))
    return next(regional, tag)
