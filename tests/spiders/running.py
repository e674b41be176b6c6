"""``scrapy crawl`` as a user types it: a process of its own, its exit status and what it printed."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo.database import Database

from crawler.storage.connect import connect

REPOSITORY = Path(__file__).resolve().parents[2]
SECONDS = 240.0

Document = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How a crawl ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Scrapy:
    """Runs ``scrapy`` against one database."""

    uri: str
    database_name: str

    @property
    def environment(self) -> dict[str, str]:
        """What ``scrapy`` finds around it."""
        told = {"MONGODB_URI": self.uri, "MONGODB_DATABASE": self.database_name, "PYTHONWARNINGS": "default"}
        return dict(os.environ) | told

    def run(self, *command: str, stdin: str = "", **environment: str) -> Outcome:
        """``scrapy COMMAND…`` to its end, with ``stdin`` on its standard input."""
        process = subprocess.run(
            [sys.executable, "-m", "scrapy", *command],
            cwd=REPOSITORY,
            env=self.environment | environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return Outcome(process.returncode, process.stdout, process.stderr)

    def crawl(self, spider: str, *options: str, **arguments: str) -> Outcome:
        """``scrapy crawl SPIDER -a NAME=VALUE…``."""
        pairs = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        return self.run("crawl", spider, *pairs, *options)

    def find(self, collection: str = "articles", query: Document | None = None) -> list[Document]:
        """Documents, oldest ``_id`` first."""
        with connect(self.uri) as client:
            database: Database[Document] = client[self.database_name]
            return list(database[collection].find(query or {}).sort("_id", 1))

    def insert(self, collection: str, document: Document) -> None:
        """Put a document there."""
        with connect(self.uri) as client:
            client[self.database_name][collection].insert_one(document)

    def last_run(self) -> Document:
        """The record of the latest crawl."""
        return self.find("runs")[-1]
