"""From a request's path and query to a view: WordPress's rewrite rules, query variables and canonical redirects."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from demo import endpoints, query
from demo.model import Post
from demo.paths import PERMALINK_ENDINGS, encoded, home_path, permalink_pattern, post_path, root
from demo.site import DemoSite
from demo.views import Archive, NotFound, Redirect, Single, View

_TERMS = r"(?P<{0}>.+?)(?P<rest>(?:/page/\d+)?(?:/feed)?)/?"
_RULES = [
    re.compile(r"(?P<rest>(?:page/\d+)?(?:feed(?:/rss2?)?)?)/?"),
    re.compile(r"(?P<comments>comments)/feed/?"),
    re.compile("category/" + _TERMS.format("category_name")),
    re.compile("tag/" + _TERMS.format("tag")),
    re.compile("author/" + _TERMS.format("author_name")),
    re.compile(r"(?P<year>\d{4})(?:/(?P<monthnum>\d\d))?(?:/(?P<day>\d\d))?(?P<rest>(?:/page/\d+)?)/?"),
]
_PAGE = re.compile(rf"(?P<name>[^/]+)(?P<rest>{PERMALINK_ENDINGS})/?")
_PUBLIC_VARIABLES = {
    *("p", "page_id", "attachment_id", "name", "cat", "category_name", "tag", "author", "author_name"),
    *("m", "year", "monthnum", "day", "s", "paged", "page", "cpage", "feed", "embed"),
}
"""The query variables that choose what is shown; any other query is ignored (WP::$public_query_vars)."""


def route(site: DemoSite, target: str) -> View:
    """The view for a request target such as ``/2024/05/``, or a redirect to where it should have gone."""
    parts = urlsplit(target)
    path, sent = unquote(parts.path, errors="replace"), dict(parse_qsl(parts.query, keep_blank_values=True))
    if (special := endpoints.special(site, path, sent)) is not None:
        return special
    asked = {name: value for name, value in sent.items() if name in _PUBLIC_VARIABLES}
    below = _below_home(site, path)
    matched = _match(site, below) if below else {}
    if matched is None:
        return NotFound()
    view = query.resolve(site, {**asked, **matched})
    kept = {name: value for name, value in sent.items() if name not in asked}
    return _canonical_redirect(site, path, view, kept, by_query=bool(asked) and not matched) or view


def _below_home(site: DemoSite, path: str) -> str:
    return path.removeprefix(root(site)).removeprefix(site.home_path).strip("/").removeprefix("index.php")


def _match(site: DemoSite, path: str) -> dict[str, str] | None:
    """The query variables of a pretty path, None if no rewrite rule fits."""
    if not site.permalinks:
        return None
    if (attachment := _attachment(site, path)) is not None:
        return {"attachment_id": str(attachment.id)}
    for pattern in (*_RULES, permalink_pattern(site.permalinks.removeprefix("/index.php")), _PAGE):
        if match := pattern.fullmatch(path):
            variables = {name: value for name, value in match.groupdict().items() if value}
            return _with_rest(variables)
    return {"name": path.rstrip("/").rpartition("/")[2]}


def _with_rest(variables: dict[str, str]) -> dict[str, str]:
    """Turn what follows a permalink into its query variables."""
    rest = variables.pop("rest", "").strip("/")
    if found := re.search(r"page/(\d+)$", rest):
        return {**variables, "paged": found[1]}
    if found := re.fullmatch(r"comment-page-(\d+)", rest):
        return {**variables, "cpage": found[1]}
    if rest.startswith("feed") or rest.endswith("/feed") or "comments" in variables:
        return {**variables, "feed": "rss2"}
    if rest in ("embed", "trackback"):
        return {**variables, rest: "1"}
    if rest.isdigit():
        return {**variables, "page": rest}
    return variables


def _attachment(site: DemoSite, path: str) -> Post | None:
    """The attachment with this path, which is below its parent's."""
    attachments = (post for post in site.posts.values() if post.type == "attachment")
    return next((post for post in attachments if _below_home(site, unquote(post_path(site, post))) == path), None)


def _canonical_redirect(
    site: DemoSite, path: str, view: View, kept: dict[str, str], *, by_query: bool
) -> Redirect | None:
    """redirect_canonical(): to the view's own address, if it was asked for in another way."""
    if not isinstance(view, Single | Archive) or (isinstance(view, Archive) and view.kind == "search"):
        return None
    wanted = _canonical_path(site, path, view, by_query=by_query)
    if unquote(wanted).lower() == path.lower() or (not site.permalinks and "?" in wanted):
        return None
    return Redirect(_header_value(wanted) + (f"?{urlencode(kept)}" if kept else ""))


def _canonical_path(site: DemoSite, path: str, view: Single | Archive, *, by_query: bool) -> str:
    """An archive asked for by its path keeps it: a sub-category answers with and without its parent."""
    if by_query or isinstance(view, Single) or view.path == home_path(site):
        return query.address(site, view)
    first = re.sub(r"/page/1/?$", "/", path)
    return first if first.endswith("/") else f"{first}/"


def _header_value(path: str) -> str:
    return path if path.isascii() else encoded(path)
