"""Ages in the languages of the world, counted back from a given moment; what is no age."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.ages import counted_back

_NOW = datetime(2025, 12, 5, 10, 30, tzinfo=UTC)
_LANGUAGES = st.sampled_from([None, "en-US", "de-DE", "ar", "zh-CN", "ru-RU", "xx", ""])


@pytest.mark.parametrize(
    ("age", "language", "back"),
    [
        ("2 days ago", "en-US", timedelta(days=2)),
        ("1 hour ago", None, timedelta(hours=1)),
        ("5 mins ago", "en-GB", timedelta(minutes=5)),
        ("about 2 hours ago", "en", timedelta(hours=2)),
        ("1 week, 2 days ago", "en", timedelta(days=9)),
        ("vor 3 Stunden", "de-DE", timedelta(hours=3)),
        ("hace 5 horas", "es-ES", timedelta(hours=5)),
        ("il y a 2 jours", "fr-FR", timedelta(days=2)),
        ("2 giorni fa", "it-IT", timedelta(days=2)),
        ("2 dias atrás", "pt-BR", timedelta(days=2)),
        ("há 2 dias", "pt-PT", timedelta(days=2)),
        ("2 dagen geleden", "nl-NL", timedelta(days=2)),
        ("2 dagar sedan", "sv-SE", timedelta(days=2)),
        ("2 dni temu", "pl-PL", timedelta(days=2)),
        ("2 gün önce", "tr-TR", timedelta(days=2)),
        ("3 дня назад", "ru-RU", timedelta(days=3)),
        ("2 小时前", "zh-CN", timedelta(hours=2)),
        ("2日前", "ja", timedelta(days=2)),
        ("2일 전", "ko-KR", timedelta(days=2)),
        ("منذ يومين", "ar", timedelta(days=2)),
        ("منذ ٣ أيام", "ar", timedelta(days=3)),
        ("۳ روز پیش", "fa-IR", timedelta(days=3)),
        ("לפני 2 ימים", "he-IL", timedelta(days=2)),
        ("२ दिन पहले", "hi-IN", timedelta(days=2)),
        ("2 days ago", "tr-TR", timedelta(days=2)),
        ("2 days ago", "xx", timedelta(days=2)),
    ],
)
def test_an_age(age: str, language: str | None, back: timedelta) -> None:
    assert counted_back(age, language, _NOW) == _NOW - back


@pytest.mark.parametrize(
    "text",
    [
        "", "5 min", "5 min read", "3 years", "in 2 days", "today", "just now", "2", "March", "10:30", "3 comments",
        "2 days ago by Jane", "December 3, 2025", "99999999 days ago", "9" * 30 + " years ago",
    ],
)  # fmt: skip
def test_no_age(text: str) -> None:
    assert counted_back(text, "en-US", _NOW) is None


def test_the_moment_is_in_utc_whatever_the_zone_of_now() -> None:
    moment = counted_back("2 hours ago", "en", _NOW.astimezone(timezone(timedelta(hours=-5))))
    assert (moment, moment and moment.tzinfo) == (_NOW - timedelta(hours=2), UTC)


@settings(deadline=None)
@given(
    st.text(max_size=60) | st.from_regex(r"[+-]?\d{1,12}[.,]?\d{0,3} ?(days?|h|Monaten|年|сек) ?(ago|前)?"), _LANGUAGES
)
def test_any_text_is_an_age_or_none(text: str, language: str | None) -> None:
    moment = counted_back(text, language, _NOW)
    assert moment is None or moment < _NOW
