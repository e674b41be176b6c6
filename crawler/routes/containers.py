"""The containers of posts on an archive page: which elements each stand for one post of the main listing."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from lxml.html import HtmlElement

from crawler.reading.markup import body_classes, class_list, having_class, having_class_like
from crawler.reading.page import Page, elements
from crawler.routes.names import any_named, is_named, names_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
POST_ID = re.compile(r"post-(\d{1,18})")
"""The class and the id that post_class() and themes give a post's container."""
_WORDS_BEFORE, _WORDS_AFTER = r"(?:[a-z\d]+[-_]+)*", r"(?:[-_]+[a-z\d]+)*"
"""The other words of a class name."""
TITLE_CLASS = re.compile(rf"{_WORDS_BEFORE}(?:title|headline|heading){_WORDS_AFTER}", re.IGNORECASE)

_LISTS_BY_QUERY = frozenset({"archive", "search"})
_NO_POST = frozenset({"body", "html", "a", "option", "script", "style", "link"})
_ELSEWHERE_TAGS = frozenset({"aside", "nav", "footer", "template", "dialog"})
_ELSEWHERE = re.compile(
    r"(?!(?:category|tag|term|archive)-)(?:widget(?:[-_].+)?|secondary|tertiary|complementary|menu|sub-menu|breadcrumbs?"
    rf"|{_WORDS_BEFORE}sidebar{_WORDS_AFTER}"
    rf"|{_WORDS_BEFORE}(?:related|slider|carousel|slideshow|ticker|marquee|breaking|trending|mega-?menu){_WORDS_AFTER}"
    rf"|{_WORDS_BEFORE}(?:popular|most-?(?:read|viewed)|you-?may|missed|recommended|also-like){_WORDS_AFTER}"
    r"|(?:swiper|slick|owl|splide|glide|bxslider|flexslider)(?:[-_].+)?|wp-block-latest-(?:posts|comments)"
    r"|site-footer|site-header|main-navigation|comments-area|comment-list|author-box)",
    re.IGNORECASE,
)
"""Classes and ids, whole, of what stands beside the main listing and may show posts of its own."""


def post_containers(page: Page, is_post_link: Callable[[HtmlElement], bool]) -> list[HtmlElement]:
    """The containers of the main listing in document order: told by post_class(), else by what is repeated.

    ``is_post_link`` says whether a link may lead to a post; only those count where containers are told by repetition.
    The container of the page itself is none of them.
    """
    elsewhere = _Elsewhere(page)
    own = {f"post-{name.rpartition('-')[2]}" for name in body_classes(page) if name.startswith("page-id-")}
    for told in (_by_post_class(page), _by_element(page, is_post_link)):
        containers = [container for container in _innermost(told) if own.isdisjoint(names_of(container))]
        if inside := [container for container in containers if not elsewhere.holds(container)]:
            return _of_main_query(inside) if _LISTS_BY_QUERY & body_classes(page) else inside
    return _by_headline(page, is_post_link, elsewhere)


def headline_links(headline: HtmlElement) -> list[HtmlElement]:
    """The links in a headline, or else the one around it."""
    inner = [link for link in headline.iter("a") if link.get("href")]
    outer = headline.getparent()
    return inner or ([outer] if outer is not None and outer.tag == "a" and outer.get("href") else [])


class _Elsewhere:
    """Tells whether an element lies in a region beside the main listing; remembers what it has found out."""

    def __init__(self, page: Page) -> None:
        self._known = dict.fromkeys([page.root, *page.root.findall("body")], False)

    def holds(self, element: HtmlElement) -> bool:
        path = [element]
        while (parent := path[-1].getparent()) is not None and parent not in self._known:
            path.append(parent)
        answer = parent is not None and self._known[parent]
        for node in reversed(path[1:]):
            answer = answer or _is_elsewhere(node)
            self._known[node] = answer
        return answer


def _is_elsewhere(element: HtmlElement) -> bool:
    """Layout classes such as ``right-sidebar`` also stand on wrappers of the whole page: those hold its main part."""
    if element.tag in _ELSEWHERE_TAGS:
        return True
    return any_named(_ELSEWHERE, names_of(element)) and next(element.iter("main", "h1"), None) is None


def _by_post_class(page: Page) -> Iterator[HtmlElement]:
    """Elements with ``post-N`` among the classes of post_class(), or as an id beside them."""
    marked = {node for node in having_class_like(page, _is_post_id) if _has_post_class(node)}
    for node in elements(page):
        if node.tag in _NO_POST:
            continue
        named = _is_post_id(node.get("id") or "") and (node.tag == "article" or _has_post_class(node))
        if named or node in marked:
            yield node


def _is_post_id(name: str) -> bool:
    return name.startswith("post-") and POST_ID.fullmatch(name) is not None


def _has_post_class(node: HtmlElement) -> bool:
    """post_class() gives the type and more beside the id; sliders number their slides without."""
    return any(
        name in ("post", "hentry", "entry") or name.startswith(("type-", "status-")) for name in class_list(node)
    )


def _by_element(page: Page, is_post_link: Callable[[HtmlElement], bool]) -> list[HtmlElement]:
    """Containers of themes that leave out post_class(): articles and microformats with a linked headline."""
    told = {*page.root.iter("article"), *having_class(page, "hentry", "wp-block-post", "h-entry", "type-post")}

    def has_headline(node: HtmlElement) -> bool:
        return any(is_post_link(link) for headline in node.iter(*HEADINGS) for link in headline_links(headline))

    return [node for node in elements(page) if node in told and node.tag not in _NO_POST and has_headline(node)]


def _innermost(containers: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Without those around another post's container: they are the list, not a post."""
    found = list(containers)
    around = {ancestor for container in found for ancestor in container.iterancestors()}
    return [container for container in found if container not in around]


def _by_headline(page: Page, is_post_link: Callable[[HtmlElement], bool], elsewhere: _Elsewhere) -> list[HtmlElement]:
    """The largest group of linked headlines that look alike, where no containers can be told."""
    groups: dict[tuple[str, ...], list[HtmlElement]] = {}
    for headline in _headlines(page):
        if any(map(is_post_link, headline_links(headline))) and not elsewhere.holds(headline):
            groups.setdefault(_look(headline), []).append(headline)
    return max(groups.values(), key=len, default=[])


def _of_main_query(containers: list[HtmlElement]) -> list[HtmlElement]:
    """Of several query loops on an archive those that are paged, or the first: others show the site's latest posts."""
    by_query: dict[HtmlElement, list[HtmlElement]] = {}
    for container in containers:
        if (query := next(_queries(container), None)) is None:
            return containers
        by_query.setdefault(query, []).append(container)
    paged = [found for query, found in by_query.items() if query.find_class("wp-block-query-pagination")]
    return list(chain.from_iterable(paged or list(by_query.values())[:1]))


def _queries(container: HtmlElement) -> Iterator[HtmlElement]:
    return (node for node in container.iterancestors() if "wp-block-query" in class_list(node))


def _headlines(page: Page) -> Iterator[HtmlElement]:
    titled = {
        element
        for element in having_class_like(page, lambda name: is_named(TITLE_CLASS, name))
        if element.tag in ("div", "p", "span")
    }
    return (element for element in elements(page) if element.tag in HEADINGS or element in titled)


def _look(headline: HtmlElement) -> tuple[str, ...]:
    """What two repetitions share: the tags of the headline and what is around it, and its own first class."""
    tags = [str(node.tag) for node in (headline, *headline.iterancestors())][:3]
    return (*tags, next(iter(class_list(headline)), ""))
