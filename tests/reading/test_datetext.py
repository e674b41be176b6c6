"""Dates as written, for machines and for people of many languages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.datetext import Stamp, parse_machine_date, parse_shown_date

_EASTERN = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("text", "when", "timed"),
    [
        ("2025-12-03T08:15:00-05:00", datetime(2025, 12, 3, 8, 15, tzinfo=_EASTERN), True),
        ("2025-12-03T08:15:00Z", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
        ("2025-12-03T08:15:00+0000", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
        ("2025-12-03 8:15:00 UTC", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
        ("2025-12-03T08:15:00.123456789Z", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
        ("2025-12-3", datetime(2025, 12, 3), False),  # noqa: DTZ001  # what a text without a zone says
        ("Wed, 03 Dec 2025 08:15:00 +0000", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
        ("1764749700", datetime(2025, 12, 3, 8, 15, tzinfo=UTC), True),
    ],
)
def test_machine_dates(text: str, when: datetime, timed: bool) -> None:
    stamp = parse_machine_date(text)
    assert stamp is not None
    assert (stamp.when.replace(microsecond=0), stamp.timed) == (when, timed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "0000-00-00T00:00:00",
        "1970-01-01",
        "2025-02-30",
        "9999-12-31",
        "99999-99-99",
        "2025-13-01",
        "-0001-11-30",
    ],
)
def test_impossible_dates_are_none(text: str) -> None:
    assert parse_machine_date(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Posted on December 3, 2025 By admin", "en-US"),
        ("Dec 3rd, 2025", None),
        ("3 December 2025", "en-GB"),
        ("3. Dezember 2025", "de"),
        ("am Mittwoch, 3. Dez. 2025 von Jane", "de-DE"),
        ("le 3 décembre 2025", "fr"),
        ("3 de diciembre de 2025", "es"),
        ("3 de dezembro de 2025", "pt-BR"),
        ("3 dicembre 2025", "it"),
        ("3 december 2025", "nl"),
        ("3 december 2025", "sv"),
        ("3. desember 2025", "nb"),
        ("3. december 2025", "da"),
        ("3. joulukuuta 2025", "fi"),
        ("3. desember 2025", "is"),
        ("3 декабря 2025", "ru"),
        ("3 грудня 2025", "uk"),
        ("3 снежня 2025", "be"),
        ("3 декември 2025", "bg"),
        ("3. децембар 2025.", "sr"),
        ("3. prosinca 2025", "hr"),
        ("3. december 2025", "sl"),
        ("3 grudnia 2025", "pl"),
        ("3. prosince 2025", "cs"),
        ("3. decembra 2025", "sk"),
        ("2025. december 3.", "hu"),
        ("3 decembrie 2025", "ro"),
        ("3 δεκεμβρίου 2025", "el"),
        ("3 Aralık 2025", "tr"),
        ("3 dekabr 2025", "az"),
        ("2025 m. gruodžio 3 d.", "lt"),
        ("2025. gada 3. decembris", "lv"),
        ("3. detsember 2025", "et"),
        ("3 de desembre de 2025", "ca"),
        ("3 dhjetor 2025", "sq"),
        ("3 Desember 2025", "id"),
        ("3 Disember 2025", "ms"),
        ("Disyembre 3, 2025", "fil"),
        ("3 Tháng 12, 2025", "vi"),
        ("٣ ديسمبر ٢٠٢٥", "ar"),
        ("3 ديسمبر، 2025", "ar"),
        ("۳ دسامبر ۲۰۲۵", "fa"),
        ("3 דצמבר 2025", "he"),
        ("3 दिसंबर 2025", "hi"),
        ("৩ ডিসেম্বর ২০২৫", "bn"),
        ("3 டிசம்பர் 2025", "ta"),
        ("3 ธันวาคม 2025", "th"),
        ("3 ธันวาคม 2568", "th"),
        ("2025年12月3日", "ja"),
        ("2025年12月3日 星期三", "zh-CN"),
        ("2025년 12월 3일", "ko"),
        ("3 დეკემბერი 2025", "ka"),
        ("3 желтоқсан 2025", "kk"),
        ("3 decembro 2025", "eo"),
        ("3. Dezember 2025", "en-US"),
        ("2025. dec. 3.", "hu"),
        ("2025(e)ko abenduaren 3(a)", "eu"),
        ("3. decembar 2025.", "sr-Latn"),
        ("3 كانون الأول، 2025", "ar"),
        ("كانون الأول 3, 2025", "ar-LB"),
        ("3 دجنبر 2025", "ary"),
        ("\u200f3\u200f/12\u200f/2025", "ar"),
        ("3 בדצמבר 2025", "he-IL"),
        ("३ डिसेंबर २०२५", "mr"),
        ("ডিসেম্বর ৩, ২০২৫", "bn-BD"),
        ("2025, ഡിസംബർ 3", "ml"),
        ("3 ธ.ค. 2568", "th"),
        ("3 ธันวาคม พ.ศ. 2568", "th"),
        ("3 Tháng Mười Hai, 2025", "vi"),
        ("Tháng 12 3, 2025", "vi"),
        ("12 月 3, 2025", "zh-CN"),
        ("十二月 3, 2025", "zh-TW"),
        ("3 12 月, 2025", "zh-CN"),
        ("12월 3, 2025", "ko-KR"),
        ("2025. 12. 3.", "ko-KR"),
        ("令和7年12月3日", "ja"),
        ("民國114年12月3日", "zh-TW"),
        ("۱۲ آذر ۱۴۰۴", "fa-IR"),
        ("آذر ۱۲, ۱۴۰۴", "fa-IR"),
        ("۱۴۰۴/۰۹/۱۲", "fa-IR"),
        ("3. 12. 2025", "cs-CZ"),
        ("03.12.2025.", "hr"),
        ("2025.12.03.", "hu"),
    ],
)
def test_dates_in_many_languages(text: str, language: str | None) -> None:
    assert parse_shown_date(text, language) == Stamp(datetime(2025, 12, 3), timed=False)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "language", "month", "day"),
    [
        ("12/03/2025", "en-US", 12, 3),
        ("12/03/2025", "en-GB", 3, 12),
        ("13/12/2025", None, 12, 13),
        ("03.12.2025", "de", 12, 3),
        ("3/12/25", "fr", 12, 3),
        ("13/12/2025", "en-US", 12, 13),
        ("12/13/2025", "de", 12, 13),
        ("2025/12/03", "de", 12, 3),
        ("2025-12-03", "en", 12, 3),
    ],
)
def test_the_language_orders_the_numbers(text: str, language: str | None, month: int, day: int) -> None:
    stamp = parse_shown_date(text, language)
    assert stamp is not None
    assert (stamp.when.year, stamp.when.month, stamp.when.day) == (2025, month, day)


@pytest.mark.parametrize("language", [None, "en", "en-CA"])
def test_no_order_is_guessed(language: str | None) -> None:
    assert parse_shown_date("12/03/2025", language) is None
    assert parse_shown_date("12/12/2025", language) is not None


def test_what_is_far_in_the_future_is_told_by_the_clock_of_now() -> None:
    with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC)):
        assert parse_shown_date("3 December 2027", "en") is None
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
        assert parse_shown_date("3 December 2027", "en") is not None


@pytest.mark.parametrize(
    ("text", "language", "hour", "minute"),
    [
        ("December 3, 2025 at 2:05 pm", "en", 14, 5),
        ("December 3, 2025, 12:30 AM", "en", 0, 30),
        ("3. Dezember 2025 um 14:48 Uhr", "de", 14, 48),
        ("3 décembre 2025 à 14h05", "fr", 14, 5),
        ("3.12.2025, 9:05", "de", 9, 5),
    ],
)
def test_the_time_of_day_that_follows(text: str, language: str, hour: int, minute: int) -> None:
    assert parse_shown_date(text, language) == Stamp(datetime(2025, 12, 3, hour, minute), timed=True)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 days ago",
        "yesterday",
        "December 2025",
        "31 February 2025",
        "version 1.2.3",
        "Page 3 of 2025",
        "99/99/2025",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_shown_date(text, "en") is None


@given(st.text(alphabet="0123456789/.-年月日٣ ,:abyJanuryMarc年T", max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for stamp in (parse_machine_date(text), parse_shown_date(text, "en")):
        assert stamp is None or stamp.utc().tzinfo is UTC


@pytest.mark.parametrize("text", ["13 رجب 1447", "1447/06/13", "31 اسفند 1404", "۳۱ مهر ۱۴۰۴"])
def test_days_of_other_calendars_that_are_none_here(text: str) -> None:
    assert parse_shown_date(text, "ar" if "/" in text else "fa") is None
