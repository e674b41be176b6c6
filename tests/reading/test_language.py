"""Languages: declared, and betrayed by the script."""

import pytest

from crawler.reading.language import language, language_of_script, language_tag
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


@pytest.mark.parametrize(
    ("text", "declared", "told"),
    [
        ("Der Zug fährt heute nicht.", "en", None),
        ("Поезд сегодня не ходит.", "en-US", "ru"),
        ("Поезд сегодня не ходит.", "ru", None),
        ("Поїзд сьогодні не їде.", "en", "uk"),
        ("本日電車は運休です。", "en", "ja"),
        ("今日列車停運。", None, "zh"),
        ("오늘 기차는 운행하지 않습니다.", "en", "ko"),
        ("القطار لا يسير اليوم", "en", "ar"),
        ("قطار امروز حرکت نمی‌کند چرا", "en", "fa"),
        ("הרכבת לא נוסעת היום", "en", "he"),
        ("Το τρένο δεν πάει σήμερα", "de", "el"),
        ("", "en", None),
    ],
)
def test_script(text: str, declared: str | None, told: str | None) -> None:
    assert language_of_script(text, declared) == told
