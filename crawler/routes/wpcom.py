"""Sites hosted at WordPress.com, whose posts the public API of WordPress.com tells (v1.1), in pages by handle.

``GET /sites/SITE/posts/`` of developer.wordpress.com. Posts behind a password are not among its answers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from crawler.reading import Page
from crawler.reading.datetext import parse_machine_date
from crawler.reading.head import links, metas
from crawler.reading.wordpress import asset_urls
from crawler.routes.candidates import Candidate
from crawler.routes.pagesize import MAX_PER_PAGE, fewer
from crawler.routes.rest import gmt, rest_roots
from crawler.routes.restanswer import Refused, RestPage, load, page_of

_SITE_OF_LINK = re.compile(r"^https?://public-api\.wordpress\.com/(?:\S*?/)?sites/([\w.%-]+)")
_FIELDS = (
    "ID", "URL", "type", "status", "date", "modified", "title", "content", "excerpt", "password", "author",
    "categories", "tags", "featured_image",
)  # fmt: skip


def wpcom_site(page: Page) -> str | None:
    """How the API names the site of a page, an id or a domain; None if it is not hosted at WordPress.com."""
    named = (match[1] for link in links(page) if (match := _SITE_OF_LINK.match(link.href)))
    return next(named, None) or (urlsplit(page.url).hostname if _is_hosted(page) else None)


def _is_hosted(page: Page) -> bool:
    """By its host, its generator, the style sheets of the platform, or its header ``host-header``."""
    host = urlsplit(page.url).hostname or ""
    return (
        host.endswith(".wordpress.com")
        or "WordPress.com" in metas(page).get("generator", [])
        or page.headers.get("host-header", "").lower() == "wordpress.com"
        or any(re.match(r"https?://s\d\.wp\.com/wp-content/themes/(?:pub|premium)/", url) for url in asset_urls(page))
    )


def wpcom_root(site: str, api: str) -> str:
    """Where the API (``WPCOM_API`` of the settings) has a site."""
    return f"{api}/{quote(site, safe='%')}"


def api_roots(page: Page, api: str) -> list[str]:
    """Where the posts of a site may be asked for: its own REST API, and at WordPress.com if it is hosted there.

    Sites without a domain of their own have no REST API under their address.
    """
    own, name = rest_roots(page), wpcom_site(page)
    if name is None:
        return own
    hosted = wpcom_root(name, api)
    return [hosted, *own] if (urlsplit(page.url).hostname or "").endswith(".wordpress.com") else [*own, hosted]


@dataclass(frozen=True, slots=True, kw_only=True)
class WpcomCursor:
    """The next request. Handles name the last post by its modification and id, so nothing is lost while posts change.

    ``root`` is the site's (``wpcom_root``); ``since`` (UTC): only what was modified after it; ``type``: a post type
    other than ``post``.
    """

    root: str
    since: datetime | None = None
    type: str | None = None
    handle: str | None = None
    number: int = MAX_PER_PAGE

    @property
    def url(self) -> str:
        """What to ask for."""
        query = {"number": str(self.number), "order_by": "modified", "order": "ASC", "fields": ",".join(_FIELDS)}
        query |= {"type": self.type} if self.type else {}
        query |= {"modified_after": gmt(self.since)} if self.since else {}
        query |= {"page_handle": self.handle} if self.handle else {}
        return f"{self.root}/posts/?{urlencode(query, safe=':,')}"

    def fresh(self, page: RestPage) -> list[Candidate]:
        """The candidates of an answer."""
        return page.candidates

    def advance(self, page: RestPage) -> "WpcomCursor | None":
        """The cursor after an answer; None at the end, after an empty page, or if the API refuses."""
        if smaller := fewer(self.number, page.refused):
            return replace(self, number=smaller)
        if page.handle is None or page.handle == self.handle or not page.listed:
            return None
        return replace(self, handle=page.handle)

    def stopped(self, page: RestPage) -> str | None:
        """Why it ended with an answer that is not the last of the list; None if it is."""
        return page.refused or ("same_page_again" if page.handle and page.listed else None)


def parse_wpcom(status: int, body: bytes, home: str) -> RestPage:
    """The answer to a ``WpcomCursor``'s URL; ``home`` is the site's."""
    try:
        data = load(status, body)
    except Refused as refusal:
        return RestPage(refused=str(refusal))
    posts = data.get("posts") if isinstance(data, dict) else None
    if not isinstance(posts, list):
        return RestPage(refused="not_a_list")
    meta = data.get("meta")
    handle = meta.get("next_page") if isinstance(meta, dict) else None
    total = data.get("found")
    page = page_of([_as_rest(post) for post in posts], home, total if isinstance(total, int) else None, "wpcom")
    return replace(page, handle=handle if isinstance(handle, str) and handle else None)


def _as_rest(post: Any) -> Any:
    """A post of this API as one of ``/wp/v2/posts``."""
    if not isinstance(post, dict):
        return post
    names = {"id": "ID", "link": "URL", "type": "type", "status": "status", "modified": "modified"}
    protected = bool(post.get("password"))
    content = {"rendered": post.get("content"), "protected": protected}
    return {key: post[name] for key, name in names.items() if name in post} | {
        "date_gmt": _utc(post.get("date")),
        "modified_gmt": _utc(post.get("modified")),
        "title": post.get("title"),
        "content": content,
        "excerpt": post.get("excerpt"),
        "author": 1,
        "_embedded": {
            "author": [post.get("author")],
            "wp:term": [list(_terms(post, "categories", "category")), list(_terms(post, "tags", "post_tag"))],
            "wp:featuredmedia": [{"source_url": post.get("featured_image")}],
        },
    }


def _utc(value: Any) -> str | None:
    stamp = parse_machine_date(value) if isinstance(value, str) else None
    return stamp.utc().isoformat() if stamp else None


def _terms(post: Mapping[str, Any], field: str, taxonomy: str) -> Iterator[dict[str, Any]]:
    """Terms are given by name: ``{"News": {"ID": 1, "name": "News"}}``; an empty list where there is none."""
    found = post.get(field)
    for term in found.values() if isinstance(found, dict) else ():
        if isinstance(term, dict):
            yield {"id": term.get("ID"), "name": term.get("name"), "taxonomy": taxonomy}
