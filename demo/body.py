"""A post's body: from what the editor holds to the HTML that WordPress shows, and to its plain paragraphs."""

import re

from lxml.html import HtmlElement, fragment_fromstring

_NEXT_PAGE = "<!--nextpage-->"
_BLOCK_TAG = re.compile(r"<(?:h[1-6]|ul|ol|blockquote|figure|pre|hr|div|table)\b")


def body_pages(body: str) -> list[str]:
    """The HTML of each page of a body; paragraphs get their ``<p>`` as wpautop() gives it."""
    return ["\n".join(map(_autop, _blocks(page))) for page in body.split(_NEXT_PAGE)]


def paragraphs(body: str) -> list[str]:
    """The plain text of a body's paragraphs, headings, list items and quotes in order; captions are not of them."""
    tree = fragment_fromstring("".join(body_pages(body)), create_parent="div")
    return [text for element in tree.iter("p", "h2", "h3", "h4", "li", "pre") if (text := _text(element))]


def _blocks(page: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", page) if block.strip()]


def _autop(block: str) -> str:
    return block if _BLOCK_TAG.match(block) else f"<p>{block}</p>"


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
