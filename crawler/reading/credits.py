"""The lines around a story that are about it: who wrote it, when, and under which terms."""

import re

from crawler.reading.datelabels import PUBLISHED, UPDATED
from crawler.reading.names import before_by, is_by_names

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[.,]?\s+(?:de\s+)?{_MONTH}[,،]?\s+(?:de\s+)?(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d년\s*\d{1,2}월\s*\d{1,2}일"
)
_DATE_LINE = re.compile(rf"(?:[^\W\d_]+[\s:,.|/•·–—-]+){{0,4}}(?:{_DATE})(?:\W.{{0,30}})?")
_ANY_DATE = re.compile(_DATE)
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]|\s?h\s?)\d{2}(?::\d{2})?(?!\d)\s*(?:[ap]\.?m\b\.?|uhr\b|hrs?\b|h\b)?"
    r"(?:\s*(?-i:UTC|WIB|[A-Z]{1,3}T)\b)?",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:^|\s)(?:on|at|am|um|le|à|el|a las|em|às|il|alle|op|om|kl)(?:\s[^\W\d_]{3,12}[,،])?$|^[^\W\d_]{3,12}[,،]$",
    re.IGNORECASE,
)
"""Words and days of the week."""
_BETWEEN_PARTS = re.compile(r"[|•·()\[\]]|\s[/–—-]\s")
_MARKS = " ,،:：;.–—-"
_BYLINE = re.compile(
    r"(?:written |posted |reported |story )?(?:by|von|par|por|di|door|av|af|autor|autorka|автор|yazan|oleh)[:\s]\s*"
    r"(?P<name>\S+(?:[\s,]+\S+){0,6})",
    re.IGNORECASE,
)
_BY_THEN = re.compile(rf"(?:by|von|par|por|di|door|av|af)\s+(?:{_DATE})\W+\w", re.IGNORECASE)
"""“By May 5, 2024 the bridge …”: a sentence."""
_LEGAL = re.compile(
    r"(?:disclaimer|(?:affiliate )?disclosure|haftungsausschluss)\s*:|©|copyright\s+(?:©|\(c\)|\d{4})"
    r"|.{0,80}\ball rights reserved\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！", "؟")
_MAX_LENGTH, _MAX_META = 80, 160
"""Characters that a line of who and when may have at most, and one that says more than one of these."""


def is_byline(text: str) -> bool:
    """Whether a line says who wrote it or when, and nothing else."""
    if len(text) > _MAX_LENGTH or text.endswith(_SENTENCE_ENDS) or _BY_THEN.match(text):
        return False
    return bool(_DATE_LINE.fullmatch(text)) or _names_author(text)


def is_meta_line(text: str) -> bool:
    """Whether a line has a date, says who wrote it, or that it was published or changed then, and nothing else."""
    if len(text) > _MAX_META or text.endswith(_SENTENCE_ENDS) or not _ANY_DATE.search(text):
        return False
    beside = _beside_dates(text)
    labelled = beside or PUBLISHED.match(text) or UPDATED.search(text)
    return bool(labelled) and all(map(is_by_names, beside))


def awaits_author(text: str) -> bool:
    """Whether a text ends with the word before an author's name, with a date of publication before it at most."""
    before = before_by(text)
    return before is not None and not UPDATED.search(before) and not _beside_dates(before)


def _beside_dates(text: str) -> list[str]:
    """The parts of a line that are more than dates, times and the words before these."""
    for when in (_ANY_DATE, _TIME, UPDATED):
        text = when.sub("|", text)
    parts = (PUBLISHED.sub("", part).strip() for part in _BETWEEN_PARTS.split(text))
    beside = (_BEFORE_DATE.sub("", part).strip(_MARKS) for part in parts)
    return [part for part in beside if part]


def _names_author(line: str) -> bool:
    """“By Jane Doe”, “by admin”; but not “By the numbers”, a heading."""
    byline = _BYLINE.fullmatch(line)
    return byline is not None and (" " not in byline["name"] or not byline["name"][0].islower())


def is_legal_notice(text: str) -> bool:
    """Whether a paragraph begins as a disclaimer, a disclosure or a copyright notice."""
    return bool(_LEGAL.match(text))
