"""A WordPress site with a few real posts among everything that a site may do to a crawler. Nothing of it is random."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]

from tests.hostile.server import Page

GENERATOR = '<meta name="generator" content="WordPress 7.1">'
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}

POSTS = {"/archives/1": 1, "/?p=2": 2, "/2025/02/03/three/": 3, "/four/": 4, "/news/five.html": 5, "/2025/6": 6}
"""Path -> id: as many forms as WordPress has. The last two are on the second page of the list."""

MEGABYTE = 1_000_000


def packed(body: bytes, encoding: str) -> Page:
    return Page(body, headers=HTML | {"Content-Encoding": encoding})


def post(wp_id: int, body: str = "<p>Some words of a text.</p>") -> bytes:
    return (
        f"<html><head><title>Post {wp_id}</title>{GENERATOR}</head><body class='single single-post postid-{wp_id}'>"
        f"<article id='post-{wp_id}' class='post-{wp_id} post type-post'><h1 class='entry-title'>Post {wp_id}</h1>"
        f"<div class='entry-content'>{body}</div></article></body></html>"
    ).encode()


def listing(paths: dict[str, int], links: str = "") -> bytes:
    """A page of a blog that lists posts, and links elsewhere."""
    rows = "".join(
        f"<article class='post-{n} post type-post'><h2 class='entry-title'><a href='{p}'>{n}</a></h2></article>"
        for p, n in paths.items()
    )
    return f"<html><head>{GENERATOR}</head><body class='blog'><main>{rows}</main>{links}</body></html>".encode()


def links(*paths: str) -> str:
    return "".join(f"<a href='{path}'>there</a> " for path in paths)


def older(path: str) -> str:
    return f"<nav class='navigation pagination'><a class='next page-numbers' href='{path}'>Older posts</a></nav>"


TRAPS = (
    *("/events/1/", "/maze/1/", "/soft/not-here-1/", "/again/page/2/", "/void/page/2/", "/deep/a/", "/made-1/x/"),
    *("/fakes/page/2/",),
)
"""Where ever-new pages begin."""

BOMBS: dict[str, tuple[Callable[[], Page], str]] = {
    "gzip": (lambda: packed(gzip.compress(bytes(50 * MEGABYTE), 6), "gzip"), "errors/too_large"),
    "deflate": (lambda: packed(zlib.compress(bytes(50 * MEGABYTE), 6), "deflate"), "errors/too_large"),
    "brotli": (lambda: packed(brotli.compress(bytes(50 * MEGABYTE), quality=3), "br"), "errors/too_large"),
    "nested": (lambda: packed(_nested(bytes(9 * MEGABYTE), 9), ", ".join(["gzip"] * 9)), "errors/too_many_encodings"),
    "large": (lambda: Page(b"<p>", headers=HTML | {"Content-Length": str(200 * MEGABYTE)}), "errors/too_large"),
    "endless": (lambda: Page(b"<p>more</p>" * 200_000, endless=True), "errors/too_large"),
    "heads": (lambda: Page(heads=True), "errors/too_large"),
    "slow": (lambda: Page(b"<p>" + b"slow " * 100, slow=True), "errors/timeout"),
    "silent": (lambda: Page(silent=True), "errors/timeout"),
    "tags": (lambda: Page(b"<html><body>" + b"<p>x" * 500_000), "skipped/too-many-tags"),
    "video": (lambda: Page(bytes(range(256)) * 100, headers={"Content-Type": "video/mp4"}), "skipped/not-html"),
    "circle": (lambda: leads("/bomb/circle/"), "errors/redirect_loop"),
    "hops": (lambda: leads("/hop/1/"), "errors/redirect_loop"),
    "abroad": (lambda: leads("https://elsewhere.example/"), "skipped/offsite_redirect"),
    "inside": (lambda: leads("http://169.254.169.254/latest/meta-data/"), "skipped/offsite_redirect"),
    "file": (lambda: leads("file:///etc/passwd"), "errors/http_302"),
}
"""Name -> page, and how it is counted."""

HEAVY: dict[str, Callable[[], bytes]] = {
    "nesting": lambda: post(101, "<div>" * 100_000 + "<p>Down here.</p>"),
    "attributes": lambda: post(102, "<p " + "".join(f"a{n}=1 " for n in range(100_000)) + ">Some words.</p>"),
    "images": lambda: post(103, "<p>Some words.</p>" + "".join(f"<img src='/{n}.jpg'>" for n in range(6000))),
    "links": lambda: listing(
        {},
        "".join(f"<a href='/four/?replytocom={n}'>x</a>" for n in range(2000))
        + "".join(f"<a href='/more-{n}/'>x</a>" for n in range(300)),
    ),
}
"""Pages that are read, and cost much."""


def leads(to: str) -> Page:
    return Page(status=302, headers={"Location": to})


def _nested(body: bytes, layers: int) -> bytes:
    for _ in range(layers):
        body = gzip.compress(body, 6, mtime=0)
    return body


@dataclass
class HostileSite:
    """Answers by path; ``asked`` is every path in order."""

    asked: list[str] = field(default_factory=list)
    _kept: dict[str, Page] = field(init=False)
    """What takes a while to make."""

    def __post_init__(self) -> None:
        self._kept = {f"/bomb/{name}/": make() for name, (make, _) in BOMBS.items()}
        self._kept |= {f"/heavy/{name}/": Page(make()) for name, make in HEAVY.items()}

    def answer(self, target: str) -> Page | None:
        """What the site says to a path with its query."""
        self.asked.append(target)
        if target in POSTS:
            return Page(post(POSTS[target]))
        parts = [part for part in urlsplit(target).path.split("/") if part]
        if not parts:
            return None if urlsplit(target).query else self._home()
        if parts[0] in ("bomb", "heavy"):
            return self._kept.get(target)
        return self._trap(target, parts) or _machine(target)

    def _home(self) -> Page:
        first = dict(list(POSTS.items())[:4])
        faults = {f"/bomb/{name}/": 900 + n for n, name in enumerate(BOMBS)}
        heavy = {f"/heavy/{name}/": 950 + n for n, name in enumerate(HEAVY)}
        rejected = (
            *(
                "/four/?replytocom=7",
                "/?s=bridge",
                "/search/bridge/",
                "/2025/02/04/",
                "/events/?tribe-bar-date=2999-01",
            ),
            *("/shop/?add-to-cart=7", "/shop/?orderby=price", "/four/?sid=8f3a", "/wp-login.php", "/wp-admin/"),
            *("/four/feed/", "/four/?share=x", "/a/b/a/b/a/b/", f"/{'x' * 2100}/", "/uploads/film.mp4"),
        )
        return Page(listing(first | faults | heavy, older("/page/2/") + links(*TRAPS, *rejected)))

    def _trap(self, target: str, parts: list[str]) -> Page | None:
        number = len(self.asked)
        if target == "/page/2/":
            return Page(listing(dict(list(POSTS.items())[4:])))
        if parts[0] == "events":
            return Page(listing({}, links(f"/events/{number}/", f"/events/{number + 100_000}/")))
        if parts[0] == "maze":
            return Page(listing({}, links(*(f"/maze/{number * 10 + n}/" for n in range(10)))))
        if parts[0] == "soft":
            return Page(listing(POSTS, links(*(f"/soft/not-here-{number * 10 + n}/" for n in range(10)))))
        if parts[0] == "deep":
            return Page(listing({}, links(f"b{number}/", "a/", "../a/b/")))
        if parts[0].startswith("made"):
            return Page(listing({}, links(*(f"/made-{number * 10 + n}/x/" for n in range(10)))))
        if parts[1:2] == ["page"]:
            return _list_without_end(parts[0], int(parts[2]))
        if parts[0] == "hop":
            return leads(f"/hop/{int(parts[1]) + 1}/")
        return None


def _list_without_end(name: str, number: int) -> Page | None:
    """A list of which each page has an older one: of nothing, of the same posts in turn, of ever-new ones."""
    paths = list(POSTS.items())
    shown = {
        "void": {},
        "again": dict([paths[number % len(paths)]]),
        "fakes": {f"/fake/{number * 10 + n}/": number * 10 + n for n in range(10)},
    }.get(name)
    return None if shown is None else Page(listing(shown, older(f"/{name}/page/{number + 1}/")))


def _machine(target: str) -> Page | None:
    """What programs ask for: each answer is one that takes too much, or never ends."""
    if target.startswith("/fake/"):
        return Page(listing({}))
    if target == "/feed/":
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
        doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>'
        return Page(
            f"<?xml version='1.0'?>{doctype}<rss><channel><item>&l19;&x;</item></channel></rss>".encode(), 200, XML
        )
    if target == "/wp-sitemap.xml":
        return Page(gzip.compress(b"<urlset>" + b"<url>" * 20_000_000, 6), 200, {"Content-Type": "application/gzip"})
    if target.startswith("/wp-json/"):
        return Page(b"[" * 100_000, 200, {"Content-Type": "application/json"})
    return None
