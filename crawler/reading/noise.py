"""What in a post's container is not the article, told by what an element is and by what it is called."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.reading.boxnames import (
    class_of,
    is_excerpt_name,
    is_hard_noise_name,
    is_hidden_name,
    is_noise_heading_name,
    is_noise_name,
    names_of,
    spelled,
)
from crawler.reading.htmltags import HEADINGS, INLINE, NOISE
from crawler.reading.phrases import is_notice
from crawler.reading.text import element_text

_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_MAX_STYLE = 500
_PANEL = re.compile(
    r"(?:[a-z0-9]+-){0,4}(?:tabs?|accordion|toggle|collapse|collapsible|spoiler|faq|expander|panel)"
    r"-(?:panel|pane|content|body|answer|inner|text|section)(?:-[a-z0-9]+)?"
    r"|(?:[a-z0-9]+-){0,2}(?:tabpanel|tab-?pane|faq-answer|spoiler-body)"
)
"""Names of the panels of tabs and accordions, as page builders, plugins and style sheets have them."""


def is_noise(element: HtmlElement) -> bool:
    """Whether an element of a post's container is not the article."""
    tag = element.tag
    if (tag in NOISE and not _is_question(element)) or (tag in ("ul", "ol") and _is_contents(element)):
        return True
    attributes = element.keys()
    if not attributes:
        return False
    if hides(element, attributes):
        return True
    if tag in HEADINGS:
        return is_noise_heading_name(class_of(element))
    names = (
        class_of(element) if tag in INLINE else names_of(element, attributes)
    )  # ids of inline elements are slugs of their text
    return bool(names) and (is_noise_name(names) or is_hard_noise_name(names) or is_excerpt_name(names))


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser would not show it."""
    return hides(element, element.keys())


def hides(element: HtmlElement, attributes: Sequence[str]) -> bool:
    """Whether one of an element's attributes, of which these are the names, hides it."""
    if _is_switched_off(element, attributes):
        return not _is_panel(element)
    return "class" in attributes and is_hidden_name(class_of(element))


def _is_switched_off(element: HtmlElement, attributes: Sequence[str]) -> bool:
    if "hidden" in attributes or ("aria-hidden" in attributes and element.get("aria-hidden") == "true"):
        return True
    return "style" in attributes and _is_unshown((element.get("style") or "")[:_MAX_STYLE])


def _is_panel(element: HtmlElement) -> bool:
    """Whether it is the panel of a tab or of an accordion: readers open it, and all but one are hidden until then."""
    if element.get("role") == "tabpanel":
        return True
    return element.tag not in INLINE and any(map(_PANEL.fullmatch, spelled(class_of(element)).split()))


def _is_unshown(style: str) -> bool:
    style = style.lower()
    return ("none" in style or "hidden" in style) and bool(_DISPLAY_NONE.search(style))


def _is_question(element: HtmlElement) -> bool:
    """Whether it is the button that opens a part of the text, as accordions of questions and answers have them."""
    if element.tag != "button":
        return False
    parent = element.getparent()
    return (parent is not None and parent.tag in HEADINGS) or element_text(element).endswith(("?", "？", "؟"))


def _is_contents(menu: HtmlElement) -> bool:
    """Whether a list is a table of contents: it is announced as one, and each item links to a place in the page."""
    announced = menu.getprevious()
    if announced is None or not is_notice(element_text(announced)):
        return False
    anchors = [anchor.get("href") or "" for anchor in menu.iter("a")]
    items = sum(1 for _ in menu.iter("li"))
    return len(anchors) > 2 and len(anchors) >= items and all(len(href) > 1 and href[0] == "#" for href in anchors)
