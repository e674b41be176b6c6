"""The processes of a drill: a broker, a database, and workers that are stopped, frozen and killed."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.drills.outages import Server, database
from benchmarks.work.sites import Sites
from crawler.settings import DOWNLOADER_MIDDLEWARES
from crawler.storage.connect import connect
from crawler.storage.keeper import free_port
from crawler.storage.site_list import SiteList
from crawler.work.job import Job
from crawler.work.options import WorkOptions
from crawler.work.queue import Queue

_REPOSITORY = Path(__file__).resolve().parents[2]
DATABASE = "work"


@dataclass
class Broker:
    """A nats-server with JetStream over a folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        program = shutil.which("nats-server") or "/usr/sbin/nats-server"
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "nats.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - Debian's, on loopback
                [program, "-js", "-a", "127.0.0.1", "-p", str(self.port), "-sd", str(self.folder / "store")],
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

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; wait for its end, if that is one."""
        if self.process is not None:
            self.process.send_signal(number)
            if number in (signal.SIGKILL, signal.SIGTERM):
                self.process.wait()


@dataclass
class Fleet:
    """Workers over one broker and one database."""

    sites: Sites
    folder: Path
    broker: Broker
    store: Server
    settings: dict[str, str]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """A worker, under a name."""
        middlewares = json.dumps({**DOWNLOADER_MIDDLEWARES, "benchmarks.work.mark.Mark": 570})
        settings = {
            "SPILL_FOLDER": str(self.folder / f"spill-{name}"), "DOWNLOADER_MIDDLEWARES": middlewares,
            "USER_AGENT": f"drill-{name}", **self.settings,
        }  # fmt: skip
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        environment = {"MONGODB_URI": self.store.uri, "MONGODB_DATABASE": DATABASE, "NATS_URL": self.broker.url}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.workers[name] = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "scrapy", "work", *options],
                cwd=_REPOSITORY, env=os.environ | environment | {"DRILL_WORKER": name},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        return self.workers[name]

    def end(self) -> None:
        """SIGTERM to all, SIGKILL to those that stay."""
        for process in self.workers.values():
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.send_signal(signal.SIGTERM)
        for process in self.workers.values():
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def add_sites(self) -> None:
        """Put them all on the list, due in their order."""
        now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        with connect(self.store.uri) as client:
            for number, url in enumerate(self.sites.urls):
                SiteList(client[DATABASE]).add([url], now + timedelta(seconds=number))

    def enqueue_due(self) -> int:
        """As ``scrapy enqueue --due`` does; how many were queued."""
        with connect(self.store.uri) as client:
            jobs = [Job(*due) for due in SiteList(client[DATABASE]).due(datetime.now(UTC))]
        return sum(asyncio.run(_put(self.broker.url, jobs, float(self.settings["LEASE_SECONDS"])))) if jobs else 0


async def _put(url: str, jobs: list[Job], lease: float) -> list[bool]:
    options = WorkOptions(
        urls=(url,), stream="PRESSWALK", sites=1, lease=timedelta(seconds=lease), slice_seconds=0, slice_requests=0,
        stop_seconds=1, name="drill",
    )  # fmt: skip
    queue = await Queue.connect(options)
    try:
        return await queue.put(jobs)
    finally:
        await queue.close()


@contextmanager
def fleet(sites: Sites, folder: Path, settings: dict[str, str]) -> Iterator[Fleet]:
    """A broker and a database; the workers are ended at the end."""
    broker = Broker(folder / "nats")
    with database(folder / "mongo") as store:
        broker.start()
        these = Fleet(sites, folder, broker, store, settings)
        try:
            yield these
        finally:
            these.end()
            broker.send(signal.SIGKILL)
