"""Months by name: every month of the languages that news sites of the world are written in."""

from datetime import date

import pytest
from babel import Locale

from crawler.reading.months import month_number, solar_hijri_day

_LOCALES = (
    "ar bg bn bs ca cs cy da de el en es et eu fa fi fil fr gl gu he hi hr hu hy id is it ka kk km kn ko lt lv mk ml mr"
    " ms my nb ne nl nn pa pl pt ro ru si sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi"
)


@pytest.mark.parametrize("locale", _LOCALES.split())
def test_every_month(locale: str) -> None:
    names = Locale.parse(locale).months["format"]["wide"]
    usable = {n: name for n, name in names.items() if len(name) > 1 and not any(map(str.isdigit, name))}
    assert {n: month_number(name, locale.lower().replace("_", "-")) for n, name in usable.items()} == {
        n: n for n in usable
    }


@pytest.mark.parametrize(
    ("name", "language", "number"),
    [
        ("Dez", "de", 12),
        ("sept", "fr", 9),
        ("joulukuuta", "fi", 12),
        ("listopada", "hr", 10),
        ("listopada", "pl", 11),
        ("December", "ru", 12),
        ("mart", "", 3),
        ("bridge", "en", None),
        ("", "de", None),
        ("mars", "xx-nonsense", 3),
    ],
)
def test_names(name: str, language: str, number: int | None) -> None:
    assert month_number(name, language) == number


def test_the_calendar_of_iran() -> None:
    assert solar_hijri_day(1404, "آذر", 12) == date(2025, 12, 3)
    assert solar_hijri_day(1403, 12, 30) == date(2025, 3, 20)
    assert (solar_hijri_day(1404, 12, 30), solar_hijri_day(2025, 12, 3), solar_hijri_day(1404, "رجب", 3)) == (None,) * 3
