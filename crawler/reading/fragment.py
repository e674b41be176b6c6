"""The content of a post alone, as feeds and REST answers give it, made a page that the readers of pages can read."""

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.page import Page, parse_page


def content_page(content: str, url: str) -> Page:
    """A page that shows nothing but a post with this content (HTML). Raises UnreadablePage.

    The content is parsed by itself before it is put into the post, so that a stray end tag cannot close the post.
    """
    page = parse_page(f"<!doctype html><html><body>{content}", url)
    body = page.root.find("body")
    if body is None:  # a frameset
        body = etree.SubElement(page.root, "body")
    _wrap(body, "div", "entry-content")
    _wrap(body, "article", "post type-post hentry")
    return page


def content_of(page: Page) -> HtmlElement:
    """The element of a ``content_page`` that holds the content."""
    return next(element for element in page.root.iter("div"))


def _wrap(body: HtmlElement, tag: str, names: str) -> None:
    """Put everything in ``body`` into one element."""
    inner = body.makeelement(tag, {"class": names})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(inner)
