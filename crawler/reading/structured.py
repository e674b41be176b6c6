"""Structured data: the JSON-LD of a page as plain nodes, references resolved, and the node about its article."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.reading.head import link_of, meta
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.urlparts import url_parts

Node = dict[str, Any]

_MAX_SCRIPT = 2_000_000
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_PAGE_TYPES = re.compile(r"(?:WebPage|ItemPage|Review|Recipe|HowTo|VideoObject|PodcastEpisode|Event|Product)$")


@per_page
def json_ld_nodes(page: Page) -> list[Node]:
    """Every JSON-LD object of the page that is not inside another one, those of ``@graph`` and of lists included."""
    nodes: list[Node] = []
    for script in tagged(page, "script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes += _top_nodes(_parse(script.text or ""))
    return nodes


def _parse(text: str) -> Any:
    """A JSON-LD script as sites write it: with CDATA marks, line breaks, trailing commas; None where past mending."""
    text = _WRAPPER.sub("", text[:_MAX_SCRIPT].strip())
    for attempt in (text, _TRAILING_COMMA.sub("", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _top_nodes(data: Any, depth: int = 0) -> list[Node]:
    if depth > 4:
        return []
    if isinstance(data, list):
        return [node for item in data[:500] for node in _top_nodes(item, depth + 1)]
    if not isinstance(data, dict):
        return []
    graph = data.get("@graph")
    inner = _top_nodes(graph, depth + 1) if isinstance(graph, list | dict) else []
    main = data.get("mainEntity")
    if isinstance(main, dict) and is_article(main):
        inner.append(main)
    return ([data] if "@type" in data or "@id" in data else []) + inner


@per_page
def _by_id(page: Page) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in json_ld_nodes(page):
        for part in (node, *(value for value in node.values() if isinstance(value, dict))):
            if isinstance(name := part.get("@id"), str) and len(part) > 1:
                found.setdefault(name, part)
    return found


def resolve(page: Page, value: Any) -> Any:
    """A node for a reference to it (``{"@id": …}``); anything else as it is."""
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.keys() & {"name", "url", "@value"}:
        return _by_id(page).get(value["@id"], value)
    return value


def values(page: Page, node: Node, key: str) -> Iterator[Any]:
    """The values of a property: none, one or several in JSON-LD, references resolved."""
    value = node.get(key)
    for item in value if isinstance(value, list) else [value]:
        if item is not None:
            yield resolve(page, item)


def types_of(node: Node) -> list[str]:
    """The types of a node, without their vocabulary's address."""
    kinds = node.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def is_article(node: Node) -> bool:
    """Whether a node describes an article."""
    return any(_ARTICLE_TYPES.match(kind) for kind in types_of(node))


@per_page
def article_node(page: Page) -> Node | None:
    """The node that describes this page's article: the one that names this page, else the only one or the first."""
    articles = [node for node in json_ld_nodes(page) if is_article(node)]
    return next((node for node in articles if _is_about(page, node)), articles[0] if articles else None)


@per_page
def page_node(page: Page) -> Node | None:
    """The node that describes the page itself (``WebPage``), or a thing it is about, where there is no article node."""
    nodes = [node for node in json_ld_nodes(page) if any(_PAGE_TYPES.match(kind) for kind in types_of(node))]
    return next((node for node in nodes if "datePublished" in node), nodes[0] if nodes else None)


def _is_about(page: Page, node: Node) -> bool:
    main = node.get("mainEntityOfPage")
    named = [node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main]
    ours = {_path(url) for url in (page.url, link_of(page, "canonical"), meta(page, "og:url")) if url}
    return any(isinstance(name, str) and _path(name) in ours for name in named)


def _path(url: str) -> str:
    parts = url_parts(url.strip())
    return f"{parts.path.rstrip('/')}?{parts.query}"


def text_of(value: Any) -> str | None:
    """A property's text, entities decoded (plugins encode them once too often) and white space made single."""
    if isinstance(value, dict):
        value = value.get("@value", value.get("name"))
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", html.unescape(html.unescape(str(value)))).split()) or None
