"""``scrapy crawl listen`` in a process of its own, and what is sent to it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.push.calls import call
from tests.push.serving_forms import request
from tests.spiders.running import REPOSITORY, Document, Scrapy

START_SECONDS = 60.0
STOP_SECONDS = 30.0
_LISTENS = re.compile(r"Listening for pushes on http://127\.0\.0\.1:(\d+)")

QUICKLY = {
    "PUSH_PORT": "0",
    "PUSH_DEBOUNCE_SECONDS": "2",
    "LISTEN_POLL_SECONDS": "0.5",
    "LISTEN_REFRESH_SECONDS": "0.5",
    "DOWNLOAD_SLOTS": json.dumps({"127.0.0.1": {"concurrency": 8, "delay": 0.0, "jitter": 0.0}}),
}
"""Settings for sites on this machine, and for tests that do not wait."""


@dataclass
class Listener:
    """A process that listens."""

    process: "subprocess.Popen[bytes]"
    log_file: Path
    scrapy: Scrapy

    def log(self) -> str:
        """What it said so far."""
        return self.log_file.read_text(errors="replace")

    @property
    def port(self) -> int:
        """Where it listens; 0 before it does."""
        found = _LISTENS.search(self.log())
        return int(found[1]) if found else 0

    def ping(self, home: str) -> int:
        """A site tells that it published; the status of the answer."""
        body = call("weblogUpdates.ping", "A site", home)
        return request("POST", f"http://127.0.0.1:{self.port}/rpc", body, {"Content-Type": "text/xml"})[0]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    @property
    def counts(self) -> Document:
        """What it counted, once it has ended."""
        return dict(self.scrapy.last_run()["counts"])


@contextmanager
def listening(scrapy: Scrapy, folder: Path, **settings: str) -> Iterator[Listener]:
    """Listen for as long as the context lasts. ``settings`` besides those of ``QUICKLY``."""
    options = [part for name, value in {**QUICKLY, **settings}.items() for part in ("-s", f"{name}={value}")]
    told = {"MONGODB_URI": scrapy.uri, "MONGODB_DATABASE": scrapy.database_name, "PYTHONWARNINGS": "default"}
    log_file = folder / f"listen-{len(list(folder.iterdir()))}.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "listen", *options],
            cwd=REPOSITORY,
            env=os.environ | told,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    listener = Listener(process, log_file, scrapy)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not listener.port:
            assert process.poll() is None and time.monotonic() < deadline, listener.log()
            time.sleep(0.05)
        yield listener
    finally:
        process.kill()
        process.wait()
