"""``scrapy crawl`` as a user types it: a process of its own, its exit status and what it said."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bson import json_util
from pymongo import MongoClient

_REPOSITORY = Path(__file__).resolve().parents[2]
_KILLED_SECONDS = 60.0

Document = dict[str, Any]


@dataclass(frozen=True)
class Crawler:
    """Runs crawls into one database of a MongoDB."""

    uri: str
    database: str
    folder: Path
    seconds: float = 180.0
    """What a crawl may take."""

    def run(self, spider: str, **arguments: str) -> int:
        """Crawl to the end; the exit status."""
        with self._started(spider, arguments) as process:
            return process.wait(self.seconds)

    def run_until(self, enough: Callable[[], bool], spider: str, **arguments: str) -> bool:
        """Crawl, and SIGKILL the crawl when ``enough`` says so; whether it came to that before the end."""
        deadline = time.monotonic() + self.seconds
        with self._started(spider, arguments) as process:
            while process.poll() is None and time.monotonic() < deadline:
                if enough():
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait(_KILLED_SECONDS)
                    return True
                time.sleep(0.01)
        return False

    def log(self) -> str:
        """What the crawls said so far."""
        return (self.folder / "crawl.log").read_text(errors="replace")

    def documents(self, collection: str = "articles") -> list[Document]:
        """All of a collection, in the order of their ids."""
        with self._client() as client:
            return list(client[self.database][collection].find().sort("_id", 1))

    def everything(self) -> str:
        """The whole database as Extended JSON."""
        with self._client() as client:
            database = client[self.database]
            everything = {name: list(database[name].find()) for name in database.list_collection_names()}
            return json_util.dumps(everything, ensure_ascii=False)

    def drop(self) -> None:
        """Remove the database."""
        with self._client() as client:
            client.drop_database(self.database)

    @contextmanager
    def _started(self, spider: str, arguments: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        pairs = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        with (self.folder / "crawl.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "scrapy", "crawl", spider, *pairs],
                cwd=_REPOSITORY,
                env={**os.environ, "MONGODB_URI": self.uri, "MONGODB_DATABASE": self.database},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(_KILLED_SECONDS)

    def _client(self) -> MongoClient[Document]:
        return MongoClient(self.uri, tz_aware=True, timeoutMS=30_000)
