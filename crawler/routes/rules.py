"""Which URLs may be fetched as pages of a site: a chain of named rules, of which the first that rejects decides."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.urls import is_on_site, is_web_url

_MAX_LENGTH = 2000
"""Characters. WordPress cuts a slug at 200 bytes, which is 600 when percent-encoded; three of them fit."""
_MAX_DEPTH = 12
"""Segments. The longest permalinks have year, month, day, some categories, the slug and a page number."""
_MAX_REPEATS = 3
"""How often one segment may stand in a path: relative links gone wrong pile them up without end."""

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|heic|pdf|docx?|xlsx?|pptx?|od[tsp]|epub|mobi|rtf|txt|csv|zip|rar|7z"
    r"|t?gz|bz2|dmg|exe|apk|mp[34]|m4[av]|ogg|oga|og[vg]|wav|flac|webm|avi|mov|wmv|mkv|css|js|mjs|json|map|xml|xsl|rss"
    r"|atom|ics|woff2?|ttf|eot|swf)$"
)
_DAY = re.compile(r"(?:.*/)?[12]\d{3}/(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])(?:/page/\d+)?")
_EVENT_CALENDAR = {
    "tribe-bar-date",
    "tribe-bar-search",
    "eventdisplay",
    "ical",
    "outlook-ical",
    "mc_id",
    "ai1ec",
}
_LOGIN = re.compile(r"(?:.*/)?wp-(?:login|signup|activate|register)\.php")


class _Url(NamedTuple):
    """``path`` is decoded, in lower case, without slashes at the ends, below the site's home."""

    raw: str
    path: str
    segments: list[str]
    query: dict[str, str]

    @property
    def last(self) -> str:
        return self.segments[-1] if self.segments else ""


def rejection(url: str, site: str) -> str | None:
    """The name of the rule that forbids to fetch a URL as a page of the site; None if it may be fetched.

    The names are fit for counters: ``scheme``, ``too_long``, ``offsite``, and those of the rules below.
    """
    if not is_web_url(url):
        return "scheme"
    if len(url) > _MAX_LENGTH:
        return "too_long"
    if not is_on_site(url, site):
        return "offsite"
    taken_apart = _take_apart(url, site)
    return next((name for name, forbids in _RULES if forbids(taken_apart)), None)


def _take_apart(url: str, site: str) -> _Url:
    parts = urlsplit(url)
    home = site.partition("/")[2]
    path = unquote(parts.path, errors="replace").lower().strip("/")
    path = path.removeprefix(unquote(home).lower()).strip("/") if home else path
    query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    return _Url(url, path, [segment for segment in path.split("/") if segment], query)


def _is_admin(url: _Url) -> bool:
    return "wp-admin" in url.segments or url.last in ("wp-comments-post.php", "wp-cron.php", "wp-mail.php")


def _is_login(url: _Url) -> bool:
    return bool(_LOGIN.fullmatch(url.path)) or "loggedout" in url.query


def _is_rest(url: _Url) -> bool:
    return "rest_route" in url.query or "wp-json" in url.segments or url.last == "xmlrpc.php"


def _is_feed(url: _Url) -> bool:
    """``/feed/``, ``/feed/atom/`` and ``?feed=``; no slug may be "feed" (wp_unique_post_slug())."""
    return "feed" in url.query or "feed" in url.segments[-2:] or url.last in ("rss", "rss2", "rdf", "atom")


def _is_search(url: _Url) -> bool:
    return "s" in url.query or url.segments[:1] == ["search"]


def _is_comment_page(url: _Url) -> bool:
    return "cpage" in url.query or url.last.startswith("comment-page-")


def _is_share(url: _Url) -> bool:
    return bool(url.query.keys() & {"share", "nb", "print", "printpage", "like_comment", "email-post"})


def _is_file(url: _Url) -> bool:
    in_folder = bool({"wp-content", "wp-includes"} & set(url.segments[:2]))
    return in_folder or bool(_FILE.search(url.last)) or url.last == "robots.txt"


def _is_calendar(url: _Url) -> bool:
    """Archives of single days, and calendars of events: spaces without end."""
    by_query = len(url.query.get("m", "")) > len("YYYYMM") or bool(url.query.keys() & _EVENT_CALENDAR)
    return by_query or bool(_DAY.fullmatch(url.path)) or "day" in url.query


def _is_attachment(url: _Url) -> bool:
    return "attachment_id" in url.query or "attachment" in url.segments[:-1]


def _is_shop(url: _Url) -> bool:
    return bool(url.query.keys() & {"add-to-cart", "remove_item", "add_to_wishlist", "orderby", "min_price"})


def _is_too_deep(url: _Url) -> bool:
    repeats = max((url.segments.count(segment) for segment in url.segments if not segment.isdecimal()), default=0)
    return len(url.segments) > _MAX_DEPTH or repeats >= _MAX_REPEATS


_RULES: tuple[tuple[str, Callable[[_Url], bool]], ...] = (
    ("admin", _is_admin),
    ("login", _is_login),
    ("rest", _is_rest),
    ("replytocom", lambda url: "replytocom" in url.query),
    ("comment_page", _is_comment_page),
    ("share", _is_share),
    ("search", _is_search),
    ("feed", _is_feed),
    ("embed", lambda url: url.last == "embed" or "embed" in url.query),
    ("trackback", lambda url: url.last == "trackback" or "tb" in url.query),
    ("preview", lambda url: "preview" in url.query or "customize_changeset_uuid" in url.query),
    ("attachment", _is_attachment),
    ("file", _is_file),
    ("shop", _is_shop),
    ("calendar", _is_calendar),
    ("too_deep", _is_too_deep),
)
