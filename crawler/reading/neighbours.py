"""The posts before and after this one, by its post navigation; previous is the older one (``get_previous_post``)."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from crawler.reading.amp import unpaired
from crawler.reading.canonical import article_url, on_same_host
from crawler.reading.evidence import Candidate, Found, first_found
from crawler.reading.head import base_url, links_of
from crawler.reading.markup import class_list, having_class, having_class_like, having_rel
from crawler.reading.page import Page, per_page
from crawler.reading.place import in_post, post_path
from crawler.reading.text import raw_text
from crawler.reading.urlparts import same_url
from crawler.reading.wordpress import home_url
from crawler.remember import remembered
from crawler.urls import absolute_url, is_web_url, url_key

Side = Literal["previous", "next"]

_REL = {"previous": "prev", "next": "next"}
_CLASSES: dict[Side, tuple[str, ...]] = {
    "previous": (
        "nav-previous", "post-navigation-link-previous", "previous-post", "prev-post", "post-previous", "post-prev",
        "prev", "previous", "nav-prev", "navi-prev", "mh-post-nav-prev", "jeg_prev_post", "td-post-prev-post",
        "previous_post",
        "prev_post", "post-nav-prev", "pagination-previous", "nav-left", "alignleft",
    ),
    "next": (
        "nav-next", "post-navigation-link-next", "next-post", "post-next", "next", "navi-next", "mh-post-nav-next",
        "td-post-next-post", "next_post", "post-nav-next", "pagination-next", "nav-right", "alignright",
    ),
}  # fmt: skip
_VAGUE = frozenset({
    "prev", "previous", "next", "nav-left", "nav-right", "alignleft", "alignright", "pagination-previous",
    "pagination-next",
})  # fmt: skip
_POST_NAVIGATION = re.compile(
    r"post-?nav|nav-?post|single-?nav|post-?pag|loop-nav|nav-(?:single|below|links)|post-?links|pagination|pager|navigation|entry-nav|prev-?next|next-?prev|default-wp-page",
    re.IGNORECASE,
)
_SIDE_IN_NAME: dict[Side, re.Pattern[str]] = {
    "previous": re.compile(
        r"(?:^|[-_])prev(?:ious)?[-_](?:post|article|entry|story)(?:$|[-_])(?!next)"
        r"|(?:^|[-_]|adjacent)(?:post|article|entry|story)s?[-_]prev(?:ious)?(?:$|[-_](?!next))"
    ),
    "next": re.compile(
        r"(?:^|(?<!read)[-_])next[-_](?:post|article|entry|story)(?:$|[-_])(?!prev)"
        r"|(?:^|[-_]|adjacent)(?:post|article|entry|story)s?[-_]next(?:$|[-_](?!prev))"
    ),
}
"""Themes put words of their own before and after: ``mvp-prev-post-wrap``, ``tdb-post-next``."""
_OTHER_SIDE: dict[Side, re.Pattern[str]] = {
    "previous": re.compile(r"[-_]next$"),
    "next": re.compile(r"[-_]prev(?:ious)?$"),
}
"""The last word is the side: ``tdb-next-post tdb-post-prev`` is the previous post in the style of the next."""
_PLAIN_NAME = re.compile(
    r"(?:(?:posts?|entry|adjacent(?:posts?)?|nav(?:igation)?|links?|prev(?:ious)?|next)(?:[-_]+|$))+"
)
"""Says nothing but that; a name with other words may be a box of what to read next."""
_NAME_OF_OTHERS = re.compile(
    r"(?:^|[-_])(?:up|recommend\w*|suggest\w*|relat\w*|read\w*|more|series|categor\w*|steps?|trend\w*|popular)(?:$|[-_])"
)
"""``up-next-article``, ``next-post-in-category``: next in an order that is not the site's."""
_HINT_OF_NAVIGATION = re.compile("nav|pag|links|prev")
"""What each (lower-case) name of a post navigation has; most names have none, and this is found out fast."""
_OTHER_NAVIGATION = re.compile(
    r"comment|page-numbers|page-links|post-page-numbers|post-nav-links|slider|carousel|swiper|slick|owl|gallery|calendar|related|ticker|tabs|lightbox",
    re.IGNORECASE,
)
_WIDGET = re.compile(r"(?<!elementor-)widget", re.IGNORECASE)
"""Elementor calls all its elements widgets, the post's own too."""
_OTHER_URL = re.compile(
    r"/comment-page-\d+|[?&]cpage=|[?&]paged=|/page/\d+/?(?:\?|$)|#comment|/wp-content/|/feed/?$|/(?:category|tag|author)/[^/]+/?$"
)


@lru_cache(maxsize=16384)
def _names_post_navigation(name: str) -> bool:
    return _HINT_OF_NAVIGATION.search(name) is not None and _POST_NAVIGATION.search(name) is not None


class _Told(NamedTuple):
    """What the names of an element tell of links in it."""

    is_other: bool
    is_of_posts: bool
    is_widget: bool


@remembered(8192)
def _told_of_navigation(names: str) -> _Told:
    patterns = (_OTHER_NAVIGATION, _POST_NAVIGATION, _WIDGET)
    return _Told(*(pattern.search(names) is not None for pattern in patterns))


def _is_post_navigation(page: Page, element: HtmlElement, *, vague: bool) -> bool:
    """Not comment pagination, a slider's arrows, a calendar, page links; if ``vague``, within a post navigation."""
    named = False
    for depth, node in enumerate([element, *element.iterancestors()]):
        if node.tag in ("body", "html") or depth > 6 or (depth and node in post_path(page)):
            break  # what holds the post too says nothing of its parts
        names = " ".join([*class_list(node), node.get("id") or ""])
        told = _told_of_navigation(names)
        if told.is_other and node.tag not in ("main", "article"):
            return False
        named = named or (depth < 5 and told.is_of_posts)
        if told.is_widget and not ((named or not vague) and in_post(page, node)):
            return False
    return named or not vague


def _post_urls(page: Page, anchors: Iterable[HtmlElement]) -> Iterator[str]:
    """The URLs among these that may be another post of the same site."""
    own = _own_addresses(page)
    for anchor in anchors:
        url = absolute_url(base_url(page), anchor.get("href"))
        if url and not _OTHER_URL.search(url) and on_same_host(page, url) and not _is_same_post(url, own):
            yield unpaired(page, url)


@per_page
def _own_addresses(page: Page) -> frozenset[str]:
    known = (page.url, article_url(page).value, home_url(page))
    return frozenset(url_key(url) for url in known if url and is_web_url(url))


def _is_same_post(url: str, own: frozenset[str]) -> bool:
    """The post itself or another of its pages (``/slug/2``, ``?page=2``)."""
    key = re.sub(r"[?&]page=\d+$", "", url_key(url))
    return key in own or re.sub(r"/\d{1,3}$", "", key) in own


def _by_rel(page: Page, side: Side) -> str | None:
    anchors = (a for a in having_rel(page, _REL[side]) if _is_post_navigation(page, a, vague=False))
    return next(_post_urls(page, anchors), None)


def _by_class(page: Page, side: Side) -> str | None:
    for name in _CLASSES[side]:
        for element in having_class(page, name):
            anchors = [element] if element.tag == "a" else list(element.iter("a")) or list(element.iterancestors("a"))
            if _is_post_navigation(page, element, vague=name in _VAGUE) and (
                url := next(_post_urls(page, anchors), None)
            ):
                return url
    return None


def _by_words(page: Page, side: Side) -> str | None:
    """Under a class that has the side among its words; the next post, if it has others, only beside the previous one.

    A theme's word before or after may as well make it a box of what to read next; none of those says "previous".
    """
    found, before = _worded(page)[side], _worded(page)["previous"]
    if not found:
        return None
    is_sure = side == "previous" or found.is_plain or (before is not None and not same_url(found.url, before.url))
    return found.url if is_sure else None


class _Worded(NamedTuple):
    """A neighbour by the words of a class, and whether all of these are known."""

    url: str
    is_plain: bool


@per_page
def _worded(page: Page) -> dict[Side, _Worded | None]:
    return {"previous": _first_worded(page, "previous"), "next": _first_worded(page, "next")}


def _first_worded(page: Page, side: Side) -> _Worded | None:
    names = _names_previous if side == "previous" else _names_next
    for element in having_class_like(page, names):
        if any(map(_OTHER_SIDE[side].search, class_list(element))):
            continue
        if (url := _only_url(page, element)) and _is_post_navigation(page, element, vague=False):
            own = filter(names, map(str.lower, class_list(element)))
            return _Worded(url, any(map(_PLAIN_NAME.fullmatch, own)))
    return None


def _only_url(page: Page, element: HtmlElement) -> str | None:
    """The one post that an element links, once or several times."""
    anchors = islice(element.iter("a"), _MOST_LINKS)
    around = islice(element.iterancestors("a"), 1)
    urls = _post_urls(page, anchors)
    first = next(urls, None) or next(_post_urls(page, around), None)
    return first if all(url == first for url in urls) else None


_MOST_LINKS = 12
"""Links of one element that are looked at: a side of a post navigation has its title, its picture, its arrow."""


@lru_cache(maxsize=16384)
def _names_previous(name: str) -> bool:
    return "prev" in name and _names_side(name, "previous")


@lru_cache(maxsize=16384)
def _names_next(name: str) -> bool:
    return "next" in name and _names_side(name, "next")


def _names_side(name: str, side: Side) -> bool:
    return _SIDE_IN_NAME[side].search(name) is not None and not _NAME_OF_OTHERS.search(name)


def _by_head_link(page: Page, side: Side) -> str | None:
    """``adjacent_posts_rel_link``, which core printed until 5.6: with a title, unlike the pages of one post."""
    named = [link for link in links_of(page, _REL[side]) if link.title]
    return next((link.href for link in named if on_same_host(page, link.href)), None)


_TEXT = {
    "previous": re.compile(r"^\W*(?:previous|prev|older)(?:\s+(?:post|article|story|entry|news))?\b", re.IGNORECASE),
    "next": re.compile(r"^\W*(?:next|newer)(?:\s+(?:post|article|story|entry|news))?\b", re.IGNORECASE),
}


def _by_text(page: Page, side: Side) -> str | None:
    """“Previous Post: …” inside something called a navigation."""
    told = (a for a, text in _navigation_texts(page) if _TEXT[side].match(text))
    return next(_post_urls(page, (a for a in told if _is_post_navigation(page, a, vague=True))), None)


@per_page
def _navigation_texts(page: Page) -> list[tuple[HtmlElement, str]]:
    """The links in what is called a navigation, each once, and how their texts begin."""
    boxes = having_class_like(page, _names_post_navigation)
    return [(a, raw_text(a)[:60]) for a in dict.fromkeys(a for box in boxes for a in box.iter("a"))]


def _candidates(side: Side) -> tuple[Candidate[str], ...]:
    return (
        (f"rel={_REL[side]}", lambda page: _by_rel(page, side)),
        ("post navigation", lambda page: _by_class(page, side)),
        ("words of a class", lambda page: _by_words(page, side)),
        ("navigation text", lambda page: _by_text(page, side)),
        (f"head link rel={_REL[side]}", lambda page: _by_head_link(page, side)),
    )


@per_page
def neighbours(page: Page) -> dict[Side, Found[str] | None]:
    """The older and the newer post, None where the page links none; a link to one post on both sides tells nothing."""
    found: dict[Side, Found[str] | None] = {side: first_found(page, _candidates(side)) for side in ("previous", "next")}
    one, other = found["previous"], found["next"]
    if one and other and same_url(one.value, other.value):
        return {"previous": None, "next": None}
    return found
