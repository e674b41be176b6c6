"""Languages: stated, and told from the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.evidence import Found
from crawler.reading.language import language, language_of_text, language_tag, spoken_language
from crawler.reading.page import parse_page
from tests.reading.build import URL


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en-US", "en-US"),
        ("pt_BR", "pt-BR"),
        ("DE", "de"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("de_DE_formal", "de-DE"),
        ("sr-RS-latin", "sr-RS"),
        ("es-419", "es-419"),
        ("English", None),
        ("", None),
        ("x-default", None),
        ("und", None),
    ],
)
def test_tags(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "tag", "evidence"),
    [
        ('<html lang="de-DE"><body>x', "de-DE", "html lang"),
        (
            '<html><script type="application/ld+json">{"@type":"Article","inLanguage":"fr-FR"}</script>',
            "fr-FR",
            "JSON-LD inLanguage",
        ),
        ('<html><meta property="og:locale" content="pt_BR">', "pt-BR", "og:locale"),
        ('<html><meta http-equiv="Content-Language" content="nl">', "nl", "Content-Language"),
    ],
)
def test_evidence(text: str, tag: str, evidence: str) -> None:
    found = language(parse_page(text, URL))
    assert found is not None
    assert (found.value, found.evidence) == (tag, evidence)


_GERMAN = (
    "Der Zug fährt heute nicht, weil ein Baum auf die Gleise gestürzt ist. Die Bahn rechnet damit, dass die Strecke "
    "am Abend wieder frei ist. Wer am Nachmittag nach Hause will, nimmt den Bus, der vor dem Bahnhof hält und etwa "
    "vierzig Minuten länger braucht."
)
_NAMES = "Anna Berg, Luis Ortega, Jean Petit, Ugo Rossi, Ewa Nowak"


@pytest.mark.parametrize(
    ("text", "stated", "told"),
    [
        ("Поезд сегодня не ходит.", "en-US", "ru"),
        ("Поезд сегодня не ходит.", "ru-RU", None),
        ("Поезд сегодня не ходит.", None, "ru"),
        ("Поїзд сьогодні не їде.", "en", "uk"),
        ("Цягнік сёння не ходзіць.", "en", "be"),
        ("本日の電車は、倒木のため終日運休です。", "en", "ja"),
        ("因為樹木倒塌，今天的列車全部停運。", "en", "zh"),
        ("今天的列车因树木倒塌全部停运。", "zh-Hans-CN", None),
        ("오늘 기차는 운행하지 않습니다. 내일 다시 옵니다.", "en", "ko"),
        ("القطار لا يسير اليوم بسبب سقوط شجرة", "en", "ar"),
        ("قطار امروز به دلیل سقوط درخت حرکت نمی‌کند", "en", "fa"),
        ("הרכבת לא נוסעת היום", "en", "he"),
        ("הרכבת לא נוסעת היום", "iw", None),
        ("Το τρένο δεν πάει σήμερα", "de", "el"),
        ("รถไฟไม่วิ่งวันนี้เพราะต้นไม้ล้ม", "en-US", "th"),
        (_GERMAN, "en-US", "de"),
        (_GERMAN, "de-AT", None),
        (_GERMAN, None, "de"),
        (_GERMAN, "pap", None),  # Papiamento, which the detector does not know
        (_GERMAN[:60], "en", None),  # too short to doubt what the page says
        (_NAMES * 5, "en", None),
        ("Toget går ikke i dag. " * 12, "nb-NO", None),
        ("12 34 56 78 — 90 " * 40, "en", None),
        ("", "en", None),
        ("", None, None),
    ],
)
def test_the_text_speaks_against_what_is_stated(text: str, stated: str | None, told: str | None) -> None:
    assert language_of_text(text, stated) == told


@pytest.mark.parametrize(
    ("page", "tag", "evidence"),
    [
        ('<html lang="en-US"><meta property="og:locale" content="de_AT"><body>x', "de-AT", "og:locale"),
        ('<html lang="en-US"><meta property="og:locale" content="en_US"><body>x', "de", "text"),
        ("<html><body>x", "de", "text"),
    ],
)
def test_another_source_on_the_page_knows_the_region(page: str, tag: str, evidence: str) -> None:
    assert spoken_language(parse_page(page, URL), _GERMAN) == Found(tag, evidence)


def test_what_is_stated_stands_where_the_text_agrees() -> None:
    assert spoken_language(parse_page('<html lang="de"><body>x', URL), _GERMAN) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), st.sampled_from([None, "en", "zz"]))
@settings(deadline=None)
def test_any_text_has_a_language_or_none(text: str, stated: str | None) -> None:
    told = language_of_text(text, stated)
    assert told is None or language_tag(told) == told
