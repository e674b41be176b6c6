"""SIGKILL at random moments, of the crawler and of its embedded database in turn."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.drills.crawling import Crawls
from tests.waiting import embedded_process

EDITED = 20
"""Posts that are edited after each crawl, killed or not, so that there are revisions."""


@dataclass
class Killing:
    """So many kills. ``longest``: seconds between one and the next, at most."""

    crawls: Crawls
    kills: int
    seed: int
    longest: float
    killed: dict[str, int] = field(default_factory=dict)
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)  # noqa: S311 - the moments are to be the same in every run

    def run(self) -> Iterator[str]:
        """What happened, line by line. Raises RuntimeError if the last crawl, which nobody kills, fails."""
        while sum(self.killed.values()) < self.kills:
            with self.crawls.started() as crawl:
                yield from self._harass(crawl)
            self.crawls.site.edit(self._chance.sample(range(1, self.crawls.site.posts + 1), EDITED))
        if status := self.crawls.run():
            raise RuntimeError(f"exit status {status}: {self.crawls.log()[-3000:]}")

    def _harass(self, crawl: subprocess.Popen[bytes]) -> Iterator[str]:
        """Kill the database from time to time, then the crawl."""
        answered = self.crawls.site.answered
        while self.crawls.site.answered == answered and crawl.poll() is None:
            time.sleep(0.05)
        while sum(self.killed.values()) < self.kills:
            who = self._next()
            if not self._waited(crawl, self._chance.uniform(0, self.longest)):
                return
            if not self._kill(crawl, who):
                continue
            self.killed[who] = self.killed.get(who, 0) + 1
            yield f"kill {sum(self.killed.values())}: {who}, when {self.crawls.site.answered} requests were answered"
            if who == "crawler":
                crawl.wait()
                return

    def _next(self) -> str:
        """In turn; every tenth is the keeper of the database, which takes the database along."""
        number = sum(self.killed.values())
        return "crawler" if number % 2 else "keeper" if number % 10 == 8 else "database"

    def _waited(self, crawl: subprocess.Popen[bytes], seconds: float) -> bool:
        """Whether the crawl goes on after so long."""
        try:
            crawl.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def _kill(self, crawl: subprocess.Popen[bytes], who: str) -> bool:
        if who == "crawler":
            crawl.kill()
            return True
        try:
            role = embedded_process(self.crawls.database_folder, "keeper" if who == "keeper" else "pid")
            os.kill(role, signal.SIGKILL)
        except (OSError, ValueError):  # it has just been killed, or is starting
            return False
        return True
