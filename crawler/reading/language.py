"""The language of a page, as a BCP 47 tag."""

import re
from collections.abc import Iterator

from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import metas
from crawler.reading.page import Page, per_page
from crawler.reading.structured import article_node, page_node, values

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.].*)?$", re.IGNORECASE)


def language_tag(text: str) -> str | None:
    """``pt_BR`` as ``pt-BR``; None for what is no language tag, "und" and "x-default" included."""
    match = _TAG.match(text.strip())
    if not match or match[1].lower() in ("und", "mul", "zxx"):
        return None
    language, script, region = match.groups()
    return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)


def _first_tag(texts: Iterator[str | None]) -> str | None:
    return next((tag for text in texts if text and (tag := language_tag(text))), None)


_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh ja", re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")),
    ("ar fa ur ps ckb ug sd", re.compile(r"[\u0620-\u06d3]")),
    ("he yi", re.compile(r"[\u05d0-\u05ea]")),
    ("ru uk bg sr mk be kk ky mn tg tt ce ba", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e01-\u0e4e]")),
    ("hi mr ne sa", re.compile(r"[\u0900-\u097f]")),
    ("bn as", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("am ti", re.compile(r"[\u1200-\u137f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
)
"""The languages of a script, the commonest first."""
_BEYOND_LATIN = re.compile(r"[\u0370-\uffff]")
"""What all letters of these scripts are; most texts have hardly any."""
_SCRIPT_SHARE = 0.3
"""The share of a text's characters from which it is written in a script."""

_TELLING = (
    ("ja", "のはをにがでとした"),
    ("uk", "ґєії"),
    ("be", "ў"),
    ("sr", "ђћџ"),
    ("mk", "ѓќѕ"),
    ("fa", "پچژگ"),
    ("ur", "ٹڈڑے"),
)
"""Letters that no other language of the same script has, or hardly."""


def language_of_script(text: str, declared: str | None) -> str | None:
    """The language where the text's script cannot be that of the declared one: a Japanese post on an English site."""
    sample = "".join(text[:3000].split())
    if len(_BEYOND_LATIN.findall(sample)) <= _SCRIPT_SHARE * len(sample):
        return None
    for languages, letters in _SCRIPTS:
        if len(letters.findall(sample)) > _SCRIPT_SHARE * len(sample):
            possible = languages.split()
            told = (
                language
                for language, telling in _TELLING
                if language in possible and any(char in sample for char in telling)
            )
            return None if (declared or "").partition("-")[0] in possible else next(told, possible[0])
    return None


_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_LANGUAGE: tuple[Candidate[str], ...] = (
    ("html lang", lambda page: _first_tag(page.root.get(name) for name in ("lang", "xml:lang", _XML_LANG))),
    ("JSON-LD inLanguage", lambda page: _first_tag(_json_ld(page))),
    ("og:locale", lambda page: _first_tag(iter(metas(page).get("og:locale", [])))),
    (
        "Content-Language",
        lambda page: _first_tag(iter([*metas(page).get("content-language", []), page.headers.get("content-language")])),
    ),
)


def _json_ld(page: Page) -> Iterator[str | None]:
    for node in (article_node(page), page_node(page)):
        for value in values(page, node or {}, "inLanguage"):
            yield str(value.get("alternateName") or value.get("name")) if isinstance(value, dict) else str(value)


@per_page
def language(page: Page) -> Found[str] | None:
    """The declared language."""
    return first_found(page, _LANGUAGE)


def page_language(page: Page) -> str | None:
    """The declared language's tag alone."""
    found = language(page)
    return found.value if found else None
