"""The processes of a drill: a broker, a database, and workers that are stopped, frozen and killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.drills.outages import DatabaseServer, database
from benchmarks.work.sites import Sites
from crawler.settings import DOWNLOADER_MIDDLEWARES
from crawler.storage.connect import connect
from crawler.storage.site_list import SiteList
from crawler.work.job import Job
from crawler.work.options import WorkOptions
from crawler.work.queue import Queue
from tests.broker import Broker

_REPOSITORY = Path(__file__).resolve().parents[2]
DATABASE = "work"


@dataclass
class Fleet:
    """Workers over one broker and one database."""

    sites: Sites
    folder: Path
    broker: Broker
    store: DatabaseServer
    settings: dict[str, str]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def alive(self) -> list[str]:
        """The workers that have not ended."""
        return [name for name, process in self.workers.items() if process.poll() is None]

    def supervise(self, count: int = 2) -> None:
        """So many workers, whatever ends them: one that is started while the database is away says so, and ends."""
        for _ in range(count - len(self.alive)):
            self.start(f"worker-{len(self.workers) + 1}")

    def kill(self, name: str) -> None:
        """SIGKILL to a worker."""
        self.workers[name].kill()
        self.workers[name].wait()

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
