"""A webhook on loopback that behaves as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Document = dict[str, Any]


@dataclass
class Receiver:
    """What came, and what is answered."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """Before it answers."""
    bodies: list[bytes] = field(default_factory=list)
    """Of every request, refused ones included."""
    requests: list[dict[str, str]] = field(default_factory=list)
    """Their headers, names in lower case."""
    taken: list[Document] = field(default_factory=list)
    """The events of the requests that were answered with 2xx."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def ids(self) -> list[str]:
        """The ids of the events that were taken, each once, in the order in which they came first."""
        return list(dict.fromkeys(event["id"] for event in self.taken))

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Note a request; the status of the answer."""
        time.sleep(self.seconds)
        with self.lock:
            self.bodies.append(body)
            self.requests.append(headers)
            if 200 <= self.status < 300:
                self.taken += json.loads(body)["events"]
            return self.status


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """A receiver while the context lasts."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            try:
                self.send_response(status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                self.close_connection = True  # the sender has lost patience, or its life

        def log_message(self, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook?token=secret"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
