"""Where the REST API of a site is, and the URLs by which it is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from crawler.reading import Page, home_url
from crawler.reading.head import links_of
from crawler.reading.rest import FIELDS
from crawler.urls import is_on_site, site_id, url_key

_API = "https://api.w.org/"
_EMBED = "author,wp:term,wp:featuredmedia"
_BRIEF = ("id", "type", "link", "date_gmt", "modified", "modified_gmt")


def rest_roots(page: Page) -> list[str]:
    """Where the root of the site's REST API may be, most likely first: what the page says, then the usual places.

    Absolute, each once, only on the page's own host.
    """
    host = site_id(page.url).partition("/")[0]
    told = [link.href.partition("#")[0] for link in links_of(page, _API)]
    home = home_url(page) or ""
    home = home if is_on_site(home, host) else urljoin(page.url, "/")
    usual = [f"{home.rstrip('/')}/wp-json/", f"{home.rstrip('/')}/?rest_route=/"]
    found: dict[str, str] = {}
    for root in (*told, *usual):
        if is_on_site(root, host):
            found.setdefault(url_key(root), root)
    return list(found.values())


def gmt(moment: datetime) -> str:
    """A moment as the API takes it: whole seconds, with ``Z``; without a zone it would be read in the site's own."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class RestApi:
    """The collection of one post type: ``root`` as a page or ``rest_roots`` says it, ``base`` its ``rest_base``."""

    root: str
    base: str = "posts"
    more: tuple[str, ...] = ()
    """Fields of posts that are asked for besides ``FIELDS``."""

    def types_url(self) -> str:
        """The public post types, for ``rest_bases``."""
        return self._url("types", {})

    def list_url(self, query: dict[str, str], *, brief: bool = False) -> str:
        """A part of the collection; ``brief`` asks for what tells posts and their versions apart, not for content."""
        wanted = (
            {"_fields": ",".join(_BRIEF)} if brief else {"_embed": _EMBED, "_fields": ",".join((*FIELDS, *self.more))}
        )
        return self._url(self.base, query | wanted)

    def include_url(self, ids: Iterable[int], *, brief: bool = False) -> str:
        """These posts, at most ``MAX_PER_PAGE``; those that are not public are left out of the answer."""
        return self._chosen("include", sorted(set(ids)), brief=brief)

    def slugs_url(self, slugs: Iterable[str]) -> str:
        """The posts with these slugs, which are unique in a post type (``wp_unique_post_slug``), without content."""
        return self._chosen("slug", sorted(set(slugs)), brief=True)

    def _chosen(self, by: str, wanted: Sequence[object], *, brief: bool) -> str:
        chosen = {by: ",".join(map(str, wanted)), "per_page": str(len(wanted))}
        return self.list_url(chosen | {"orderby": "id", "order": "asc"}, brief=brief)

    def _url(self, route: str, query: dict[str, str]) -> str:
        parts = urlsplit(self.root)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        path = parts.path
        if "rest_route" in given:
            given["rest_route"] = f"{given['rest_route'].rstrip('/')}/wp/v2/{route}"
        else:
            path = f"{path.rstrip('/')}/wp/v2/{route}"
        return urlunsplit((parts.scheme, parts.netloc, path, urlencode(given | query, safe="/:,"), ""))


def slug_of(url: str) -> str | None:
    """The slug in the address of a post, with pretty permalinks: its last part. None where it has none."""
    slug = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]).removesuffix(".html")
    return None if "," in slug else slug or None


def rest_apis(root: str, types: Sequence[str], bases: dict[str, str], more: tuple[str, ...] = ()) -> dict[str, RestApi]:
    """The collections of these post types at a root; a type that the API does not show is left out."""
    return {name: RestApi(root, bases[name], more) for name in types if name in bases}
