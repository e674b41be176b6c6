"""The links of a page to categories and tags, and what the classes of its post say of them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.reading.body import main_post
from crawler.reading.destinations import Destination, TermKind, destination, destinations
from crawler.reading.headline import letters
from crawler.reading.markup import body_classes, class_list, having_class, having_rel, shown_text
from crawler.reading.page import Page, per_page
from crawler.reading.wordpress import wp_id

_TERM_ID = re.compile(r"(?:tag-link|cat-item)-(\d+)$")
_BUTTON = re.compile(r"(?:^|[-_])(?:button|btn)(?:$|[-_])")
_DECORATION = re.compile(r"^[#,•·|/\s]+|(?:\s*\(\d+[^)\d]*\))?[,•·|/\s]*$")


@per_page
def own_classes(page: Page) -> tuple[list[str], list[str]]:
    """What ``get_post_class`` says of the post's categories and tags: slugs, or ids of terms with other slugs.

    The element with ``post-N`` says it of this very post; where N is not known, the post's element does.
    """
    post, found = main_post(page), wp_id(page)
    if found:
        chain = having_class(page, f"post-{found.value}")[:1]
    else:
        chain = [] if post is None else [post, *post.iterancestors()]
    names = dict.fromkeys(name.lower() for element in chain for name in class_list(element))
    own = [name for name in names if name not in body_classes(page)]
    categories, tags = ([n.removeprefix(kind) for n in own if n.startswith(kind)] for kind in ("category-", "tag-"))
    return categories, tags


def classes_of(page: Page, kind: str) -> list[str]:
    """Those of ``own_classes`` that name terms of this kind, ``category`` or ``tag``."""
    return own_classes(page)[0 if kind == "category" else 1]


def class_of(link: HtmlElement) -> str:
    """The class that ``get_post_class`` prints for the term that a link leads to; empty: the link does not tell."""
    return destination(link.get("href") or "").term_class or _term_id(link)


def _term_id(link: HtmlElement) -> str:
    """The id of a term, which the links of the tag cloud and the list of categories name."""
    parent = link.getparent()
    beside = [*class_list(link), *(class_list(parent) if parent is not None else [])]
    return next((match[1] for name in beside if (match := _TERM_ID.match(name))), "")


def may_be_own(page: Page, link: HtmlElement, kind: str) -> bool:
    """Whether the post's classes name the term of a link; they may name none, and the link may not tell."""
    classes, name = classes_of(page, kind), class_of(link)
    return not classes or not name or name in classes


class _Told(NamedTuple):
    """What a page tells of its links to terms: those with ``rel=category``, the post's own classes."""

    marked: frozenset[HtmlElement]
    categories: list[str]
    tags: list[str]

    def kind_of(self, link: HtmlElement, to: Destination) -> TermKind | None:
        """By rel, query, the post's classes, and the base of the term's URL."""
        if link in self.marked:
            return "category"
        name = to.term_class or _term_id(link) if self.categories or self.tags else ""
        if (name in self.categories) != (name in self.tags):
            return "category" if name in self.categories else "tag"
        return to.term_kind


def _told(page: Page) -> _Told:
    return _Told(_with_category_rel(page), *own_classes(page))


def kind_of(page: Page, link: HtmlElement) -> TermKind | None:
    """What a link leads to; None: to no term, or nothing tells."""
    return _told(page).kind_of(link, destination(link.get("href") or ""))


def shown_names(links: Iterable[HtmlElement]) -> list[str]:
    """The names that links show, once each, without a hash sign before or the number of posts after."""
    texts = (_DECORATION.sub("", shown_text(link)) for link in links)
    return list(dict.fromkeys(text for text in texts if text and len(text) < 100))


@per_page
def _with_category_rel(page: Page) -> frozenset[HtmlElement]:
    return frozenset(having_rel(page, "category"))


@per_page
def with_term_rel(page: Page) -> frozenset[HtmlElement]:
    """The links of the page that have ``rel=category`` or ``rel=tag``."""
    return _with_category_rel(page) | frozenset(having_rel(page, "tag"))


@per_page
def term_links(page: Page) -> list[tuple[TermKind, HtmlElement]]:
    """The links of the page that lead to a category or a tag, with which it is."""
    told = _told(page)
    kinds = ((told.kind_of(link, to), link) for link, to in destinations(page))
    return [(kind, link) for kind, link in kinds if kind]


def is_no_name(link: HtmlElement) -> bool:
    """Whether it is a button with another text than the name, or of ``wp_tag_cloud``: the tags of the whole site."""
    return "tag-cloud-link" in class_list(link) or (is_button(link) and not _shows_slug(link))


def _shows_slug(link: HtmlElement) -> bool:
    return letters(shown_text(link)) == letters(destination(link.get("href") or "").term_class)


def is_button(link: HtmlElement) -> bool:
    """Whether a link says what to do ("View more") rather than a name."""
    return any(_BUTTON.search(name) for name in class_list(link))
