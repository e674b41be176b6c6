"""A server that answers with exactly the bytes it is told to, for as long as it is told to."""

import contextlib
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class Page:
    """An answer. ``endless``: the body is repeated until the client goes away. ``silent``: no answer at all.

    ``slow``: before the body come spaces, one a second, for ever; ``heads``: headers, and more headers.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    endless: bool = False
    silent: bool = False
    slow: bool = False
    heads: bool = False


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


@contextmanager
def serve_pages(pages: Mapping[str, Page]) -> Iterator[str]:
    """Serve pages by path on 127.0.0.1; 404 for the rest. Yields the URL of ``/``."""
    with serve_answers(pages.get) as url:
        yield url


@contextmanager
def serve_answers(answer: Callable[[str], Page | None]) -> Iterator[str]:
    """Serve what a function says of a path with its query; 404 for None. Yields the URL of ``/``."""
    stop = Event()
    server = _Server(("127.0.0.1", 0), _handler(answer, stop))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    wbufsize = -1
    page_of: Callable[[str], Page | None]
    stop: Event

    def do_GET(self) -> None:
        page = self.page_of(self.path) or Page(status=404, body=b"<title>Not found</title>")
        with contextlib.suppress(ConnectionError, socket.timeout):
            if page.silent:
                self.stop.wait(120)
                return
            self._answer(page)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def _answer(self, page: Page) -> None:
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.heads:
            self.flush_headers()
            self._repeat(b"X-More: %s\r\n" % (b"more " * 2000))
        self.end_headers()
        if page.slow:
            self._repeat(b" ", pause=1)
        self.wfile.write(page.body)
        if page.endless:
            self._repeat(page.body)

    def _repeat(self, piece: bytes, pause: float = 0) -> None:
        while not self.stop.wait(pause):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def _handler(answer: Callable[[str], Page | None], stop: Event) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"page_of": staticmethod(answer), "stop": stop})
