"""Dates in numbers that may be two days: what decides, and that nothing is guessed."""

from datetime import date

import pytest

from crawler.reading import parse_page
from crawler.reading.dateorder import shown_stamp
from crawler.reading.dates import published_at
from tests.reading.build import article, html

_URL = "https://news.example/bridge-opens/"
_FRENCH = "<p>" + "Le pont sur la rivière a été ouvert mercredi après neuf ans de travaux, et la foule a applaudi. " * 5
_ENGLISH = (
    "<p>" + "The bridge over the river was opened on Wednesday after nine years of work, and the crowd sang. " * 5
)


def _shown(text: str, body: str = "", *, lang: str = "", head: str = "", url: str = _URL) -> date | None:
    source = html(f"<article><h1>Bridge</h1><div class=entry-content>{body}</div></article>", head, lang=lang)
    stamp = shown_stamp(parse_page(source, url), text)
    return stamp.when.date() if stamp else None


@pytest.mark.parametrize(
    ("body", "lang", "head"),
    [
        ("", "", ""),
        (_ENGLISH, "", ""),
        (_ENGLISH, "en", ""),
        (_ENGLISH, "fr-FR", ""),  # refuted, and English has no order of its own
    ],
)
def test_numbers_that_may_be_two_days_are_no_date(body: str, lang: str, head: str) -> None:
    assert _shown("03/04/2025", body, lang=lang, head=head) is None
    assert _shown("23/04/2025", body, lang=lang, head=head) == date(2025, 4, 23)


@pytest.mark.parametrize(
    ("body", "lang", "head", "day"),
    [
        ("", "en-US", "", date(2025, 3, 4)),
        ("", "de", "", date(2025, 4, 3)),
        (_ENGLISH, "en", '<meta property="og:locale" content="en_GB">', date(2025, 4, 3)),
        (_ENGLISH, "en", '<meta property="og:locale" content="en_US">', date(2025, 3, 4)),
        (_FRENCH, "", "", date(2025, 4, 3)),
        (_FRENCH, "en-US", "", date(2025, 4, 3)),  # left at WordPress's default
    ],
)
def test_the_language_of_the_text_decides(body: str, lang: str, head: str, day: date) -> None:
    assert _shown("03/04/2025", body, lang=lang, head=head) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/04/03/bridge-opens/", date(2025, 4, 3)),
        ("2025/03/bridge-opens/", date(2025, 3, 4)),
        ("2024/03/bridge-opens/", None),
    ],
)
def test_a_dated_address_decides(path: str, day: date | None) -> None:
    assert _shown("03/04/2025", url=f"https://news.example/{path}") == day


@pytest.mark.parametrize(
    ("others", "day"),
    [
        ('<span class="post-date">25/03/2025</span>', date(2025, 4, 3)),
        ("<time>03/25/2025</time>", date(2025, 3, 4)),
        ('<time datetime="2025-02-01T10:00:00Z">01/02/2025</time>', date(2025, 4, 3)),
        ("<time>03/25/2025</time><time>25/03/2025</time>", None),
    ],
)
def test_other_dates_of_the_page_decide(others: str, day: date | None) -> None:
    assert _shown("03/04/2025", others) == day


def test_the_date_of_a_post_is_not_guessed() -> None:
    body = article('<span class="posted-on">03/04/2025</span>')
    for lang, month in (("en-US", 3), ("en-GB", 4)):
        found = published_at(parse_page(html(body, lang=lang), _URL))
        assert found is not None
        assert found.value.month == month
    assert published_at(parse_page(html(body, lang="en"), _URL)) is None
