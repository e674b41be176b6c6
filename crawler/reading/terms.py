"""The categories and tags of a post: names as the site writes them, of this post alone."""

import re
import unicodedata

from lxml.html import HtmlElement

from crawler.reading.body import body_container
from crawler.reading.canonical import on_same_host
from crawler.reading.cards import outside_cards
from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import base_url, metas
from crawler.reading.headline import letters
from crawler.reading.markup import anchors, class_list, having_class
from crawler.reading.page import Page, per_page
from crawler.reading.place import around_body, foot_parts, in_body, in_post
from crawler.reading.structured import article_node, text_of, values
from crawler.reading.tagboxes import at_end, has_other_heading, in_tag_boxes
from crawler.reading.termlinks import (
    class_of,
    classes_of,
    is_button,
    is_no_name,
    kind_of,
    may_be_own,
    own_classes,
    shown_names,
    term_links,
    with_term_rel,
)
from crawler.urls import absolute_url

_CATEGORY_BOXES = (
    "cat-links", "taxonomy-category", "entry-categories", "post-categories", "entry-category", "post-category",
    "category-links", "categories-links", "td-category", "entry-cats", "post-cats", "cat-link", "category",
    "categories", "meta-category",
)  # fmt: skip
_TAG_BOXES = (
    "tags-links", "tag-links", "taxonomy-post_tag", "entry-tags", "post-tags", "td-tags", "tags",
    "entry-tag", "post-tag", "article-tags", "tag-list", "jeg_post_tags", "single-tags",
)  # fmt: skip


@per_page
def _rel_links(page: Page) -> list[HtmlElement]:
    marked = with_term_rel(page)
    return outside_cards(page, [link for link in anchors(page) if link in marked]) if marked else []


def _rel_terms(page: Page, kind: str) -> list[str]:
    default = "tag"  # rel=tag on a URL that says nothing
    links = (a for a in _rel_links(page) if (kind_of(page, a) or default) == kind)
    own = [a for a in links if may_be_own(page, a, kind)]
    return shown_names([a for a in own if in_post(page, a)] or around_body(page, own) or own)


def _boxed(page: Page, boxes: tuple[str, ...], kind: str) -> list[str]:
    for box in outside_cards(page, having_class(page, *boxes)):
        links = [box] if box.tag == "a" else list(box.iter("a"))
        if names := shown_names(a for a in links if (kind_of(page, a) or kind) == kind):
            return names
    return []


def _linked(page: Page, kind: str) -> list[str]:
    """Links without rel around the body: those that the post's classes name, or if they name none, by the URL."""
    links = (link for its_kind, link in term_links(page) if its_kind == kind and not is_no_name(link))
    may_be = [link for link in links if link not in with_term_rel(page) and may_be_own(page, link, kind)]
    return shown_names(around_body(page, may_be)) or (shown_names(_below_body(page, may_be)) if kind == "tag" else [])


def _below_body(page: Page, links: list[HtmlElement]) -> list[HtmlElement]:
    """Those in the boxes right behind the body, without cards and parts with another heading than "Tags"."""
    parts = [part for part in foot_parts(page) if not has_other_heading(part)] if links else []
    below = [link for link in links if any(part in parts for part in link.iterancestors())]
    return outside_cards(page, in_tag_boxes(below))


def _closing_tags(page: Page) -> list[str]:
    """Links without rel in boxes at the end of the body that hold links to the site's tags and nothing else."""
    known = (link for kind, link in term_links(page) if kind == "tag" and not is_no_name(link))
    boxes = in_tag_boxes(link for link in known if in_body(page, link) and _is_of_site(page, link))
    body = body_container(page)
    return shown_names(at_end(body, boxes)) if boxes and body is not None else []


def _is_of_site(page: Page, link: HtmlElement) -> bool:
    """Shops and their partners have addresses with ``tag=`` too."""
    url = absolute_url(base_url(page), link.get("href"))
    return url is not None and on_same_host(page, url)


def _named_by_classes(page: Page, kind: str) -> list[str]:
    """The terms that the post's own classes name, by what links anywhere on the page call them; all or none.

    Of a menu, only its links to terms: those of others are not called by the term's name.
    """
    called: dict[str, str] = {}
    for its_kind, link in term_links(page):
        name = class_of(link)
        if its_kind == kind and name not in called and _is_of_term(link) and not in_body(page, link):
            called.update((name, text) for text in shown_names([link]))
    names = [called.get(name) for name in classes_of(page, kind)]
    return [name for name in names if name] if all(names) else []


def _is_of_term(link: HtmlElement) -> bool:
    if is_button(link):
        return False
    parent = link.getparent()
    classes = class_list(parent) if parent is not None else []
    return "menu-item" not in classes or "menu-item-type-taxonomy" in classes


def _article_metas(page: Page, name: str) -> list[str]:
    return list(dict.fromkeys(metas(page).get(name, [])))


def _keywords(page: Page) -> list[str]:
    """Of the keywords of the head, which mix categories, tags and the author's own words, those the classes name."""
    given = (content for name in ("news_keywords", "keywords") for content in metas(page).get(name, []))
    words = dict.fromkeys(word.strip() for content in given for word in content.split(","))
    return [word for word in words if _is_tag_class(page, letters(_without_accents(word)))]


def _is_tag_class(page: Page, word: str) -> bool:
    """Whether the classes name a tag of this name; of one without ASCII letters they have an id, as of categories."""
    categories, tags = own_classes(page)
    if re.search(r"[a-z0-9]", word):
        return word in map(letters, tags)
    return bool(word) and any(map(str.isdigit, tags)) and not any(map(str.isdigit, categories))


def _without_accents(text: str) -> str:
    """As ``sanitize_title`` makes a slug of a name."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _json_ld(page: Page, key: str) -> list[str]:
    found = []
    for value in values(page, article_node(page) or {}, key):
        text = text_of(value) or ""
        between = r"," if key == "keywords" else r",(?=\S)"  # names may hold a comma and a space
        found += [part.strip() for part in re.split(between, text)]
    return list(dict.fromkeys(name for name in found if name))


_CATEGORIES: tuple[Candidate[list[str]], ...] = (
    ("rel=category", lambda page: _rel_terms(page, "category")),
    ("category links", lambda page: _boxed(page, _CATEGORY_BOXES, "category")),
    ("links to the categories among its classes", lambda page: _named_by_classes(page, "category")),
    ("category links around the body", lambda page: _linked(page, "category")),
    ("JSON-LD articleSection", lambda page: _json_ld(page, "articleSection")),
    ("article:section", lambda page: _article_metas(page, "article:section")),
)
_TAGS: tuple[Candidate[list[str]], ...] = (
    ("rel=tag", lambda page: _rel_terms(page, "tag")),
    ("tag links", lambda page: _boxed(page, _TAG_BOXES, "tag")),
    ("tag links around the body", lambda page: _linked(page, "tag")),
    ("article:tag", lambda page: _article_metas(page, "article:tag")),
    ("tag links that close the body", _closing_tags),
    ("JSON-LD keywords", lambda page: _json_ld(page, "keywords")),
    ("links to the tags among its classes", lambda page: _named_by_classes(page, "tag")),
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
