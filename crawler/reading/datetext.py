"""Dates as sites write them: for machines (ISO 8601 and the like) and for people ("3. Dezember", "2025年12月3日")."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from crawler.reading.datenumbers import ordered_numbers
from crawler.reading.months import month_number, solar_hijri_day

_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
"""Earlier ones are zero times (``1970-01-01``, ``0000-00-00``), not dates of posts."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_LETTER = r"[^\s\d.,،/()|:;–—-]"
_WORD = rf"(?:{_LETTER}{{2,40}}|(?:[\u0e01-\u0ece]{{1,4}}\.){{2}})"
"""A word as long as a month's name may be; a Thai or Lao one may be abbreviated with dots."""
_OF = r"(?:(?:de|del|di|of|do)\s+|d['’])?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|-?(?:го|е))?[\s,./-]*{_OF}({_WORD}(?: {_WORD}){{0,2}}?)"
    rf"[\s.,،/-]+{_OF}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!{_LETTER})({_WORD})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\.?\s*[,،]?\s*{_OF}(\d{{4}})(?!\d)", re.IGNORECASE
)
_LONG_MONTH_FIRST = re.compile(
    rf"(?<!{_LETTER})(?=\S{{0,40}}[^\x00-\x7f])({_WORD} {_WORD})\s(\d{{1,2}})\s*[,،]?\s*(\d{{4}})(?!\d)", re.IGNORECASE
)
"""A month of two words (of the Levant, say); hardly any that are written in ASCII alone."""
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}})(?:[.,]| m\.|\(e\)ko| оны)?\s+({_WORD})\.?\s+(\d{{1,2}})(?!\d)", re.IGNORECASE
)
_LATVIAN = re.compile(rf"(?<!\d)(\d{{4}})\. gada (\d{{1,2}})\. ({_WORD})", re.IGNORECASE)
_NUMBERED_MONTH = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}),?\s+(?:năm )?(?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"\btháng (?P<m>\d{1,2}) (?P<d>\d{1,2}), (?P<y>\d{4})", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s?[月월] (?P<d>\d{1,2}),? (?P<y>\d{4})"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2}) (?P<m>\d{1,2})\s?[月월],? (?P<y>\d{4})"),
)
"""Vietnamese, Chinese, Japanese and Korean count their months; a site may keep the order of English."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first of an era."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*(?=年)")
_CLOCK = re.compile(
    r"^\W*(?:at|um|à|a las|às|alle|kl\.?|o|v|в|om)?\W*(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?(?!\w)"
    r"(?:\s*uhr)?(?:\s*\(?(?-i:([A-Z]{3,4}))(?!\w))?",
    re.IGNORECASE,
)
_ZONES = {
    "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "WEST": 1, "MSK": 3,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours from UTC of the abbreviations that mean one zone alone: "CST" is also China's, "IST" India's and Israel's."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as written: ``when`` has a zone if the text gives one; ``timed``: it has a time of day."""

    when: datetime
    timed: bool

    def utc(self) -> datetime:
        """In UTC; a time without a zone is taken for UTC, as WordPress itself takes it on a site without a zone."""
        return (self.when if self.when.tzinfo else self.when.replace(tzinfo=UTC)).astimezone(UTC)


def parse_machine_date(text: str) -> Stamp | None:
    """A date of an attribute or of structured data; None if it is none, or impossible."""
    text = text.strip()
    stamp = _fromisoformat(text) or _iso_at_start(text) or _http_date(text) or _from_epoch(text)
    return stamp if stamp and _is_no_zero_time(stamp) and _is_not_far(stamp) else None


def _fromisoformat(text: str) -> Stamp | None:
    try:
        return Stamp(datetime.fromisoformat(text), timed=len(text) > 10)
    except ValueError:
        return None


def _iso_at_start(text: str) -> Stamp | None:
    """Nearly ISO 8601: ``2025-1-3 9:05``, ``2025-01-03T09:05:00+0100``, with something after it."""
    if not (match := _ISO.match(text)):
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    iso = f"{year}-{month:>02}-{day:>02}"
    if hour:
        iso += f"T{hour:>02}:{minute}:{second or '00'}" + (
            {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00"}.get((zone or "").lower(), zone or "")
        )
    return _fromisoformat(iso)


def _http_date(text: str) -> Stamp | None:
    """``Wed, 03 Dec 2025 10:00:00 +0100`` (RFC 5322)."""
    if not re.match(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        return None
    try:
        return Stamp(parsedate_to_datetime(text), timed=True)
    except ValueError:
        return None


def _from_epoch(text: str) -> Stamp | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return Stamp(datetime.fromtimestamp(int(text[:10]), UTC), timed=True)


def _is_no_zero_time(stamp: Stamp) -> bool:
    try:
        return stamp.utc() > _EARLIEST
    except OverflowError:
        return False


def _is_not_far(stamp: Stamp) -> bool:
    """Not far in the future; a year ahead leaves room for clocks that are wrong, ours too."""
    return stamp.utc() < datetime.now(UTC) + timedelta(days=366)


def parse_shown_date(text: str, language: str | None = None) -> Stamp | None:
    """The first date in a text for people; ``language`` (BCP 47) decides names of months and the order of numbers.

    Where the numbers may be two days and the language decides nothing, there is no date: see ``dateorder``.
    "2 days ago" is none either: see ``ages``.
    """
    stamp = _first_date(text[:_MAX_TEXT], language)
    return stamp if stamp and _is_not_far(stamp) else None


_MAX_TEXT = 1000
"""Characters that are looked at, and remembered."""


@lru_cache(maxsize=4096)
def _first_date(text: str, language: str | None) -> Stamp | None:
    text = _common_years(_ascii_digits(" ".join(text.translate(_MARKS).split())))
    for look in (_iso_shown, _cjk, _numbered_month, _named_month, _numeric):
        if (stamp := look(text, (language or "").lower())) and _is_no_zero_time(stamp):
            return stamp
    return None


def _ascii_digits(text: str) -> str:
    """Arabic, Persian, Bengali, … and full-width digits as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


_MARKS = dict.fromkeys((0x200E, 0x200F, 0x061C))
"""Marks of the writing direction, which stand between the parts of a date."""


def _common_years(text: str) -> str:
    """A year of a Japanese era, or of the Republic of China, as one of the common era."""
    return _ERA.sub(lambda match: str(_ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))), text)


def _iso_shown(text: str, _language: str) -> Stamp | None:
    match = _ISO.search(text)
    return _iso_at_start(match[0]) if match else None


def _cjk(text: str, _language: str) -> Stamp | None:
    match = _CJK.search(text)
    return _day(int(match[1]), int(match[2]), int(match[3]), text[match.end() :]) if match else None


_NAMED_SHAPES = (
    (_DAY_FIRST, (3, 2, 1)),
    (_MONTH_FIRST, (3, 1, 2)),
    (_LONG_MONTH_FIRST, (3, 1, 2)),
    (_YEAR_FIRST, (1, 2, 3)),
    (_LATVIAN, (1, 3, 2)),
)


_MOST_TRIED = 6
"""Places in a text that look like a date with a named month; looking names up is slow."""


def _named_month(text: str, language: str) -> Stamp | None:
    matches = [(match, order) for shape, order in _NAMED_SHAPES for match in shape.finditer(text)]
    for match, (year, month, day) in sorted(matches, key=lambda pair: pair[0].start())[:_MOST_TRIED]:
        if number := month_number(match[month], language):
            return _day(_common_era(int(match[year]), language), number, int(match[day]), text[match.end() :])
        if solar := solar_hijri_day(int(match[year]), match[month], int(match[day])):
            return _day(solar.year, solar.month, solar.day, text[match.end() :])
    return None


def _numbered_month(text: str, _language: str) -> Stamp | None:
    """“3 Tháng 12, 2025”, “12 月 3, 2025”."""
    match = next((match for shape in _NUMBERED_MONTH if (match := shape.search(text))), None)
    return _day(int(match["y"]), int(match["m"]), int(match["d"]), text[match.end() :]) if match else None


def _common_era(year: int, language: str) -> int:
    """Thai sites count from the Buddha's death, 543 years earlier."""
    return year - 543 if language.startswith("th") and year > 2400 else year


def _numeric(text: str, language: str) -> Stamp | None:
    found = ordered_numbers(text, language)
    if not found:
        return None
    solar = solar_hijri_day(*found.day) if language.startswith(_SOLAR_HIJRI) else None
    return _day(*((solar.year, solar.month, solar.day) if solar else found.day), text[found.end :])


_SOLAR_HIJRI = ("fa", "ps")
"""Languages of Iran and Afghanistan; elsewhere such years are of the Islamic calendar."""


def _day(year: int, month: int, day: int, rest: str) -> Stamp | None:
    """A day, with the time of day that follows it in the text, and its zone, if they do."""
    try:
        midnight = datetime(year, month, day)  # noqa: DTZ001  # the text may name no zone
    except ValueError:
        return None
    match = _CLOCK.match(rest)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return Stamp(midnight, timed=False)
    zone = timezone(timedelta(hours=_ZONES[match[4]])) if match[4] in _ZONES else None
    return Stamp(midnight.replace(hour=_hour(match), minute=int(match[2]), tzinfo=zone), timed=True)


def _hour(clock: re.Match[str]) -> int:
    hour, half = int(clock[1]), (clock[3] or "").lower()[:1]
    return hour % 12 + (12 if half == "p" else 0) if half and hour <= 12 else hour
