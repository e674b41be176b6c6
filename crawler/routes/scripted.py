"""Whether a page has nothing to read until scripts run. Pure.

Judged by what the page shows, never by the framework that made it: a shell has scripts, next to no text, no headline,
and no list of posts. What a menu, a header or a footer says is not counted: shells often have these.
"""

from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from crawler.reading.kind import Kind, page_kind
from crawler.reading.markup import having_class
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.text import raw_text
from crawler.routes.archive import read_listing

MOST_TEXT = 200
"""Characters that a shell may show: "Loading …", "This site needs JavaScript"."""

_NOT_JUDGED = frozenset({Kind.CHALLENGE, Kind.FEED, Kind.NOT_FOUND, Kind.EMBED, Kind.SEARCH})
_RUN = frozenset(
    {"", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript"}
)
"""Types of scripts that run; others are data."""
_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "select", "option", "iframe", "object", "svg"}
)
_SECTION_ENDS = frozenset({"header", "footer"})
_AROUND = frozenset({"nav", "aside", "form", "dialog"})
_AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog"})
_OF_THE_MAIN_PART = frozenset({"main", "article"})
_HEADINGS = ("h1", "h2", "h3")
_MEDIA = ("video", "audio", "embed")


def needs_scripts(page: Page, site: str | None = None) -> str | None:
    """Why a page has to be opened in a browser to be read, fit for a record; None if it need not.

    ``asks``: it says itself that it needs JavaScript; ``empty``: it has scripts, and shows nothing. Without the
    ``site`` (see ``urls.site_id``) its lists are not looked at.
    """
    if not _is_shell(page) or page_kind(page) in _NOT_JUDGED:
        return None
    if site is not None and read_listing(page, site).posts:
        return None
    return "asks" if _asks(page) else "empty"


@per_page
def _is_shell(page: Page) -> bool:
    is_error = bool(having_class(page, "wp-die-message"))
    return _has_script(page) and not is_error and not _has_headline(page) and not _shows_text(page)


def _has_script(page: Page) -> bool:
    scripts = tagged(page, "script")
    return any(_runs(script) and (script.get("src") or (script.text or "").strip()) for script in scripts)


def _runs(script: HtmlElement) -> bool:
    return (script.get("type") or "").partition(";")[0].strip().lower() in _RUN


def _has_headline(page: Page) -> bool:
    """Or another thing that is the content of a page by itself."""
    headings = (node for node in tagged(page, *_HEADINGS) if raw_text(node).strip())
    return any(not _is_around(node) for node in chain(tagged(page, *_MEDIA), headings))


def _is_around(node: HtmlElement) -> bool:
    """Whether it is in what is around the main part of a page, or not shown at all.

    What is around an ``article`` or ``main`` does not matter: tags that are never closed wrap whole pages.
    """
    for one in (node, *node.iterancestors()):
        if one.tag in _OF_THE_MAIN_PART:
            return False
        if _opens_around(one):
            return True
    return False


def _opens_around(node: HtmlElement) -> bool:
    """The header of an article has its headline; that of a page has a name and a menu."""
    if node.tag in _SECTION_ENDS:
        return next(node.iterancestors(*_OF_THE_MAIN_PART), None) is None
    return node.tag in _AROUND or node.tag in _NOT_SHOWN or (node.get("role") or "") in _AROUND_ROLES


def _shows_text(page: Page) -> bool:
    """The long paragraphs first: most pages have them, and then nothing else need be looked at."""
    if any(len(raw_text(node)) > MOST_TEXT and not _is_around(node) for node in tagged(page, "p")):
        return True
    body, length = page.root.find("body"), 0
    for text in _texts(page.root if body is None else body):
        length += len(" ".join(text.split()))
        if length > MOST_TEXT:
            return True
    return False


def _texts(element: HtmlElement) -> Iterator[str]:
    """What an element shows, without what is around the main part. Pages are not deep: see ``page.parse_page``."""
    yield element.text or ""
    for child in element:
        if not _opens_around(child) or next(child.iter(*_OF_THE_MAIN_PART), None) is not None:
            yield from _texts(child)
        yield child.tail or ""


def _asks(page: Page) -> bool:
    """Every language writes the word as it is."""
    return any("javascript" in raw_text(node).lower() for node in tagged(page, "noscript"))
