"""Where things are: the path and query that WordPress gives each post and archive, below the home's folder."""

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from demo.model import Post, Term, User
    from demo.site import DemoSite

_TAG = re.compile(r"%(\w+)%")
PERMALINK_ENDINGS = r"(?:/(?:\d+|comment-page-\d+|feed(?:/\w+)?|embed|trackback))?"
"""What may follow a post's permalink: a page, a page of comments, its feed, its card."""

_TAG_PATTERNS = {
    "year": r"(?P<year>\d{4})",
    "monthnum": r"(?P<monthnum>\d{2})",
    "day": r"(?P<day>\d{2})",
    "post_id": r"(?P<p>\d+)",
    "postname": r"(?P<name>[^/]+?)",
    "category": r"(?P<category_name>.+?)",
    "author": r"(?P<author_name>[^/]+)",
}
"""The tags of a permalink structure, as WP_Rewrite knows them, with the query variables they fill."""


def encoded(slug: str) -> str:
    """A slug as it stands in a URL: percent-encoded in lower case, as sanitize_title_with_dashes() stores it."""
    return re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), quote(slug, safe="/"))


def permalink_pattern(structure: str) -> re.Pattern[str]:
    """What a post's path below the home looks like; group ``rest`` is what follows it (``/2``, ``/feed``, …)."""
    pieces = _TAG.split(structure.strip("/"))
    body = "".join(_TAG_PATTERNS[p] if i % 2 else re.escape(p) for i, p in enumerate(pieces))
    return re.compile(rf"{body}(?P<rest>{PERMALINK_ENDINGS})/?")


def root(site: "DemoSite") -> str:
    """The folder of the install, with ``/index.php`` where the permalinks have it."""
    return site.home_path + ("/index.php" if site.permalinks.startswith("/index.php/") else "")


def post_path(site: "DemoSite", post: "Post", page: int = 1) -> str:
    """The canonical path of a post, page or attachment, or of one of its further pages."""
    if not site.permalinks:
        return _plain_path(site, post, page)
    if post.type == "attachment" and post.parent:
        base = post_path(site, site.posts[post.parent]).rstrip("/") + f"/{encoded(post.slug)}/"
    elif post.type != "post":
        base = f"{root(site)}/{encoded(post.slug)}/"
    else:
        base = site.home_path + _TAG.sub(lambda tag: _value(site, post, tag[1]), site.permalinks)
    return base if page == 1 else f"{base.rstrip('/')}/{page}" + ("/" if base.endswith("/") else "")


def category_path(site: "DemoSite", category: "Term") -> str:
    """``/category/parent/child/``, or ``/?cat=ID``."""
    if not site.permalinks:
        return f"{site.home_path}/?cat={category.id}"
    return f"{root(site)}/category/{encoded(lineage(site, category))}/"


def lineage(site: "DemoSite", category: "Term") -> str:
    """The slugs of a category and its ancestors, outermost first, joined by slashes."""
    if category.parent is None:
        return category.slug
    return f"{lineage(site, site.categories[category.parent])}/{category.slug}"


def tag_path(site: "DemoSite", tag: "Term") -> str:
    return f"{root(site)}/tag/{encoded(tag.slug)}/" if site.permalinks else f"{site.home_path}/?tag={encoded(tag.slug)}"


def author_path(site: "DemoSite", user: "User") -> str:
    return f"{root(site)}/author/{user.slug}/" if site.permalinks else f"{site.home_path}/?author={user.id}"


def date_path(site: "DemoSite", year: int, month: int | None = None, day: int | None = None) -> str:
    """A year's, month's or day's archive."""
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    return f"{root(site)}/{'/'.join(parts)}/" if site.permalinks else f"{site.home_path}/?m={''.join(parts)}"


def month_path(site: "DemoSite", moment: datetime) -> str:
    local = moment.astimezone(site.timezone)
    return date_path(site, local.year, local.month)


def home_path(site: "DemoSite") -> str:
    return f"{site.home_path}/"


def paged_path(site: "DemoSite", base: str, page: int) -> str:
    """A further page of an archive: ``…/page/N/``, or ``paged=N`` after a query (get_pagenum_link())."""
    if page == 1:
        return base
    path, _, query = base.partition("?")
    if query or not site.permalinks:
        return f"{path}?{query}{'&' if query else ''}paged={page}"
    return f"{path}page/{page}/"


def _plain_path(site: "DemoSite", post: "Post", page: int) -> str:
    variable = {"post": "p", "page": "page_id", "attachment": "attachment_id"}[post.type]
    return f"{site.home_path}/?{variable}={post.id}" + (f"&page={page}" if page > 1 else "")


def _value(site: "DemoSite", post: "Post", tag: str) -> str:
    local = post.date.astimezone(site.timezone)
    if tag == "category":
        first = min((site.categories[slug] for slug in post.categories), key=lambda term: term.id)
        return encoded(lineage(site, first))
    values = {
        "year": f"{local:%Y}",
        "monthnum": f"{local:%m}",
        "day": f"{local:%d}",
        "post_id": str(post.id),
        "postname": encoded(post.slug),
        "author": post.author,
    }
    return values[tag]
