"""What a worker counts of its jobs and adds up of its crawls, and how it tells that."""

import resource
import sys
from collections import Counter
from collections.abc import Mapping
from time import monotonic
from typing import Any

from crawler.stats import PREFIX

_OF_SCRAPY = frozenset({"downloader/request_count", "downloader/response_bytes", "downloader/request_bytes"})

_BEGAN = monotonic()


class WorkCounts:
    """``counted``: what became of jobs (``work/…``), and the stats of the crawls that have ended, by their names."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def count(self, what: str) -> None:
        """A job was ``taken``, is ``done`` …"""
        self.counted[f"work/{what}"] += 1

    def add(self, stats: Mapping[str, Any]) -> None:
        """The stats of a crawl: only what can be added up."""
        for name, value in stats.items():
            if isinstance(value, int) and (name.startswith(f"{PREFIX}/") or name in _OF_SCRAPY):
                self.counted[name] += value

    def told(self) -> str:
        """For the log, with the memory and the CPU time of the process."""
        jobs = {name.removeprefix("work/"): count for name, count in self.counted.items() if name.startswith("work/")}
        added = self.counted[f"{PREFIX}/articles/added"]
        listed = ", ".join(f"{name} {count:,}" for name, count in sorted(jobs.items()))
        cpu = resource.getrusage(resource.RUSAGE_SELF)
        return (
            f"{listed or 'nothing taken yet'}; {added:,} new articles; {most_mb()} MB,"
            f" {cpu.ru_utime + cpu.ru_stime:.0f} s of CPU in {monotonic() - _BEGAN:.0f} s"
        )


def most_mb() -> int:
    """The most memory that this process has had, as Scrapy's MemoryUsage has it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)
