"""The HTTP server: views in, responses out, on loopback only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

from demo.core.context import Context
from demo.core.head import shown_title
from demo.feed import rss
from demo.paths import home_path
from demo.routing import route
from demo.site import DemoSite
from demo.themes import THEMES
from demo.themes.theme import Theme
from demo.views import Embed, Feed, NotFound, Plain, Redirect, View

_HTML = "text/html; charset=UTF-8"
_RSS = "application/rss+xml; charset=UTF-8"


class Hit(NamedTuple):
    """A request as it came in; ``path`` with its query."""

    method: str
    path: str


@dataclass(slots=True)
class Served:
    """A running site: ``url`` is its home with a trailing slash, ``requests`` what was asked of it, in order."""

    site: DemoSite
    theme: Theme
    origin: str = ""
    requests: list[Hit] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.origin + home_path(self.site)

    def answer(self, target: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a request target."""
        view = route(self.site, target)
        if isinstance(view, Redirect):
            return view.status, {"Content-Type": _HTML, "Location": self.origin + view.path}, b""
        if isinstance(view, Plain):
            return view.status, {"Content-Type": view.content_type}, view.body
        content_type = _RSS if isinstance(view, Feed) else _HTML
        headers = {"Content-Type": content_type, "Link": self._rest_link()}
        return 404 if isinstance(view, NotFound) else 200, headers, self._body(view).encode()

    def _body(self, view: View) -> str:
        if isinstance(view, Feed):
            return rss(Context(self.site, self.origin, NotFound()), view)
        if isinstance(view, Embed):
            return (
                f'<!DOCTYPE html><body class="wp-embed"><p class="wp-embed-heading">{shown_title(view.post)}</p></body>'
            )
        if isinstance(view, Redirect | Plain):
            raise TypeError(f"no page is made for {view}")
        return self.theme.page(Context(self.site, self.origin, view))

    def _rest_link(self) -> str:
        return f'<{Context(self.site, self.origin, NotFound()).rest()}>; rel="https://api.w.org/"'


@contextmanager
def serve(site: DemoSite, theme: str = "classic", port: int = 0) -> Iterator[Served]:
    """Serve a site on 127.0.0.1 for as long as the context lasts; port 0 takes a free one.

    The site may be changed meanwhile. Raises KeyError for an unknown theme, OSError for a port in use.
    """
    served = Served(site, THEMES[theme])
    site.front_page = served.theme.front_page
    server = _Server(("127.0.0.1", port), _handler(served))
    served.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # with the library's 5 a crawler's connections wait a second to be let in

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away: a crawl may be killed at any moment."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one packet

        def do_GET(self) -> None:
            served.requests.append(Hit(self.command, self.path))
            status, headers, body = served.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - named for the method by BaseHTTPRequestHandler

        def log_message(self, *_: object) -> None:
            """Stay silent: ``served.requests`` is the log."""

    return Handler
