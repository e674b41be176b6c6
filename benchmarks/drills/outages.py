"""The database does not answer for a while: it is stopped, or killed and started again, in the middle of a crawl."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drills.crawling import Crawls
from crawler.storage.keeper import server_command
from tests.servers import Server
from tests.waiting import listens

_START_SECONDS = 120.0


class DatabaseServer(Server):
    """A database with no keeper."""

    @property
    def uri(self) -> str:
        """Where it is."""
        return f"mongodb://127.0.0.1:{self.port}/?directConnection=true"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(server_command(self.folder, self.port), stdout=log, stderr=log)  # noqa: S603
        deadline = time.monotonic() + _START_SECONDS
        while not listens(self.uri):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the database does not start: {(self.folder / 'server.log').read_text()[-1000:]}")
            time.sleep(0.1)


@contextmanager
def stopped(server: DatabaseServer) -> Iterator[None]:
    """It says nothing meanwhile, and its connections stay open."""
    server.send(signal.SIGSTOP)
    try:
        yield
    finally:
        server.send(signal.SIGCONT)


@contextmanager
def killed(server: DatabaseServer) -> Iterator[None]:
    """It is not there meanwhile."""
    server.send(signal.SIGKILL)
    yield
    server.start()


@contextmanager
def database(folder: Path) -> Iterator[DatabaseServer]:
    """A server for as long as the context lasts."""
    server = DatabaseServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.send(signal.SIGKILL)


@dataclass(frozen=True)
class Outcome:
    """What a crawl with an outage amounted to."""

    status: int
    asked: int
    """Requests that were made while the database was away."""
    kept: int
    """Bytes on disk at the end of the outage."""
    seconds: float


def outage(crawls: Crawls, away: AbstractContextManager[None], seconds: float, after: int) -> Outcome:
    """Crawl; the database is away for so many seconds once so many requests were answered."""
    began = time.monotonic()
    with crawls.started() as crawl:
        while crawls.site.answered < after and crawl.poll() is None:
            time.sleep(0.05)
        with away:
            asked = crawls.site.answered
            time.sleep(seconds)
            asked = crawls.site.answered - asked
            kept = sum(path.stat().st_size for path in crawls.spilled)
        return Outcome(crawl.wait(), asked, kept, time.monotonic() - began)
