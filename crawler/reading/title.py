"""The headline of a post, as displayed, without the site's name."""

import html
import re
from itertools import islice

from lxml.html import HtmlElement

from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import document_title, meta
from crawler.reading.headline import declared_titles, letters, same_text, without_site_name
from crawler.reading.markup import class_list, having_class, having_itemprop, is_silent, shown_text
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.place import in_post, is_elsewhere
from crawler.reading.structured import article_node, page_node, text_of
from crawler.reading.wordpress import site_names

_HEADLINE_CLASSES = (
    "entry-title", "wp-block-post-title", "post-title", "article-title", "single-title", "post__title",
    "article__title", "entry__title", "single-post-title", "tdb-title-text", "jeg_post_title", "headline",
    "article-headline", "page-title", "posttitle", "title",
)  # fmt: skip
_SITE_TITLE = frozenset(
    {"site-title", "site-name", "logo", "site-logo", "wp-block-site-title", "custom-logo", "blog-title"}
)
_HEADINGS = ("h1", "h2", "h3")
_KICKER = re.compile(
    r"(?:^|[-_])(?:kicker|eyebrow|overline|roofline|pre-?title|super-?title|topline|dachzeile|surtitre|antetitulo"
    r"|occhiello)(?:$|[-_])"
)
"""Names of the short line above a headline."""
_MOST = 50
"""Headlines that are looked at."""


def _is_headline(page: Page, element: HtmlElement) -> bool:
    """Not a site's name, a screen-reader label, a card's or widget's heading."""
    classes = set((element.get("class") or "").lower().split())
    if classes & _SITE_TITLE or is_silent(element) or is_elsewhere(page, element):
        return False
    parent = element.getparent()
    if parent is not None and set((parent.get("class") or "").lower().split()) & _SITE_TITLE:
        return False
    text = shown_text(element)
    return bool(text) and len(text) < 600 and not any(same_text(text, name) for name in site_names(page))


@per_page
def _headlines(page: Page) -> list[HtmlElement]:
    """Elements that look like headlines, best first: marked as such within the post, marked beside it, plain h1."""
    marked = [
        e
        for e in having_class(page, *_HEADLINE_CLASSES)
        if e.tag not in ("a", "time")
        and (e.tag in _HEADINGS or "entry-title" in (e.get("class") or "") or e.find("h1") is not None)
    ]
    marked += having_itemprop(page, "headline")
    usable = [e for e in dict.fromkeys([*marked[:_MOST], *tagged(page, "h1")[:_MOST]]) if _is_headline(page, e)]
    return sorted(usable, key=lambda e: (e.tag != "h1", not in_post(page, e)))


def _agreement(page: Page, text: str) -> int:
    """How well a heading agrees with what the head calls the page: 2 the same, 1 one begins or contains the other."""
    ours, best = letters(text), 0
    for title in declared_titles(page):
        theirs = letters(title)
        if ours == theirs:
            return 2
        if min(len(ours), len(theirs)) >= 8 and (ours in theirs or theirs in ours):
            best = 1
    return best


def _without_kicker(page: Page, element: HtmlElement) -> str:
    """A headline's text without a label or subtitle in an element of its own, where the head has it without too.

    What is named for a line above the headline is left out if the head does not have it either.
    """
    text, wanted = shown_text(element), {letters(title) for title in declared_titles(page)}
    if letters(text) in wanted:
        return text
    children = list(islice(element.iter("*"), 1, _MOST))
    inner = [shown_text(child) for child in children]
    rests = [_without(text, part) for part in inner]
    kickers = (rest for child, rest in zip(children, rests, strict=True) if _is_kicker(child))
    agreeing = (part for part in [*inner, *rests] if part and letters(part) in wanted)
    return next(agreeing, None) or next(kickers, None) or text


def _without(text: str, part: str) -> str:
    return " ".join((text.replace(part, " ", 1) if part else text).strip(" |:–—-·•").split())


def _is_kicker(element: HtmlElement) -> bool:
    return any(_KICKER.search(name.lower()) for name in class_list(element))


def _headline_that_agrees(page: Page, level: int) -> str | None:
    texts = (_without_kicker(page, element) for element in _headlines(page))
    found = next((text for text in texts if _agreement(page, text) >= level), None)
    return without_site_name(found, site_names(page)) if found else None


def _same_headline(page: Page) -> str | None:
    return _headline_that_agrees(page, 2)


def _similar_headline(page: Page) -> str | None:
    return _headline_that_agrees(page, 1)


def _has_words_of_title(page: Page, text: str) -> bool:
    """Whether a heading shares words with what the head calls the page; search engine plugins let editors reword it."""
    words = set(re.findall(r"\w{3,}", text.casefold()))
    declared = [set(re.findall(r"\w{3,}", title.casefold())) for title in declared_titles(page)]
    return not words or not any(declared) or any(words & theirs for theirs in declared)


def _marked_headline(page: Page) -> str | None:
    marked = having_class(page, "entry-title", "wp-block-post-title", "post-title", "tdb-title-text", "jeg_post_title")
    texts = (_without_kicker(page, e) for e in _headlines(page) if e in marked)
    return next((text for text in texts if _has_words_of_title(page, text)), None)


def _only_h1(page: Page) -> str | None:
    texts = {_without_kicker(page, element) for element in _headlines(page) if element.tag == "h1"}
    return next((text for text in texts if len(texts) == 1 and _has_words_of_title(page, text)), None)


def _open_graph(page: Page) -> str | None:
    return _cleaned(page, meta(page, "og:title", "twitter:title"))


def _is_untitled(page: Page) -> bool:
    """Whether the document's title is nothing but the site's name: what stands elsewhere then is a stopgap."""
    title = document_title(page)
    return title is not None and not letters(_cleaned(page, title) or "")


def _json_ld(page: Page) -> str | None:
    if _is_untitled(page):
        return None  # Yoast's "No title"
    node = article_node(page) or page_node(page) or {}
    return text_of(node.get("headline")) or text_of(node.get("name"))


def _first_headline(page: Page) -> str | None:
    """The best of the headlines; of a post without a title only one marked as such, no label like "Blog"."""
    usable = (e for e in _headlines(page) if "entry-title" in class_list(e) or not _is_untitled(page))
    return next((_without_kicker(page, e) for e in usable), None)


def _document_title(page: Page) -> str | None:
    return _cleaned(page, document_title(page))


def _cleaned(page: Page, title: str | None) -> str | None:
    """A title of the head without the site's name; none where nothing else is left, as for a post without a title."""
    text = without_site_name(html.unescape(title), site_names(page)) if title else ""
    return None if any(same_text(text, name) for name in site_names(page)) else text


_TITLE: tuple[Candidate[str], ...] = (
    ("headline, as the head says", _same_headline),
    ("headline, much as the head says", _similar_headline),
    ("the only h1", _only_h1),
    ("headline by its class", _marked_headline),
    ("og:title", _open_graph),
    ("JSON-LD headline", _json_ld),
    ("first headline", _first_headline),
    ("document title", _document_title),
)


@per_page
def raw_title(page: Page) -> Found[str] | None:
    """The headline as printed, with the prefix of a password-protected post still on it."""
    return first_found(page, _TITLE)
