"""What kind of page it is: decided from body classes, links and structure, never from the shape of its URL."""

import re
from collections.abc import Callable
from enum import StrEnum

from crawler.reading.challenge import CHALLENGE_TITLE, challenge_header, has_challenge_script
from crawler.reading.head import document_title, link_of, links, links_of, meta
from crawler.reading.markup import body_classes, having_class, having_rel
from crawler.reading.page import Page, per_page, tagged
from crawler.reading.place import is_elsewhere
from crawler.reading.structured import article_node, json_ld_nodes, types_of
from crawler.reading.text import raw_text
from crawler.reading.urlparts import same_url, url_query
from crawler.reading.wordpress import home_url, is_wordpress


class Kind(StrEnum):
    """The kinds of page a WordPress shows; ``post`` includes custom post types shown singly."""

    POST = "post"
    PAGE = "page"
    HOME = "home"
    ARCHIVE = "archive"
    ATTACHMENT = "attachment"
    SEARCH = "search"
    NOT_FOUND = "not-found"
    EMBED = "embed"
    FEED = "feed"
    CHALLENGE = "challenge"
    NOT_WORDPRESS = "not-wordpress"
    UNKNOWN = "unknown"


_CERTAIN: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NOT_FOUND, re.compile(r"error-?404$")),
    (Kind.SEARCH, re.compile(r"search-(?:results|no-results)$")),
    (Kind.ATTACHMENT, re.compile(r"attachment(?:id-\d+)?$|single-attachment$")),
    (Kind.POST, re.compile(r"postid-\d+$|singular-(?!page-)[a-z_-]+-\d+$|single-post$")),
    (Kind.PAGE, re.compile(r"page-id-\d+$|singular-page-\d+$")),
    (Kind.ARCHIVE, re.compile(r"post-type-archive(?:-.+)?$|(?:category|tag|author|term|tax)-[\w-]*\d+$|taxonomy$")),
)
"""Body classes that only core's ``get_body_class`` (or Hybrid Core's) prints, in the order of their say."""

_LIKELY: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.POST,
        re.compile(r"single$|single-(?!page|col|sidebar|column)[a-z_]+$|singular-post$|post-template(?:-default)?$"),
    ),
    (Kind.ARCHIVE, re.compile(r"archive$|date$")),
    (Kind.SEARCH, re.compile(r"search$")),
    (Kind.PAGE, re.compile(r"page-template(?:-default)?$|singular-page$")),
    (Kind.HOME, re.compile(r"home$|front-page$|blog$")),
)
"""Body classes of core that themes also use in their own sense."""


@per_page
def page_kind(page: Page) -> Kind:
    """The kind of a page."""
    for look in _DECISIONS:
        if kind := look(page):
            return kind
    return Kind.UNKNOWN


def _feed(page: Page) -> Kind | None:
    """An RSS, RDF or Atom document, which the HTML parser wraps in ``html`` and ``body``."""
    body = page.root.find("body")
    top = body[0].tag if body is not None and len(body) else page.root.tag
    return Kind.FEED if top in ("rss", "rdf:rdf", "feed", "rdf") else None


def _challenge(page: Page) -> Kind | None:
    """The wall of a firewall in place of the page, whatever its status; a real page may carry the same script."""
    if challenge_header(page.headers, refuses=False):
        return Kind.CHALLENGE
    if _is_long(page):
        return None
    scripts = ((script.get("src") or "") + (script.text or "")[:5000] for script in tagged(page, "script"))
    walled = CHALLENGE_TITLE.search(document_title(page) or "") or any(map(has_challenge_script, scripts))
    return Kind.CHALLENGE if walled else None


_CHALLENGE_TEXT = 12_000
"""Characters, scripts included, that no firewall's page exceeds."""


def _is_long(page: Page) -> bool:
    """Whether a page has more text: most have it in their styles and scripts, then the rest need not be looked at."""
    length = 0
    for element in tagged(page, "style", "script"):
        length += len(element.text or "")
        if length > _CHALLENGE_TEXT:
            return True
    return len(raw_text(page.root)) > _CHALLENGE_TEXT


def _not_wordpress(page: Page) -> Kind | None:
    return None if is_wordpress(page) else Kind.NOT_WORDPRESS


def _embed(page: Page) -> Kind | None:
    """The card that ``/embed/`` answers (core's ``embed.php``); the same card within a page quotes a post."""
    cards = (card.getparent() for card in having_class(page, "wp-embed"))
    return Kind.EMBED if any(parent is not None and parent.tag == "body" for parent in cards) else None


def _by_certain_class(page: Page) -> Kind | None:
    kind = _by_body_class(page, _CERTAIN)
    return Kind.HOME if kind is Kind.PAGE and "home" in body_classes(page) else kind


def _by_likely_class(page: Page) -> Kind | None:
    kind = _by_body_class(page, _LIKELY)
    is_posts_page = kind is Kind.HOME and not body_classes(page) & {"home", "front-page"}
    return Kind.ARCHIVE if is_posts_page else kind


def _by_body_class(page: Page, table: tuple[tuple[Kind, re.Pattern[str]], ...]) -> Kind | None:
    names = body_classes(page)
    return next((kind for kind, shape in table if any(shape.match(name) for name in names)), None)


def _by_rest_link(page: Page) -> Kind | None:
    """REST link of the thing shown (core's ``rest_output_link_wp_head``): a post, a page, a term or an author."""
    matches = (re.search(r"/wp/v2/([\w-]+)/\d+/?$", link.href) for link in links(page))
    return next((_REST_KINDS.get(match[1], Kind.POST) for match in matches if match), None)


_REST_KINDS = {
    "pages": Kind.PAGE,
    "categories": Kind.ARCHIVE,
    "tags": Kind.ARCHIVE,
    "users": Kind.ARCHIVE,
    "media": Kind.ATTACHMENT,
}


def _by_singular_link(page: Page) -> Kind | None:
    """What core prints only for something shown singly: ``?p=`` shortlink, oEmbed link, link to the next post."""
    if any("p" in url_query(link.href) for link in links_of(page, "shortlink")):
        return Kind.POST
    if any("oembed" in link.type and _is_about_this(page, link.href) for link in links(page)):
        return Kind.POST
    return Kind.POST if any(link.title for rel in ("prev", "next") for link in links_of(page, rel)) else None


def _is_about_this(page: Page, oembed: str) -> bool:
    shown = url_query(oembed).get("url")
    return shown is not None and same_url(shown, page.url)


def _by_address(page: Page) -> Kind | None:
    """The page that names the site's root as its own address."""
    home = home_url(page)
    return Kind.HOME if home is not None and same_url(home, own_address(page)) else None


def own_address(page: Page) -> str:
    """The address that a page gives as its own, else the one it came from."""
    return link_of(page, "canonical") or meta(page, "og:url") or page.url


def _by_structured_data(page: Page) -> Kind | None:
    if article_node(page) is not None or (meta(page, "article:published_time") and meta(page, "og:type") == "article"):
        return Kind.POST
    types = {kind for node in json_ld_nodes(page) for kind in types_of(node)}
    if types & {"CollectionPage", "ProfilePage"}:
        return Kind.ARCHIVE
    if "SearchResultsPage" in types:
        return Kind.SEARCH
    return Kind.POST if meta(page, "og:type") == "article" else None


def _by_structure(page: Page) -> Kind | None:
    """Pages without any of WordPress's marks of kind: the comment form of one post, or how many posts stand there."""
    if any(element.get("name") == "comment_post_ID" for element in tagged(page, "input")):
        return Kind.POST
    teasers = {a.get("href") for a in having_rel(page, "bookmark") if not is_elsewhere(page, a)} - {page.url}
    posts = {post for post in having_class(page, "hentry", "type-post", "post") if not is_elsewhere(page, post)}
    if len(teasers) > 2 and len(posts) > 2:
        return Kind.ARCHIVE
    if posts or having_class(
        page, "comment-respond", "post-navigation", "single-post", "single-content", "entry-title"
    ):
        return Kind.POST
    return Kind.POST if prose(page) > _ARTICLE_PROSE else None


_ARTICLE_PROSE = 600
"""Characters of paragraphs from which a page without other signs is taken for an article."""


def prose(page: Page) -> int:
    """Characters of the page's long paragraphs outside sidebars and the like."""
    lengths = ((p, len(raw_text(p))) for p in tagged(page, "p"))
    return sum(length for p, length in lengths if length > 80 and not is_elsewhere(page, p))


_DECISIONS: tuple[Callable[[Page], Kind | None], ...] = (
    _feed,
    _challenge,
    _not_wordpress,
    _embed,
    _by_certain_class,
    _by_rest_link,
    _by_singular_link,
    _by_likely_class,
    _by_address,
    _by_structured_data,
    _by_structure,
)
