"""A site whose posts are to be had by its REST API, or by that of WordPress.com: on loopback, as data."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.hostile.server import Page, serve_answers

STORY = "The ferry left the pier at six in the morning, an hour before the fog came down on the estuary."


@dataclass
class RestSite:
    """``posts`` by type and id: second of modification. ``bases`` are the types that REST shows; None: no REST."""

    posts: dict[str, dict[int, int]]
    bases: dict[str, str] | None
    language: str = "en-GB"
    generator: str = "WordPress 7.1"
    texts: dict[int, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    """Whatever else there is, by path with query."""
    dates: dict[int, int] = field(default_factory=dict)
    """Second of publication, where it is not that of modification."""
    root: str = "/wp-json/"
    """Of the REST API; or ``/?rest_route=/``, where permalinks are plain."""
    feed_size: int = 0
    """How many of the newest posts ``/feed/`` names; 0: no feed."""
    origin: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, target: str) -> Page | None:
        """What the site says to a path with its query."""
        self.asked.append(target)
        parts = urlsplit(target)
        if target in self.pages:
            return self.pages[target]
        query = dict(parse_qsl(parts.query))
        route = f"/?rest_route={query.pop('rest_route')}" if "rest_route" in query else parts.path
        if route.startswith(f"{self.root}wp/v2/") and self.bases is not None:
            return self._rest(route.rpartition("/")[2], query, self.bases)
        if parts.path == "/":
            return None if parts.query else self._home()
        if target == "/feed/" and self.feed_size:
            return self._feed()
        return self._post(parts.path.strip("/"))

    def item(self, kind: str, wp_id: int) -> dict[str, Any]:
        """A post as ``/wp/v2`` tells it."""
        second = self.posts[kind][wp_id]
        return {
            "id": wp_id,
            "type": kind,
            "status": "publish",
            "link": f"{self.origin}{kind}-{wp_id}/",
            "date_gmt": _time(self.dates.get(wp_id, second)),
            "modified": _time(second),
            "modified_gmt": _time(second),
            "title": {"rendered": f"{kind} {wp_id}"},
            "content": {"rendered": f"<p>{self.texts.get(wp_id, STORY)}</p>", "protected": False},
            "excerpt": {"rendered": ""},
            "author": 1,
            "_embedded": {"author": [{"name": "Jane Doe"}], "wp:term": []},
        }

    def _rest(self, base: str, query: dict[str, str], bases: dict[str, str]) -> Page:
        if base == "types":
            return _json({name: {"slug": name, "rest_base": base} for name, base in bases.items()})
        kind = next(name for name, its_base in bases.items() if its_base == base)
        seconds = self.posts[kind].items()
        chosen = [wp_id for wp_id, second in seconds if _passes(wp_id, second, query, self.dates.get(wp_id))]
        keys = {"id": lambda wp_id: wp_id, "modified": self.posts[kind].__getitem__, "date": self._date_of(kind)}
        chosen.sort(key=keys[query["orderby"]], reverse=query["order"] == "desc")
        start = int(query.get("offset", 0))
        items = [self.item(kind, wp_id) for wp_id in chosen[start : start + int(query["per_page"])]]
        return _json(items, {"X-WP-Total": str(len(chosen))})

    def _date_of(self, kind: str) -> Callable[[int], int]:
        return lambda wp_id: self.dates.get(wp_id, self.posts[kind][wp_id])

    def _feed(self) -> Page:
        newest = sorted(self.posts["post"], key=self._date_of("post"), reverse=True)[: self.feed_size]
        items = "".join(
            f"<item><title>{wp_id}</title><link>{self.origin}post-{wp_id}/</link>"
            f'<guid isPermaLink="false">{self.origin}?p={wp_id}</guid></item>'
            for wp_id in newest
        )
        feed = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
        return Page(feed.encode(), headers={"Content-Type": "application/rss+xml"})

    def _home(self) -> Page:
        head = f'<html lang="{self.language}"><head><meta name="generator" content="{self.generator}"></head>'
        return Page(f'{head}<body class="home blog"><p>Welcome.</p></body></html>'.encode())

    def _post(self, name: str) -> Page | None:
        kind, _, wp_id = name.rpartition("-")
        if not wp_id.isdigit() or int(wp_id) not in self.posts.get(kind, {}):
            return None
        page = (
            f'<html><head><meta name="generator" content="{self.generator}"></head>'
            f'<body class="{kind}-template-default single single-{kind} postid-{wp_id}"><article class="hentry">'
            f'<h1 class="entry-title">{kind} {wp_id}</h1><div class="entry-content"><p>{STORY}</p></div></article>'
        )
        return Page(page.encode())


@dataclass
class HostedApi:
    """The API of WordPress.com for one site, two posts a page."""

    site: RestSite
    robots: bytes = b""
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, target: str) -> Page | None:
        """What the API says to a path with its query."""
        self.asked.append(target)
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return Page(self.robots, headers={"Content-Type": "text/plain"})
        if parts.path != "/rest/v1.1/sites/127.0.0.1/posts/":
            return _json({"error": "unknown_blog", "message": "Unknown blog"}, status=404)
        query = dict(parse_qsl(parts.query))
        posts = self.site.posts["post"]
        chosen = sorted((i for i in posts if _passes(i, posts[i], query)), key=lambda wp_id: posts[wp_id])
        start = int(query.get("page_handle", 0))
        meta = {"next_page": str(start + 2)} if chosen[start + 2 :] else {}
        shown = [self._post(self.site.item("post", wp_id)) for wp_id in chosen[start : start + 2]]
        return _json({"found": len(chosen), "posts": shown, "meta": meta})

    def _post(self, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "ID": item["id"], "URL": item["link"], "type": "post", "status": "publish",
            "date": f"{item['date_gmt']}+00:00", "modified": f"{item['modified_gmt']}+00:00",
            "title": item["title"]["rendered"], "content": item["content"]["rendered"], "excerpt": "", "password": "",
            "author": {"name": "Jane Doe"}, "categories": {"World": {"ID": 2, "name": "World"}}, "tags": {},
        }  # fmt: skip


@contextmanager
def serve(site: RestSite) -> Iterator[RestSite]:
    """Serve a site for as long as the context lasts; its ``origin`` is then known."""
    with serve_answers(site.answer) as url:
        site.origin = url
        yield site


@contextmanager
def serve_hosted(site: RestSite, robots: bytes = b"") -> Iterator[HostedApi]:
    """The API beside it, on another port."""
    api = HostedApi(site, robots)
    with serve_answers(api.answer) as url:
        api.url = url
        yield api


def _passes(wp_id: int, second: int, query: dict[str, str], date: int | None = None) -> bool:
    if "include" in query:
        return str(wp_id) in query["include"].split(",")
    if "slug" in query:
        return f"post-{wp_id}" in query["slug"].split(",")
    bounds = {"modified_after": second, "after": second if date is None else date}
    return all(_time(bounds[name]) > query[name].removesuffix("Z") for name in bounds if name in query)


def _time(second: int) -> str:
    return datetime.fromtimestamp(1_750_000_000 + second, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _json(data: Any, headers: dict[str, str] | None = None, status: int = 200) -> Page:
    return Page(json.dumps(data).encode(), status, {"Content-Type": "application/json"} | (headers or {}))
