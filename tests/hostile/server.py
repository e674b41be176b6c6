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

    ``slow``: the body comes a byte a second; ``heads``: headers, and more headers.
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


def _handler(answer: Callable[[str], Page | None], stop: Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        wbufsize = -1

        def do_GET(self) -> None:
            page = answer(self.path) or Page(status=404, body=b"<title>Not found</title>")
            with contextlib.suppress(ConnectionError, socket.timeout):
                if page.silent:
                    stop.wait(30)
                    return
                self._answer(page)

        def _answer(self, page: Page) -> None:
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            while page.heads and not stop.is_set():
                self.wfile.write(b"".join(b"X-More: %s\r\n" % (b"more " * 200) for _ in range(20)))
            self.end_headers()
            if page.slow:
                self._trickle(page.body)
            self.wfile.write(page.body)
            while page.endless and not stop.is_set():
                self.wfile.write(page.body)
                self.wfile.flush()

        def _trickle(self, body: bytes) -> None:
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()
                if stop.wait(1):
                    return

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    return Handler
