"""What a page says of itself outside its text: meta tags, links (of the head and of the ``Link`` header), the title."""

import re
from dataclasses import dataclass

from crawler.reading.page import Page, per_page, tagged
from crawler.reading.text import element_text
from crawler.urls import absolute_url

_HEADER_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s\",;]*))?)*)")
_HEADER_PARAMETER = re.compile(r";\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]*))")


_LOADING = frozenset(
    {
        "stylesheet",
        "preload",
        "prefetch",
        "modulepreload",
        "dns-prefetch",
        "preconnect",
        "icon",
        "apple-touch-icon",
        "mask-icon",
    }
)
"""Relations that load something and say nothing of the page."""


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A ``<link>`` or an entry of the ``Link`` header (RFC 8288); ``rel`` in lower case, ``href`` absolute."""

    rel: frozenset[str]
    href: str
    type: str = ""
    title: str = ""


@per_page
def base_url(page: Page) -> str:
    """What relative URLs are relative to: ``<base href>`` (WordPress prints none, old themes do) or the page's URL."""
    bases = (href for base in tagged(page, "base") if (href := base.get("href")) is not None)
    return absolute_url(page.url, next(bases, None)) or page.url


@per_page
def metas(page: Page) -> dict[str, list[str]]:
    """The contents of meta tags by lower-case ``property``, ``name`` or ``http-equiv``; those of the body too.

    A ``noscript`` or a stray ``div`` in the head ends the head for the parser, and what follows lands in the body.
    Some programs that save pages write ``value`` for ``content``.
    """
    found: dict[str, list[str]] = {}
    for element in tagged(page, "meta"):
        content = " ".join((element.get("content") or element.get("value") or "").split())
        if content:
            for key in {(element.get(name) or "").lower() for name in ("property", "name", "http-equiv")} - {""}:
                found.setdefault(key, []).append(content)
    return found


def meta(page: Page, *keys: str) -> str | None:
    """The content of the first of these meta tags that the page has."""
    return next((metas(page)[key][0] for key in keys if key in metas(page)), None)


@per_page
def links(page: Page) -> list[HeadLink]:
    """The ``<link>`` elements that say something, with a usable URL, then those of the ``Link`` header."""
    found = []
    for element in tagged(page, "link"):
        rel = frozenset((element.get("rel") or "").lower().split())
        if rel and not rel & _LOADING and (href := absolute_url(base_url(page), element.get("href"))):
            kind, title = element.get("type") or "", element.get("title") or ""
            found.append(HeadLink(rel, href, kind.lower(), title))
    return found + header_links(page.headers.get("link", ""), page.url)


def header_links(header: str, url: str) -> list[HeadLink]:
    """The entries of the ``Link`` header of an answer from ``url``; several headers are joined by commas."""
    found = []
    for target, parameters in _HEADER_LINK.findall(header):
        named = {name.lower(): quoted or token for name, quoted, token in _HEADER_PARAMETER.findall(parameters)}
        if href := absolute_url(url, target):
            rel = frozenset(named.get("rel", "").lower().split())
            found.append(HeadLink(rel, href, named.get("type", "").lower(), named.get("title", "")))
    return found


def links_of(page: Page, rel: str) -> list[HeadLink]:
    """The links of one relation."""
    return [link for link in links(page) if rel in link.rel]


def link_of(page: Page, rel: str) -> str | None:
    """The URL of the first link of one relation."""
    return next((link.href for link in links_of(page, rel)), None)


@per_page
def document_title(page: Page) -> str | None:
    """The text of ``<title>``; an SVG's title is none."""
    for element in tagged(page, "title"):
        parent = element.getparent()
        if parent is not None and parent.tag in ("head", "body", "html"):
            return element_text(element) or None
    return None
