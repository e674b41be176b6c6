"""Dates of events that a post is about, which are none of publication."""

import re
from itertools import chain, islice

from lxml.html import HtmlElement

from crawler.reading.markup import class_list

_NAME = re.compile(
    r"(?:^|[-_])events?[-_]+(?:[a-z]{1,20}[-_]+){0,2}(?:date|time|day|month|start|end|schedule|when|meta|details?|info)"
    r"|^dt-?(?:start|end)$|(?:^|[-_])(?:start|end)[-_]?(?:date|time)$"
)
"""Of event plugins, hCalendar and h-event."""
_PROPERTIES = frozenset({"startdate", "enddate", "doortime"})
"""Of schema.org's Event."""
_ABOVE = 3
"""Boxes around a date that may be named for the event."""
_WITHIN = 20


def is_of_event(element: HtmlElement) -> bool:
    """Whether what shows a date is named for an event, or stands in or around what is."""
    nearby = chain(islice(element.iterancestors(), _ABOVE), islice(element.iter("*"), _WITHIN))
    return any(map(_is_named_for_event, nearby))


def _is_named_for_event(element: HtmlElement) -> bool:
    properties = (element.get("itemprop") or "").lower().split()
    return not _PROPERTIES.isdisjoint(properties) or any(_NAME.search(name.lower()) for name in class_list(element))
