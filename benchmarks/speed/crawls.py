"""The crawls that are measured, each a process of its own."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.newspaper import Newspaper

_REPOSITORY = Path(__file__).resolve().parents[2]
DATABASES = ("speed_none", "speed_html", "speed_rest")
"""What the crawls are stored in: dropped by who runs them."""

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""With it each start would compile the project anew, and nothing of Scrapy's, which was installed with its bytecode."""

Measure = Callable[[Sequence[str], Path, Mapping[str, str]], float]
"""What a process costs in all: of a command, in a folder, with variables besides those of the environment."""

_METER = "benchmarks.speed.meter"
_WELL = {0, 6}
"""Exit statuses: done, and done without an article, as the floors are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one crawl took. Its process alone: neither the server nor the database."""

    what: str
    posts: int
    """Of the site."""
    seconds: float
    """CPU, from the start of the engine to its end."""
    total: float
    """Of the whole process, as it was measured: CPU seconds, or millions of instructions."""
    responses: int
    articles: int
    """That were added."""
    commands: dict[str, int] = field(default_factory=dict)
    """Sent to the database, by name."""
    peak: int
    """Bytes."""
    resident: list[int]
    """Bytes, in the course of the crawl."""

    @property
    def milliseconds(self) -> float:
        """CPU for each post of the site."""
        return self.seconds * 1000 / self.posts

    @property
    def starting(self) -> float:
        """CPU seconds before and after the engine ran."""
        return self.total - self.seconds

    @property
    def growth(self) -> float:
        """Memory at the end beside that after a quarter of the crawl; 1.0 where it is flat or too short to tell."""
        return self.resident[-1] / self.resident[len(self.resident) // 4] if len(self.resident) > 1 else 1.0


@dataclass(frozen=True, slots=True)
class Crawls:
    """Of one newspaper, into the database at ``uri``; ``folder`` is for what they write."""

    paper: Newspaper
    folder: Path
    uri: str
    measure: Measure
    settings: Mapping[str, str] = field(default_factory=dict)
    """Besides those of the project."""

    def floor(self, posts: int | None = None) -> Cost:
        """(a) Scrapy alone: every page fetched, or the first of them, nothing done with it."""
        return self._bare("floor", "(a) fetched", posts)

    def read(self, posts: int | None = None) -> Cost:
        """(b) The same, and every page read."""
        return self._bare("reader", "(b) fetched and read", posts)

    def html(self) -> Cost:
        """(c) The whole crawl by sitemaps and pages."""
        return self._whole("(c) crawl by HTML", "sitemap", "html")

    def rest(self) -> Cost:
        """(d) The whole crawl by the REST API."""
        return self._whole("(d) crawl by REST", "rest", "rest")

    def again(self) -> Cost:
        """(e) Once more after ``rest``: nothing is new."""
        return self._whole("(e) nothing new", "rest", "rest")

    def scrapys_start(self) -> float:
        """CPU seconds in which Scrapy itself starts, crawls nothing and stops."""
        return self.measure(
            [sys.executable, "-m", "scrapy", "runspider", str(Path(__file__).with_name("idle.py"))], self.folder, {}
        )

    def _bare(self, spider: str, what: str, posts: int | None) -> Cost:
        paper = self.paper
        told = ["-a", f"origin={paper.origin}", "-a", f"posts={posts or paper.posts}"]
        settings = {"SPIDER_MODULES": "benchmarks.speed.spiders", "NAMED_HOSTS": paper.host}
        return self._cost(what, [spider, *told], settings, ("Bare", "Metered"), "none")

    def _whole(self, what: str, route: str, database: str) -> Cost:
        told = ["wordpress", "-a", f"site={self.paper.origin}", "-a", f"routes={route}"]
        return self._cost(what, told, {"SPILL_FOLDER": str(self.folder / "spill")}, ("Metered",), database)

    def _cost(
        self, what: str, told: Sequence[str], settings: dict[str, str], addons: Sequence[str], database: str
    ) -> Cost:
        file = self.folder / "cost.json"
        file.unlink(missing_ok=True)
        ordered = json.dumps({f"{_METER}.{name}": place for place, name in enumerate(addons)})
        settings = settings | {"ADDONS": ordered, "SPEED_FILE": str(file), **self.settings}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        stored = {"MONGODB_URI": self.uri, "MONGODB_DATABASE": f"speed_{database}"}
        total = self.measure([sys.executable, "-m", "scrapy", "crawl", *told, *options], _REPOSITORY, stored)
        measured: dict[str, Any] = json.loads(file.read_text())
        return Cost(what=what, posts=self.paper.posts, total=total, **measured)


def cpu_seconds(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """CPU seconds of a process. Raises RuntimeError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command, folder, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    """What a process says besides its output. Raises RuntimeError if it fails."""
    inherited = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, env={**inherited, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode not in _WELL or "Traceback" in done.stderr:
        raise RuntimeError(f"{command[2:]} ended with {done.returncode}: {done.stderr[-3000:]}")
    return done.stderr
