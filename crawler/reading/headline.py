"""The headline's place: what the head calls the page, and the heading that says the same."""

import html
import re
import unicodedata
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.reading.head import document_title, metas
from crawler.reading.markup import having_class, shown_text
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.structured import article_node, page_node, text_of
from crawler.reading.wordpress import site_names

_SEPARATOR = re.compile(r"(\s+(?:[|–—\-»«›‹·•~:]|&raquo;|::|//|→|←)+\s+|\s*[|»«]\s*)")
_ARCHIVE_LABELS = ("Blog Archive", "Blog Archiv", "Archives", "Blog-Archiv")
"""What themes of WordPress's first years put between the site's name and the title of a post."""
_MAX_TITLE = 1000
_MOST = 300
"""Headings that are looked at."""
_HEADINGS = ("h1", "h2", "h3")
_MARKED = ("entry-title", "wp-block-post-title", "post-title")


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, white space, punctuation and the shape of quotes."""
    return letters(one) == letters(other)


def letters(text: str) -> str:
    """A text's letters and digits, for comparing; of a text longer than any title those of its beginning."""
    return _letters(text[:_MAX_TITLE])


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def without_site_name(title: str, names: list[str]) -> str:
    """A document title without the site's name at its end or start (with what stands between them)."""
    pieces = _SEPARATOR.split(title[:_MAX_TITLE])
    parts, separators = pieces[::2], [*pieces[1::2], ""]
    known = {letters(name) for name in (*names, *_ARCHIVE_LABELS)} - {""}
    first, last = 0, len(parts) - 1
    while last > first and letters(parts[last]) in known:
        last -= 1
    while first < last and letters(parts[first]) in known:
        first += 1
    kept = zip(parts[first : last + 1], [*separators[first:last], ""], strict=True)
    return "".join(part + separator for part, separator in kept).strip()


@per_page
def declared_titles(page: Page) -> list[str]:
    """What the head calls the page, the site's name removed where it is known: the references for the headline."""
    node = article_node(page) or page_node(page) or {}
    found = [
        *metas(page).get("og:title", []),
        *metas(page).get("twitter:title", []),
        text_of(node.get("headline")),
        document_title(page),
    ]
    return [without_site_name(html.unescape(title), site_names(page)) for title in dict.fromkeys(found) if title]


@per_page
def exact_headline(page: Page) -> HtmlElement | None:
    """The heading that says what the head calls the page; an h1 rather than others, one marked as a title first."""
    wanted = {letters(title) for title in declared_titles(page)} - {""} - {letters(name) for name in site_names(page)}
    marked = [e for e in having_class(page, *_MARKED) if e.tag != "a"]
    headings = sorted([*marked, *tagged(page, *_HEADINGS)[:_MOST]], key=lambda e: e.tag != "h1")
    return next((e for e in headings if letters(shown_text(e)) in wanted), None) if wanted else None


@per_page
def likely_headline(page: Page) -> HtmlElement | None:
    """The exact headline, else the only h1 that is not the site's name: good enough to look around it."""
    names = {letters(name) for name in site_names(page)} | {""}
    headings = [e for e in tagged(page, "h1")[:_MOST] if letters(shown_text(e)) not in names]
    exact = exact_headline(page)
    return headings[0] if exact is None and len(headings) == 1 else exact
