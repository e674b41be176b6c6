"""Names of months in the languages of the world, as sites write them: full, short, in any case."""

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache
from typing import Any

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_COMMON = ("de", "fr", "es", "it", "pt", "nl", "ru", "pl", "tr", "id")
"""Languages whose names of months the CLDR has in all their forms, and that sites forget to declare."""
_REGIONS = {"ar": ("ar", "ar_LB", "ar_MA", "ar_DZ"), "ary": ("ar_MA",), "sr": ("sr", "sr_Latn"), "pt": ("pt", "pt_PT")}
"""Where a language names its months in several ways."""
_STEM = 5
"""Letters from which a name may have an ending of its own: "urtarrilaren", "joulukuuta"."""
_JALALI_YEARS = range(1350, 1500)


@lru_cache(maxsize=4096)
def month_number(name: str, language: str) -> int | None:
    """1 to 12 for a month's name in the page's language (BCP 47, lower case) or in one that pages forget to name.

    By the English names at hand, the Unicode CLDR's of the language, dateparser's of the less common ones (it has more
    spellings), and in the end by those that the CLDR has for common languages.
    """
    name = name.lower()
    english = next((n for n, month in enumerate(_MONTHS, 1) if len(name) > 2 and month.startswith(name)), None)
    if english and (not language or language.startswith("en") or name == _MONTHS[english - 1]):
        return english
    short = language.partition("-")[0]
    ours = _by_cldr(name, language) or (None if short in _COMMON else _by_dateparser(name, short))
    return ours or english or next((n for common in _COMMON if (n := _cldr_names(common).get(_bare(name)))), None)


def _by_cldr(name: str, language: str) -> int | None:
    known, bare = _cldr_names(language), _bare(name)
    return known.get(bare) or next(
        (n for full, n in known.items() if len(full) >= _STEM and bare.startswith(full)), None
    )


@lru_cache(maxsize=256)
def _cldr_names(language: str) -> dict[str, int]:
    """Full and short names within a date; the names that stand alone are left to dateparser.

    Babel resolves the alias of those once for all locales, so that they may be another language's.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # most pages give their dates in figures

    short = language.partition("-")[0]
    found: dict[str, int] = {}
    for tag in (language, *_REGIONS.get(short, (short,))):
        try:
            months = Locale.parse(tag.replace("-", "_")).months["format"]
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for width in ("wide", "abbreviated"):
            for number, name in months[width].items():
                found.setdefault(_bare(name), number)
    return {name: number for name, number in found.items() if len(name) > 1 and not re.search(r"\d", name)}


def _bare(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().replace(".", " ").split())


def _by_dateparser(name: str, language: str) -> int | None:
    from dateparser import parse  # noqa: PLC0415  # 0.4 s to import, and few pages need it

    try:
        found = parse(f"15 {name} 2020", languages=[language], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except ValueError:  # a language that dateparser does not know
        return None
    return found.month if found and (found.day, found.year) == (15, 2020) else None


def solar_hijri_day(year: int, month: str | int, day: int) -> date | None:
    """The day of a date in the calendar of Iran ("۱۲ آذر ۱۴۰۴"), as plugins print it; None if it is none."""
    number = month if isinstance(month, int) else _solar_hijri_months().get(month.replace("ي", "ی").replace("ك", "ک"))
    if number is None or year not in _JALALI_YEARS:
        return None
    try:
        found: date = _jalali_date()(year, number, day).togregorian()
    except ValueError:
        return None
    return found


@cache
def _solar_hijri_months() -> dict[str, int]:
    return {letters: n for n, letters in enumerate(_jalali_date().j_months_fa, 1)}


@cache
def _jalali_date() -> Any:
    from jdatetime import date as jalali_date  # type: ignore[import-untyped]  # noqa: PLC0415  # few pages need it

    return jalali_date
