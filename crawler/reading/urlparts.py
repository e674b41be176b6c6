"""Parts of URLs found on pages, which may be anything: a broken one has no parts, and raises nothing."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from crawler.urls import is_web_url, url_key

_UP_TO_PATH = re.compile(r"\s*(?:[^:/?#]+:)?(?://[^/?#]*)?(?P<path>[^?#]*)")
"""The regular expression of RFC 3986, appendix B; to split the whole URL takes ten times as long."""
_NOTHING = SplitResult("", "", "", "", "")


def url_parts(url: str) -> SplitResult:
    """Like ``urlsplit``; all empty for a broken URL."""
    try:
        return urlsplit(url)
    except ValueError:  # "Invalid IPv6 URL" and its like
        return _NOTHING


def url_query(url: str) -> dict[str, str]:
    """The query's parameters, of repeated ones the first."""
    query = url_parts(url).query
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()} if query else {}


def last_segment(url: str) -> str:
    """The last segment of the path as it is written: a slug."""
    match = _UP_TO_PATH.match(url)
    return match["path"].rstrip("/").rpartition("/")[2] if match else ""


def same_url(one: str, other: str) -> bool:
    """Whether two URLs are spellings of one; those that are no web URLs only if they are equal."""
    if is_web_url(one) and is_web_url(other):
        return url_key(one) == url_key(other)
    return one == other
