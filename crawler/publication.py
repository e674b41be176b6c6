"""Which time of publication holds where a stored post is read again: the one that is told best. Pure functions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, get_args

from crawler.items import Precision

_RANKS: tuple[Precision, ...] = get_args(Precision)
"""The vaguest first."""

_OF_THE_DAY = timedelta(hours=26)
"""Moments of a day in the zone furthest from UTC (+14) lie no further from its noon in UTC."""

_ZONE = timedelta(hours=14)
"""The noons of one day in an unknown zone, taken for UTC, and in the site's own lie no further apart."""

_PUBLICATION = ("published_at", "published_precision")


def settled(known: Mapping[str, Any], seen: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The stored document and the reading, of which only a publication at another time differs.

    A vaguer time leaves the reading; a sharper one of the same publication is put into the stored document, since the
    site has edited nothing. Ages never correct each other: they are the vaguer the older a post is.
    """
    old, new = known.get("published_at"), seen.get("published_at")
    if not new:
        return dict(known), {name: value for name, value in seen.items() if name not in _PUBLICATION}
    if not old:
        return dict(known), dict(seen)
    was, now = _precision(known), _precision(seen)
    if _RANKS.index(now) < _RANKS.index(was) or (now == was and _is_same(was, abs(new - old))):
        return dict(known), {name: value for name, value in seen.items() if name not in _PUBLICATION}
    if now != was and _is_refined(was, old, new):
        return {**known, **{name: seen.get(name) for name in _PUBLICATION}}, dict(seen)
    return dict(known), dict(seen)


def _precision(document: Mapping[str, Any]) -> Precision:
    """As stored; of documents from before there was the field, an exact time."""
    precision: Precision = document.get("published_precision", "time")
    return precision


def _is_same(precision: Precision, apart: timedelta) -> bool:
    """Whether two equally vague times are of one publication: a page does not show its zone at every visit."""
    return precision == "age" or (precision == "day" and apart <= _ZONE)


def _is_refined(was: Precision, old: datetime, new: datetime) -> bool:
    return was == "age" or abs(new - old) <= _OF_THE_DAY
