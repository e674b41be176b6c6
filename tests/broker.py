"""A broker of its own for tests and drills: Debian's nats-server, on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import Server

PROGRAM = shutil.which("nats-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class Broker(Server):
    """A nats-server with JetStream over a folder."""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        if PROGRAM is None:
            raise RuntimeError("nats-server is not installed")
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "nats.log").open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "-js", "-a", "127.0.0.1", "-p", str(self.port), "-sd", str(self.folder / "store")],
                stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("nats-server does not start")


@contextmanager
def serving(folder: Path) -> Iterator[Broker]:
    """A broker for as long as the context lasts."""
    required()
    broker = Broker(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.send(signal.SIGKILL)


def required() -> None:
    """Skips the test where there is no nats-server, unless there must be one."""
    if PROGRAM is None:
        if os.environ.get("PRESSWALK_REQUIRE_NATS") == "1":
            pytest.fail("nats-server is not installed")
        pytest.skip("needs Debian's nats-server")
