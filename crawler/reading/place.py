"""Where on a page an element stands: in the post, in its head, or elsewhere (sidebar, menu, comments, other posts)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.reading.body import body_container, main_post
from crawler.reading.headline import exact_headline, likely_headline
from crawler.reading.markup import class_list
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.text import raw_text

_OWN_PART = re.compile(r"(?:entry|post|article|single|story|content|wp-block-post)(?![a-z])", re.IGNORECASE)
_ANYWHERE = re.compile(
    r"""(?:^|[-_])(?:
        related|relatedposts|yarpp|jp-relatedposts|recommended|recommendations?|suggested|popular|trending|more[-_](?:posts|stories|news|articles|from)
      | also[-_]like|read[-_](?:next|more|also)|you[-_]may|next[-_]up|newsletter|query-loop|wp-block-query
      | comments[-_]?(?:area|list|section|wrap)|comment[-_]?list|comment[-_]body|comment-respond|disqus_thread
      | wp-block-latest-posts|latest[-_]posts?|recent[-_]posts?|breadcrumbs?
    )(?:$|[-_])""",
    re.VERBOSE | re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"""(?:^|[-_])(?:
        sidebar|side-?bar|widget|widgets|widget[-_]?area|footer|colophon|menu|mega-?menu|nav|navigation|navbar|related|ticker|slider|carousel
      | recent|latest|subscribe|modal|popup|off-?canvas|masthead|site-header|top-?bar|top-?header|header-?top|top-?head
    )(?:$|[-_])""",
    re.VERBOSE | re.IGNORECASE,
)
_ELSEWHERE_IDS = frozenset({"comments", "respond", "secondary", "sidebar", "colophon", "footer", "masthead"})


@per_page
def post_path(page: Page) -> frozenset[HtmlElement]:
    """The post's element, its body's, its headline, and all that contain these: never a place beside the post."""
    ends = [end for end in (main_post(page), body_container(page), exact_headline(page)) if end is not None]
    return frozenset(node for end in ends for node in (end, *end.iterancestors()))


@per_page
def _places(_page: Page) -> dict[HtmlElement, bool]:
    """Which elements are elsewhere, as far as was asked: filled by ``is_elsewhere``."""
    return {}


def is_elsewhere(page: Page, element: HtmlElement) -> bool:
    """Whether an element belongs to a sidebar, menu, related box, comment thread, other post, … and not to the post."""
    known, path = _places(page), post_path(page)
    trail: list[HtmlElement] = []
    here: HtmlElement | None = element
    while here is not None and here not in path and here not in known and here.tag != "body":
        trail.append(here)
        here = here.getparent()
    elsewhere = known.get(here, False) if here is not None else False
    inside = bool(trail) and here is not None and in_post(page, here)
    for node in reversed(trail):
        elsewhere = elsewhere or _opens_other_place(node, inside=inside, alone=not path)
        known[node] = elsewhere
    return elsewhere


def _opens_other_place(element: HtmlElement, *, inside: bool, alone: bool) -> bool:
    """Whether this element by itself opens a place that is not the post's; ``inside`` the post fewer names do."""
    own = any(_OWN_PART.match(name) for name in class_list(element))
    if (
        element.tag == "nav"
        or (element.tag == "aside" and not own)
        or (element.get("id") or "").lower() in _ELSEWHERE_IDS
    ):
        return True
    if element.tag == "article" or (element.tag == "footer" and not inside):
        return not alone
    return any(_names_other_place(name, inside) for name in class_list(element))


@lru_cache(maxsize=16384)
def _names_other_place(name: str, inside: bool) -> bool:
    if _ANYWHERE.search(name):
        return True
    return not inside and not _OWN_PART.match(name) and _OUTSIDE.search(name) is not None


def in_post(page: Page, element: HtmlElement) -> bool:
    """Whether an element lies within the post's own element."""
    post = main_post(page)
    return post is not None and (element is post or post in element.iterancestors())


def in_body(page: Page, element: HtmlElement) -> bool:
    """Whether an element lies within the body of the post, where names and dates are the story's own."""
    body = body_container(page)
    return body is not None and (element is body or body in element.iterancestors())


def around_body(page: Page, elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Those of the elements that stand in the post or its head and not in its body: what the theme says of the post."""
    heads = frozenset(head_parts(page))
    return [element for element in elements if not is_elsewhere(page, element) and _is_around(page, element, heads)]


def may_be_around_body(page: Page, *tags: str) -> list[HtmlElement]:
    """The elements with one of these tags in the post or its head and not in its body, in document order.

    Those that are elsewhere are among them: where many are looked at and few fit, that is asked of the few.
    """
    post, body = main_post(page), body_container(page)
    found = set(post.iter(*tags)) if post is not None else set()
    found.difference_update(body.iter(*tags) if body is not None else ())
    found.update(element for part in head_parts(page) for element in part.iter(*tags))
    return [element for element in tagged(page, *tags) if element in found]


def _is_around(page: Page, element: HtmlElement, heads: frozenset[HtmlElement]) -> bool:
    if element in heads or not heads.isdisjoint(element.iterancestors()):
        return True
    return in_post(page, element) and not in_body(page, element)


@per_page
def head_parts(page: Page) -> list[HtmlElement]:
    """The parts of the page around the headline, down to the body: where themes print byline, date and categories."""
    headline, body = likely_headline(page), body_container(page)
    if headline is None:
        return []
    body_path = frozenset() if body is None else frozenset([body, *body.iterancestors()])
    top = headline
    for _ in range(_HEAD_LEVELS):
        parent = top.getparent()
        if parent is None or parent in body_path or parent.tag in ("body", "main") or _is_story(parent):
            break
        top = parent
    after: list[HtmlElement] = []
    for part in top.itersiblings():
        if part in body_path or len(after) >= _HEAD_SIBLINGS or _is_story(part):
            break
        after.append(part)
    before = list(top.itersiblings(preceding=True))[:2]
    return [part for part in (top, *after, *before) if not is_elsewhere(page, part)]


@per_page
def foot_parts(page: Page) -> list[HtmlElement]:
    """What follows the body where no element is the post's, as page builders have it: the boxes right behind it."""
    body = body_container(page)
    if body is None or main_post(page) is not None:
        return []
    last = body
    for _ in range(_HEAD_LEVELS):
        parent = last.getparent()
        if last.getnext() is not None or parent is None or parent.tag in ("body", "main"):
            break
        last = parent
    after = takewhile(lambda part: not _is_story(part), islice(last.itersiblings(), _FOOT_SIBLINGS))
    return [part for part in after if not is_elsewhere(page, part)]


def _is_story(element: HtmlElement) -> bool:
    return len(raw_text(element)) > _HEAD_TEXT


_HEAD_LEVELS = 6
_HEAD_SIBLINGS = 6
_FOOT_SIBLINGS = 3
_HEAD_TEXT = 1000
"""Characters; a longer part is the story itself."""
