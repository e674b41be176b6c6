"""Archives: what a page that lists posts says of them, and the other links a page offers a crawl."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from lxml.html import HtmlElement

from crawler.reading.datetext import parse_machine_date
from crawler.reading.markup import anchors, body_classes, class_list
from crawler.reading.page import Page, per_page
from crawler.routes.containers import HEADINGS, POST_ID, TITLE_CLASS, headline_links, post_containers
from crawler.routes.links import SiteLinks, site_links
from crawler.routes.names import any_named, names_of
from crawler.routes.pagination import is_further_page, older_page
from crawler.routes.terms import archive_urls, is_archive_url, is_term_url
from crawler.urls import canonical_url

_SINGLE = frozenset({"single", "singular-post"})
"""Body classes of single posts: core's, Hybrid Core's."""
_TITLES = frozenset({"entry-title", "post-title", "wp-block-post-title", "p-name"})
_ARCHIVE_RELS = frozenset({"category", "tag", "author"})
_PAGE_MENU_ITEM = frozenset({"menu-item-object-page", "menu-item-type-taxonomy", "menu-item-home", "page_item"})
_ID_ATTRIBUTES = ("data-post-id", "data-postid", "data-pid")


@dataclass(frozen=True, slots=True)
class Listed:
    """What an archive page says of a post.

    ``url`` is canonical; ``published_at`` is UTC, and there only if the page gives the time with its zone.
    """

    url: str
    wp_id: int | None
    type: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The main list of an archive page in its order; ``older`` is the list's next page, the one of older posts."""

    posts: tuple[Listed, ...]
    older: str | None


def read_listing(page: Page, site: str) -> Listing:
    """The posts of the page's main listing, without those of sidebars, menus, sliders and related boxes.

    A single post lists nothing; a page lists what it lists, but not itself.
    """
    if not _SINGLE.isdisjoint(body_classes(page)):
        return Listing((), None)
    links = site_links(page, site)
    found: dict[str, Listed] = {}
    for container in post_containers(page, lambda link: _post_url(link, links) is not None):
        if (listed := _read_container(container, links)) is not None:
            found.setdefault(listed.url, listed)
    return Listing(tuple(found.values()), older_page(page, links, may_guess=bool(found)))


def archive_links(page: Page, site: str) -> list[str]:
    """The category, tag, author and date archives that a page links to anywhere, canonical, once each, in order."""
    known = _archives(page)
    if site not in known:
        known[site] = list(dict.fromkeys(archive_urls(page, site_links(page, site))))
    return known[site]


@per_page
def _archives(_page: Page) -> dict[str, list[str]]:
    """The archives a page links to, by site: filled by ``archive_links``."""
    return {}


def post_candidates(page: Page, site: str) -> list[str]:
    """The page's other links that could be posts, canonical, once each, in order.

    Not the home, archives, pages of menus, further pages of lists, or what the rules reject. For sites whose
    listings are not understood: what each one is, only its own page tells.
    """
    links = site_links(page, site)
    others = {*archive_links(page, site), canonical_url(page.url)}
    found = (links.resolve(link.get("href")) for link in anchors(page) if not _leads_to_no_post(link))
    candidates = dict.fromkeys(url for url in found if url is not None)
    return [url for url in candidates if url not in others and not is_archive_url(url) and not is_further_page(url)]


def _read_container(container: HtmlElement, links: SiteLinks) -> Listed | None:
    url = next(_permalinks(container, links), None)
    if url is None:
        return None
    return Listed(url, _post_id(container), _post_type(container), _published(container))


def _permalinks(container: HtmlElement, links: SiteLinks) -> Iterator[str]:
    """The post's address, best evidence first: its title, ``rel=bookmark``, a heading, the link that stands out.

    What a title or a bookmark links to is the post, whatever its address looks like: permalinks may have any form.
    """
    headings = [container] if container.tag in HEADINGS else list(container.iter(*HEADINGS))
    titles = [node for node in headings if not _TITLES.isdisjoint(class_list(node))]
    bookmarks = (link for link in container.iter("a") if "bookmark" in (link.get("rel") or "").split())
    for link in chain(_links_of(titles), bookmarks):
        if not _is_archive_link(link) and (url := links.resolve(link.get("href"))) is not None:
            yield url
    for link in chain(_links_of(headings), _title_links(container)):
        if (url := _post_url(link, links)) is not None:
            yield url
    yield from _outstanding(container, links)


def _is_archive_link(link: HtmlElement) -> bool:
    return not _ARCHIVE_RELS.isdisjoint((link.get("rel") or "").split())


def _post_url(link: HtmlElement, links: SiteLinks) -> str | None:
    """Where a link leads if neither its relation nor its address says that it is an archive of a term."""
    if _is_archive_link(link):
        return None
    url = links.resolve(link.get("href"))
    return None if url is None or is_term_url(url) else url


def _links_of(headings: list[HtmlElement]) -> Iterator[HtmlElement]:
    return (link for heading in headings for link in headline_links(heading))


def _title_links(container: HtmlElement) -> Iterator[HtmlElement]:
    for link in container.iter("a"):
        parent = link.getparent()
        names = class_list(link) + (class_list(parent) if parent is not None else [])
        if any_named(TITLE_CLASS, names):
            yield link


def _outstanding(container: HtmlElement, links: SiteLinks) -> Iterator[str]:
    """The address that is given more often than any other, or is the only one: by image, time, "Read more"."""
    given = (_post_url(link, links) for link in container.iter("a"))
    ranked = Counter(url for url in given if url is not None and not is_archive_url(url)).most_common(2)
    if len(ranked) == 1 or (ranked and ranked[0][1] > ranked[1][1]):
        yield ranked[0][0]


def _post_id(container: HtmlElement) -> int | None:
    for value in names_of(container):
        if match := POST_ID.fullmatch(value):
            return int(match[1])
    given = (container.get(name) or "" for name in _ID_ATTRIBUTES)
    return next((int(value) for value in given if value.isdecimal() and len(value) < 19), None)


def _post_type(container: HtmlElement) -> str | None:
    names = class_list(container)
    return next((name.removeprefix("type-") for name in names if name.startswith("type-")), None)


def _published(container: HtmlElement) -> datetime | None:
    """The ``time`` marked as published, else the first that is not the time of an update."""
    times = [time for time in container.iter("time") if time.get("datetime")]
    marked = [time for time in times if "published" in class_list(time)]
    others = [time for time in times if "updated" not in class_list(time)]
    moments = (_moment(time.get("datetime") or "") for time in marked or others)
    return next((moment for moment in moments if moment is not None), None)


def _moment(value: str) -> datetime | None:
    """A time as UTC; without a zone it is not known which moment is meant."""
    stamp = parse_machine_date(value)
    return stamp.utc() if stamp and stamp.when.tzinfo else None


def _leads_to_no_post(link: HtmlElement) -> bool:
    """A page of a menu, or a further page of a post (wp_link_pages()), which is fetched with its first."""
    parent = link.getparent()
    if "post-page-numbers" in class_list(link):
        return True
    return parent is not None and not _PAGE_MENU_ITEM.isdisjoint(class_list(parent))
