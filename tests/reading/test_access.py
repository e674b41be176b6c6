"""Open, teaser or password."""

import pytest

from crawler.reading.access import access, without_protected_prefix
from tests.reading.build import article, page

_NOT_FREE = '<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":{}}}</script>'


@pytest.mark.parametrize(
    ("inside", "head", "expected"),
    [
        ("", "", None),
        ('<form class="post-password-form"></form>', "", "password"),
        ('<input name="post_password">', "", "password"),
        ("", _NOT_FREE.format("false"), "teaser"),
        ("", _NOT_FREE.format('"False"'), "teaser"),
        ("", _NOT_FREE.format("true"), None),
        ('<div class="pmpro_content_message">Join</div>', "", "teaser"),
    ],
)
def test_access(inside: str, head: str, expected: str | None) -> None:
    found = access(page(article(inside), head))
    assert (found.value if found else None) == expected


def test_a_prompt_in_the_sidebar_closes_nothing() -> None:
    assert access(page(article("") + '<aside><div class="paywall">Subscribe</div></aside>')) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Protected: Bridge opens", "Bridge opens"),
        ("Защищено: Мост открыт", "Мост открыт"),
        ("Protégé : Le pont", "Le pont"),
        ("保護中: 橋", "橋"),
        ("Protected species return", "Protected species return"),
    ],
)
def test_prefix(title: str, bare: str) -> None:
    assert without_protected_prefix(title) == bare
