"""A crawl as a process of its own over a folder of its own, and what it has left in the database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.drills.newsroom import Newsroom
from crawler.storage.connect import connect
from crawler.storage.embedded import embedded_server
from tests.consistency import problems

_REPOSITORY = Path(__file__).resolve().parents[2]
_DATABASE = "drill"

Document = dict[str, Any]


@dataclass(frozen=True)
class Crawls:
    """Crawls of one site into one database: the embedded one of ``folder``, or that of ``uri``."""

    site: Newsroom
    folder: Path
    uri: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    """Besides those of the project."""

    @property
    def database_folder(self) -> Path:
        """Where the embedded server keeps its files."""
        return self.folder / "mongo"

    @property
    def spilled(self) -> list[Path]:
        """What is kept for the next run."""
        return sorted((self.folder / "spill").glob("*.bson"))

    def run(self, **arguments: str) -> int:
        """Crawl to the end; the exit status."""
        with self.started(**arguments) as process:
            return process.wait()

    @contextmanager
    def started(self, **arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A crawl that goes on meanwhile; it is killed if it is still there at the end."""
        told = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        settings = {"SPILL_FOLDER": str(self.folder / "spill")} | self.settings
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        stored = {"MONGODB_URI": self.uri or "", "MONGODB_EMBEDDED_FOLDER": str(self.database_folder)}
        with (self.folder / "crawl.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [
                    sys.executable,
                    "-m",
                    "scrapy",
                    "crawl",
                    "wordpress",
                    "-a",
                    f"site={self.site.origin}",
                    *told,
                    *options,
                ],
                cwd=_REPOSITORY,
                env=os.environ | stored | {"MONGODB_DATABASE": _DATABASE},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()

    def log(self) -> str:
        """What the crawls have said."""
        return (self.folder / "crawl.log").read_text(errors="replace")

    def wrong(self) -> list[str]:
        """What is wrong with what is stored: nothing lost, nothing twice, everything as the site says it now."""
        with self._served() as uri, connect(uri) as client:
            articles, revisions, events = (
                list(client[_DATABASE][name].find()) for name in ("articles", "revisions", "events")
            )
        return [*problems(articles, revisions, events), *_differences(self.site, articles)]

    def counted(self) -> dict[str, int]:
        """How many documents there are."""
        with self._served() as uri, connect(uri) as client:
            names = ("articles", "revisions", "events", "runs")
            return {name: client[_DATABASE][name].count_documents({}) for name in names}

    @contextmanager
    def _served(self) -> Iterator[str]:
        if self.uri:
            yield self.uri
            return
        with embedded_server(self.database_folder) as uri:
            yield uri


def _differences(site: Newsroom, articles: list[Document]) -> list[str]:
    texts = {article.get("wp_id"): article.get("text") for article in articles}
    missing = [n for n in range(1, site.posts + 1) if n not in texts]
    other = [n for n in range(1, site.posts + 1) if n in texts and texts[n] != site.text(n)]
    wrong = [f"{len(articles)} articles of {site.posts} posts"] if len(articles) != site.posts else []
    wrong += [f"{len(missing)} posts are not stored: {missing[:10]}"] if missing else []
    return wrong + ([f"{len(other)} posts are not as they are on the site: {other[:10]}"] if other else [])
