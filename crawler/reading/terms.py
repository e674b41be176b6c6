"""The categories and tags of a post: names as the site writes them, of this post alone."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.reading.body import main_post
from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import metas
from crawler.reading.headline import letters
from crawler.reading.markup import anchors, body_classes, class_list, having_class, shown_text
from crawler.reading.page import Page, per_page
from crawler.reading.place import around_body, is_elsewhere
from crawler.reading.structured import article_node, text_of, values
from crawler.reading.urlparts import last_segment

_CATEGORY_BOXES = (
    "cat-links", "taxonomy-category", "entry-categories", "post-categories", "entry-category", "post-category",
    "category-links", "categories-links", "td-category", "entry-cats", "post-cats", "cat-link", "category",
    "categories", "meta-category",
)  # fmt: skip
_TAG_BOXES = (
    "tags-links", "tag-links", "taxonomy-post_tag", "entry-tags", "post-tags", "tagcloud", "td-tags", "tags",
    "entry-tag", "post-tag", "article-tags", "tag-list", "jeg_post_tags", "single-tags",
)  # fmt: skip
_CATEGORY_URL = re.compile(
    r"/(?:category|categor(?:ia|y|ie|ies|ias)|kategori[aey]?|kategoria|rubrik|rubrique|rubric|cat|categorie|section|topics?)/"
)
_TERM_QUERY = re.compile(r"[?&](cat|category_name|tag)=")
_TAG_URL = re.compile(r"/(?:tags?|schlagw(?:o|oe)rt|etiquetas?|etiquette|mot-cle|keyword|label)/")


@per_page
def _slugs(page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """Slugs of the post's categories and tags in the classes that ``get_post_class`` printed on its element."""
    post = main_post(page)
    chain = [] if post is None else [post, *post.iterancestors(), *post.iterfind(".//article")]
    names = {name for element in chain for name in class_list(element)} - body_classes(page)
    categories = {name.removeprefix("category-") for name in names if name.startswith("category-")}
    tags = {name.removeprefix("tag-") for name in names if name.startswith("tag-")}
    return frozenset(categories), frozenset(tags)


def _term_kind(page: Page, link: HtmlElement) -> str | None:
    """``category`` or ``tag``, by rel, query, the post's classes, and the base of the term's URL."""
    href, rel = link.get("href") or "", (link.get("rel") or "").split()
    if "category" in rel:
        return "category"
    categories, tags = _slugs(page)
    slug = last_segment(href) if categories or tags else ""
    if (slug in categories) != (slug in tags):
        return "category" if slug in categories else "tag"
    return _kind_of_url(href)


@lru_cache(maxsize=16384)
def _kind_of_url(href: str) -> str | None:
    """By the base that permalinks give terms, in many languages, or the query that plain ones do."""
    if match := _TERM_QUERY.search(href):
        return "tag" if match[1] == "tag" else "category"
    return "category" if _CATEGORY_URL.search(href) else "tag" if _TAG_URL.search(href) else None


def _own(page: Page, elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    return [element for element in elements if not is_elsewhere(page, element)]


def _texts(links: Iterable[HtmlElement]) -> list[str]:
    """The names that links show, once each; a hash sign before a tag is decoration."""
    texts = (re.sub(r"^[#,•·|/\s]+|[,•·|/\s]+$", "", shown_text(link)) for link in links)
    return list(dict.fromkeys(text for text in texts if text and len(text) < 100))


@per_page
def _rel_links(page: Page) -> list[HtmlElement]:
    return _own(page, [a for a in anchors(page) if {"tag", "category"} & set((a.get("rel") or "").split())])


def _rel_terms(page: Page, kind: str) -> list[str]:
    default = "tag"  # rel=tag on a URL that says nothing
    return _texts(a for a in _rel_links(page) if (_term_kind(page, a) or default) == kind)


def _boxed(page: Page, boxes: tuple[str, ...], kind: str) -> list[str]:
    for box in _own(page, having_class(page, *boxes)):
        links = [box] if box.tag == "a" else list(box.iter("a"))
        if names := _texts(a for a in links if (_term_kind(page, a) or kind) == kind):
            return names
    return []


@per_page
def _term_links(page: Page) -> list[tuple[str, HtmlElement]]:
    """The links of the page that lead to a category or a tag, with which it is."""
    kinds = ((_term_kind(page, link), link) for link in anchors(page))
    return [(kind, link) for kind, link in kinds if kind]


def _linked(page: Page, kind: str) -> list[str]:
    """Links around the body to terms: those that the post's classes name, or if they name none, by the URL's base."""
    slugs = _slugs(page)[0 if kind == "category" else 1]
    links = (link for its_kind, link in _term_links(page) if its_kind == kind)
    wanted = (link for link in links if not slugs or last_segment(link.get("href") or "") in slugs)
    return _texts(around_body(page, wanted))


def _article_metas(page: Page, name: str) -> list[str]:
    return list(dict.fromkeys(metas(page).get(name, [])))


def _keywords(page: Page) -> list[str]:
    """Of the keywords of the head, which mix categories, tags and the author's own words, those the classes name."""
    slugs = {letters(slug) for slug in _slugs(page)[1]}
    given = (content for name in ("news_keywords", "keywords") for content in metas(page).get(name, []))
    words = (word.strip() for content in given for word in content.split(","))
    return list(dict.fromkeys(word for word in words if letters(word) in slugs))


def _json_ld(page: Page, key: str) -> list[str]:
    found = []
    for value in values(page, article_node(page) or {}, key):
        text = text_of(value) or ""
        found += [part.strip() for part in text.split(",")] if key == "keywords" else [text]
    return list(dict.fromkeys(name for name in found if name))


_CATEGORIES: tuple[Candidate[list[str]], ...] = (
    ("rel=category", lambda page: _rel_terms(page, "category")),
    ("category links", lambda page: _boxed(page, _CATEGORY_BOXES, "category")),
    ("category links around the body", lambda page: _linked(page, "category")),
    ("JSON-LD articleSection", lambda page: _json_ld(page, "articleSection")),
    ("article:section", lambda page: _article_metas(page, "article:section")),
)
_TAGS: tuple[Candidate[list[str]], ...] = (
    ("rel=tag", lambda page: _rel_terms(page, "tag")),
    ("tag links", lambda page: _boxed(page, _TAG_BOXES, "tag")),
    ("tag links around the body", lambda page: _linked(page, "tag")),
    ("article:tag", lambda page: _article_metas(page, "article:tag")),
    ("JSON-LD keywords", lambda page: _json_ld(page, "keywords")),
    ("keywords among the post's classes", _keywords),
)


@per_page
def categories(page: Page) -> Found[list[str]] | None:
    """The names of the post's categories."""
    return first_found(page, _CATEGORIES)


@per_page
def tags(page: Page) -> Found[list[str]] | None:
    """The names of the post's tags."""
    return first_found(page, _TAGS)
