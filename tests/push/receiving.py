"""A receiver to send things to, and what it told of them."""

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from tests.waiting import SECONDS, soon

_ROOT = Path(__file__).resolve().parents[2]

SITES = ("news.example", "gazette.example", "example.org/blog")
TOKEN = "t" * 43
SECRET = "a secret that the hub was told"
TOPIC = "https://news.example/feed/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
XML = {"Content-Type": "text/xml"}


@dataclass(frozen=True)
class Reply:
    """An answer over the wire."""

    status: int
    body: str
    headers: dict[str, str]


def subscribed(**changed: Any) -> dict[str, Any]:
    """A verified subscription of the news for another hour."""
    told = {"site": "news.example", "topic": TOPIC, "hub": "https://hub.example/", "token": TOKEN, "secret": SECRET}
    return told | {"state": "verified", "expires_in": 3600} | changed


def registered(**changed: Any) -> dict[str, Any]:
    """A registered feed of the news."""
    return {"site": "news.example", "feed_url": TOPIC, "cloud_url": "http://news.example/?rsscloud=notify"} | changed


class Receiving:
    """One process, in which a new receiver can be set up for each test."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.port = 0
        self.told: list[dict[str, Any]] = []
        self._ports: Queue[int] = Queue()
        self._echoes: Queue[int] = Queue()
        Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        for line in self.process.stdout or ():
            what = json.loads(line)
            self.told.append(what)
            if "port" in what:
                self._ports.put(what["port"])
            if "echo" in what:
                self._echoes.put(what["echo"])

    def _say(self, what: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def _heard(self) -> list[dict[str, Any]]:
        """Everything that was told until now: what was told before an answer was sent is among it."""
        self._say({"echo": 1})
        self._echoes.get(timeout=SECONDS)
        return list(self.told)

    def set_up(self, *, forget: bool = True, **setup: Any) -> None:
        """A new receiver, and what the one before told is forgotten.

        ``setup``: options; ``sites``, ``subscriptions``, ``registrations``, ``delay`` in seconds, ``fails``.
        """
        other = {"sites": list(SITES), "subscriptions": [], "registrations": [], "delay": 0, "fails": False}
        told = {name: setup.pop(name, default) for name, default in other.items()}
        self._say(told | {"options": setup})
        self.port = self._ports.get(timeout=SECONDS)
        if forget:
            self.told.clear()

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | dict[str, str] = b"",
        headers: dict[str, str] | None = None,
        host: str | None = None,
    ) -> Reply:
        """One request over a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        data = urlencode(body).encode() if isinstance(body, dict) else body.encode() if isinstance(body, str) else body
        named = {"Host": host} if host is not None else {}
        try:
            connection.request(method, path, data or None, (headers or {}) | named)
            answer = connection.getresponse()
            return Reply(answer.status, answer.read().decode(), dict(answer.headers))
        finally:
            connection.close()

    def ping(self, xml: bytes | str, path: str = "/rpc") -> Reply:
        """An XML-RPC call."""
        return self.send("POST", path, xml, XML)

    def raw(self, data: bytes, *, wait: float = SECONDS) -> bytes:
        """Send bytes and read until the other side closes, or the time is up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            return read_all(connection)

    @property
    def accepted(self) -> list[Any]:
        """Site, how it told, and in how many seconds it is due."""
        return [what["accept"] for what in self._heard() if "accept" in what]

    @property
    def stored(self) -> list[Any]:
        """State, lease in seconds and reason of subscriptions."""
        return [what["store"] for what in self._heard() if "store" in what]

    @property
    def counts(self) -> Counter[str]:
        """What was counted."""
        return Counter(what["count"] for what in self._heard() if "count" in what)

    def counted(self, **expected: int) -> bool:
        """Whether exactly this is counted, within seconds; ``refused__path`` is ``refused/path``."""
        wanted = Counter({name.replace("__", "/"): number for name, number in expected.items()})
        assert soon(lambda: self.counts == wanted), f"{self.counts} is not {wanted}"
        return True


def read_all(connection: socket.socket) -> bytes:
    """Everything until the end, or until the other side tears the connection down."""
    received = b""
    try:
        while part := connection.recv(65_536):
            received += part
    except (TimeoutError, ConnectionError):
        pass
    return received


@contextmanager
def receiving() -> Iterator[Receiving]:
    """A process for receivers; it ends with status 0, and no exception gets lost in it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.push.serving"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    errors: list[str] = []
    listener = Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
    listener.start()
    try:
        yield Receiving(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(SECONDS) == 0
        listener.join()
        assert not [line for line in errors if "Unhandled" in line or "never retrieved" in line], "".join(errors)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
