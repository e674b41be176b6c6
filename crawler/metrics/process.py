"""What one process tells of all its crawls: the file and the endpoint are its own, and each crawl feeds them."""

import asyncio
import math
import platform
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import scrapy

from crawler.exit_status import ExitStatus
from crawler.metrics import catalogue, figures, of_runs
from crawler.metrics.catalogue import Samples
from crawler.metrics.endpoint import Endpoint
from crawler.metrics.figures import Figures
from crawler.metrics.file import MetricsFile
from crawler.metrics.of_stats import counted
from crawler.metrics.options import MetricsOptions
from crawler.metrics.sums import total
from crawler.polite.agent import PRODUCT

_MOST_PERIODS = 4
"""After which figures that nobody has renewed are not told any more."""

_PATIENCE = 20
"""A look at a database that is slow to tell is taken the less often: it is to cost a tenth of the time at most."""

_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ``ru_maxrss`` (getrusage(2))."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A crawl under way."""

    stats: Callable[[], Mapping[str, Any]]
    started_at: datetime


class ProcessMetrics:
    """Of one process: see ``of_process``. It listens and writes while somebody is in its ``async with``."""

    def __init__(self, options: MetricsOptions, spill_folder: Path) -> None:
        self.options = options
        self.own: Callable[[], Mapping[str, Any]] = dict
        """What the process counts beside its crawls, as stats."""
        self._spill_folder = spill_folder
        self._feeds: list[Feed] = []
        self._began_at: datetime | None = None
        self._ended: Samples = {}
        self._figures: Figures | None = None
        self._looked_at: float | None = None
        self._period = options.seconds
        self._people = 0
        self._endpoint = Endpoint(self.samples)
        self._file = MetricsFile(options.file) if options.file else None

    async def __aenter__(self) -> Self:
        """The first one makes it listen. Raises twisted.internet.error.CannotListenError."""
        if not self._people and self.options.port is not None:
            self._endpoint.listen(self.options.host, self.options.port)
        self._people += 1
        return self

    async def __aexit__(self, *_: object) -> None:
        """With the last one it ends, and the file has everything."""
        self._people -= 1
        if not self._people:
            await self.write()
            _OF_PROCESS.pop(_place(self.options), None)
            await self._endpoint.close()

    @property
    def is_shared(self) -> bool:
        """Whether somebody else looks and writes: a worker does it for all of its crawls."""
        return self._people > 1

    def begin(self, feed: Feed) -> None:
        """A crawl begins."""
        self._began_at = feed.started_at
        self._feeds.append(feed)

    def end(self, feed: Feed, status: ExitStatus) -> None:
        """It has counted all that it counts."""
        self._feeds.remove(feed)
        end = of_runs.ended(self.options.task, status, feed.started_at, datetime.now(UTC))
        self._ended = total([self._ended, counted(feed.stats(), self.options.task), end])

    def _is_to_look(self) -> bool:
        if self._age() < self._period / 2:
            return False
        self._looked_at = time.monotonic()
        return True

    def looked(self, found: Figures | None) -> None:
        """What the database says; None: nothing."""
        self._looked_at = time.monotonic()
        self._figures = found

    async def tell(self, look: Callable[[], Awaitable[Figures | None]]) -> None:
        """Until it is cancelled: look at the database again, unless another crawl just did, and write."""
        while True:
            if self._is_to_look():
                began = time.monotonic()
                self.looked(await look())
                self._period = max(self.options.seconds, _PATIENCE * (time.monotonic() - began))
            await self.write()
            await asyncio.sleep(self.options.seconds)

    async def write(self) -> None:
        """Into the file, if there is to be one."""
        if self._file is not None:
            await self._file.write(self.samples())

    def samples(self) -> Samples:
        """Everything, as it is now."""
        task = self.options.task
        crawls = [counted(feed.stats(), task) for feed in self._feeds]
        runs = of_runs.begun(task, self._began_at, len(self._feeds))
        return total([runs, *crawls, counted(self.own(), task), self._ended, self._of_process(), self._of_database()])

    def _of_process(self) -> Samples:
        task, versions = self.options.task, (PRODUCT.partition("/")[2], scrapy.__version__, platform.python_version())
        spilled = list(_sizes(self._spill_folder))
        return {
            catalogue.CPU.of(task): time.process_time(),
            catalogue.MEMORY.of(task): resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MEMORY_UNIT,
            catalogue.BUILD.of(task, *versions): 1,
            catalogue.SPILL_BYTES.of(task): sum(spilled),
            catalogue.SPILL_FILES.of(task): len(spilled),
        }

    def _of_database(self) -> Samples:
        is_known = self._age() < _MOST_PERIODS * self._period
        return figures.samples(self._figures, self.options.task) if is_known else {}

    def _age(self) -> float:
        return math.inf if self._looked_at is None else time.monotonic() - self._looked_at


def _sizes(spill_folder: Path) -> Iterator[int]:
    for path in spill_folder.glob("*.bson"):
        with suppress(FileNotFoundError):  # a run has stored it meanwhile
            yield path.stat().st_size


_Place = tuple[Path | None, str, int | None]
_OF_PROCESS: dict[_Place, ProcessMetrics] = {}


def _place(options: MetricsOptions) -> _Place:
    return options.file, options.host, options.port


def of_process(options: MetricsOptions, spill_folder: Path) -> ProcessMetrics:
    """The one of this process: its crawls share it, as they share a file and a port. Of tasks the first one's holds."""
    return _OF_PROCESS.setdefault(_place(options), ProcessMetrics(options, spill_folder))
