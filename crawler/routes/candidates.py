"""What may be fetched next, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from crawler.items import Article
from crawler.reading import Page
from crawler.routes.archive import archive_links, post_candidates, read_listing
from crawler.routes.links import site_links

PUBLIC_QUERY_VARS = frozenset(
    {"p", "page_id", "page", "paged", "name", "pagename", "post_type", "cat", "category_name", "tag", "author",
     "author_name", "m", "year", "monthnum", "day", "w", "lang"}
)  # fmt: skip
"""Those of ``WP::$public_query_vars`` that choose a post or an archive, and the language of multilingual sites."""

Direction = Literal["both", "older", "newer"]


class Role(IntEnum):
    """Why a URL is fetched; the value is its priority: posts first, guesses last."""

    POST = 30
    """An archive lists it as a post, or a post names it as its neighbour."""
    OLDER = 20
    """The next page of an archive."""
    ARCHIVE = 10
    """A category, tag, author or date archive, or the home page."""
    MAYBE = 0
    """Any other link of the site: markup that no rule knows may list posts too."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL to fetch, the role it has, and what is known of it before."""

    url: str
    role: Role
    route: str
    published_at: datetime | None = None
    wp_id: int | None = None
    modified_at: datetime | None = None
    """UTC, as the route says it: REST's ``modified_gmt``, Atom's ``updated``, a sitemap's ``lastmod``."""
    modified_by: datetime | None = None
    """UTC; where the route tells only the day, its last moment anywhere: what was read after it is up to date."""
    article: Article | None = None
    """The whole article, where the route gives it: its page need not be fetched."""
    labels: tuple[str, ...] = ()
    """Names of categories and tags, where the route does not tell which are which (see ``feed.tell_apart``)."""
    listed_before: set[str] | None = field(default=None, compare=False)
    """Of a page of older posts: the posts of the pages before it. One set goes along the whole list."""


def listed(page: Page, site: str, came_by: Candidate, since: datetime | None = None) -> Iterator[Candidate]:
    """The posts that an archive page lists, and its page of older ones.

    Not the latter if all here are too old already, nor if all were on pages before: some sites answer every page
    number with the same posts, or with some of the same.
    """
    listing = read_listing(page, site)
    posts = [post for post in listing.posts if post.type not in ("page", "attachment")]
    for post in posts:
        yield Candidate(post.url, Role.POST, "archive", post.published_at)
    dates = [post.published_at for post in posts]
    all_too_old = since is not None and bool(dates) and all(date is not None and date < since for date in dates)
    urls = {post.url for post in posts}
    before = set() if came_by.listed_before is None else came_by.listed_before
    turns_in_place = bool(urls) and urls <= before
    if listing.older and not all_too_old and not turns_in_place:
        before.update(urls)
        yield Candidate(listing.older, Role.OLDER, "archive", listed_before=before)


def neighbours(article: Article, direction: Direction = "both") -> Iterator[Candidate]:
    """The posts before and after a post."""
    if article.previous_url and direction != "newer":
        yield Candidate(article.previous_url, Role.POST, "navigation")
    if article.next_url and direction != "older":
        yield Candidate(article.next_url, Role.POST, "navigation")


def chain_starts(page: Page, site: str) -> Iterator[Candidate]:
    """The posts that a page lists, to go on from along their neighbours; where it lists none, what may be a post."""
    found = [post.url for post in read_listing(page, site).posts]
    role = Role.POST if found else Role.MAYBE
    return (Candidate(url, role, "navigation") for url in found or _posts_maybe(page, site))


def elsewhere(page: Page, site: str) -> Iterator[Candidate]:
    """Every archive that a page links to, then every link that might be a post."""
    archives = archive_links(page, site)
    yield from _as(archives, Role.ARCHIVE)
    known = set(archives)
    yield from _as((url for url in _posts_maybe(page, site) if url not in known), Role.MAYBE)


def _posts_maybe(page: Page, site: str) -> Iterator[str]:
    for url in post_candidates(page, site):
        if _has_known_query(url):
            yield url
        else:
            site_links(page, site).rejected["query"] += 1


def _has_known_query(url: str) -> bool:
    """Whether WordPress itself uses the query, if there is one; others are endless (session ids, filters)."""
    names = {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    return names <= PUBLIC_QUERY_VARS


def _as(urls: Iterable[str], role: Role) -> Iterator[Candidate]:
    return (Candidate(url, role, "archive") for url in urls)
