"""What the hub and the rssCloud server of the tests have in common: they take forms and call back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, str]


def request(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body of the answer to a request."""
    parts = urlsplit(url)
    connection = HTTPConnection(
        parts.hostname or "", parts.port or 80, timeout=30
    )  # longer than a push may take to be stored
    try:
        connection.request(method, f"{parts.path}?{parts.query}".rstrip("?"), body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@contextmanager
def serve_forms(take: Callable[[dict[str, str]], Answer]) -> Iterator[str]:
    """Serve a function of forms on 127.0.0.1. Yields the URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, text = take(dict(parse_qsl(body, keep_blank_values=True)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
