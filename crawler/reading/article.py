"""A post's page, or all its pages, as an Article: each field from its own reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from crawler.items import Article, Image, Source
from crawler.reading.access import access, without_protected_prefix
from crawler.reading.authors import authors
from crawler.reading.body import Body, join_bodies, read_body
from crawler.reading.canonical import aliases, article_url
from crawler.reading.comments import comment_count
from crawler.reading.dates import modified_at, published_at, published_precision
from crawler.reading.evidence import Found
from crawler.reading.excerpt import excerpt
from crawler.reading.featured import featured_image, with_featured_first
from crawler.reading.kind import Kind, page_kind
from crawler.reading.language import language, spoken_language
from crawler.reading.neighbours import neighbours
from crawler.reading.page import Page, parse_page
from crawler.reading.pages import page_count
from crawler.reading.readable import shows_one_article
from crawler.reading.reservations import reservations
from crawler.reading.samepost import is_page_of
from crawler.reading.structured import article_node, text_of
from crawler.reading.syndication import syndicated_from
from crawler.reading.terms import categories, tags
from crawler.reading.title import raw_title
from crawler.reading.urlparts import url_parts
from crawler.reading.wordpress import generator, home_url, post_type, theme, wp_id
from crawler.urls import is_web_url, site_id


class NotAPost(ValueError):
    """The page shows no single post; ``kind`` says what it is."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"the page shows no single post; it was taken for: {kind.value.replace('-', ' ')}")
        self.kind = kind


class DifferentPosts(ValueError):
    """The pages that are to be joined are not all of one post; the message names the two addresses."""

    def __init__(self, first: str, other: str) -> None:
        super().__init__(f"{other!r} is no page of the post at {first!r}")


@dataclass(frozen=True, slots=True)
class Explained:
    """An article, and for each field that was found the evidence that gave it."""

    article: Article
    evidence: dict[str, str]


@overload
def read_post(
    body: bytes | str, url: str, headers: Mapping[str, str] | None = None, *, explain: Literal[False] = False
) -> Article: ...
@overload
def read_post(
    body: bytes | str, url: str, headers: Mapping[str, str] | None = None, *, explain: Literal[True]
) -> Explained: ...
def read_post(
    body: bytes | str, url: str, headers: Mapping[str, str] | None = None, *, explain: bool = False
) -> Article | Explained:
    """The article on one page: of a post, or of what reads as one (a WordPress page, an article elsewhere).

    Raises UnreadablePage, or NotAPost for an archive, a search, a 404, a firewall's wall and the like;
    ValueError where ``url`` is not absolute, since links and the site's id are told by it.
    """
    if not url_parts(url).scheme:
        raise ValueError(f"url must be absolute, the address that the page was fetched from; it is {url!r}")
    page = parse_page(body, url, headers)
    if not shows_one_article(page):
        raise NotAPost(page_kind(page))
    return _explained([page]) if explain else _explained([page]).article


@overload
def read_pages(pages: Sequence[Page], *, explain: Literal[False] = False) -> Article: ...
@overload
def read_pages(pages: Sequence[Page], *, explain: Literal[True]) -> Explained: ...
def read_pages(pages: Sequence[Page], *, explain: bool = False) -> Article | Explained:
    """The article on all the pages of a post, the first page first.

    Raises NotAPost for anything but a post, DifferentPosts where a page is of another one.
    """
    if (kind := page_kind(pages[0])) is not Kind.POST:
        raise NotAPost(kind)
    for page in pages[1:]:
        if not is_page_of(pages[0], page):
            raise DifferentPosts(pages[0].url, page.url)
    return _explained(pages) if explain else _explained(pages).article


def read_joined(pages: Sequence[Page]) -> Article:
    """The same of pages that are known to be those of one post, whatever they look like."""
    return _explained(pages).article


def _explained(pages: Sequence[Page]) -> Explained:
    first = pages[0]
    fields = _fields(first)
    article = Article(site=_site(first), url=article_url(first).value)
    for name, found in fields.items():
        if found:
            setattr(article, name, found.value)
    evidence = {"url": article_url(first).evidence} | {name: found.evidence for name, found in fields.items() if found}
    _complete(article, pages, evidence)
    return Explained(article, evidence)


def _site(page: Page) -> str:
    """The site's id: its home's, else the host the page came from; empty for a page from nowhere."""
    home = home_url(page) or "/".join(page.url.split("/", 3)[:3])
    return site_id(home) if is_web_url(home) else ""


def _fields(page: Page) -> dict[str, Found[Any] | None]:
    """Every field that one reader gives, with its evidence."""
    title = raw_title(page)
    return {
        "title": Found(without_protected_prefix(title.value), title.evidence) if title else None,
        "wp_id": wp_id(page),
        "type": post_type(page),
        "excerpt": excerpt(page),
        "authors": authors(page),
        "published_at": published_at(page),
        "published_precision": published_precision(page),
        "modified_at": modified_at(page),
        "categories": categories(page),
        "tags": tags(page),
        "language": language(page),
        "comment_count": comment_count(page),
        "previous_url": neighbours(page)["previous"],
        "next_url": neighbours(page)["next"],
        "access": access(page),
        "syndicated_from": syndicated_from(page),
    }


def _complete(article: Article, pages: Sequence[Page], evidence: dict[str, str]) -> None:
    """What is put together from several readers: aliases, body, pictures, source."""
    first = pages[0]
    article.aliases = aliases(first)
    article.reservations = reservations(first)
    article.page_count = max(page_count(first), len(pages))
    article.source = Source(theme=theme(first), generator=generator(first))
    if article.access == "password":
        return
    structured = text_of((article_node(first) or {}).get("articleBody"))
    bodies = [
        read_body(page, title=article.title, structured_text=structured if page is first else None) for page in pages
    ]
    body = bodies[0] if len(bodies) == 1 else join_bodies(bodies)
    set_body(article, body, featured_image(first))
    evidence["text"] = body.evidence
    if article.text and (spoken := spoken_language(first, article.text)):
        article.language, evidence["language"] = spoken.value, spoken.evidence


def set_body(article: Article, body: Body, featured: Image | None) -> None:
    """Put what was read of the body into the article; the featured picture first."""
    article.text, article.html = body.text or None, body.html or None
    article.images = with_featured_first(featured, list(body.images))
    article.embeds, article.links, article.word_count = list(body.embeds), list(body.links), body.word_count
