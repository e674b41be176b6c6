"""What a crawl and its browser take, sampled from outside while they run: Linux only."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.spiders.running import REPOSITORY, Scrapy

_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY = 0.2
"""Seconds between two looks: what a process does after the last one is not counted."""


@dataclass
class Cost:
    """Of one crawl: seconds of CPU and megabytes, of the crawl's own process and of all that it started."""

    status: int = 0
    wall: float = 0.0
    cpu: dict[str, float] = field(default_factory=lambda: {"crawl": 0.0, "browser": 0.0})
    memory: dict[str, float] = field(default_factory=lambda: {"crawl": 0.0, "browser": 0.0})
    """The most at once, shared memory shared out (PSS)."""


def measured(scrapy: Scrapy, *options: str) -> Cost:
    """Run ``scrapy crawl wordpress`` to its end."""
    began, seen = time.monotonic(), dict[int, float]()
    cost = Cost()
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "--quiet", *options]
    with subprocess.Popen(command, cwd=REPOSITORY, env=scrapy.environment) as process:  # noqa: S603 - our own
        while process.poll() is None:
            _look(process.pid, seen, cost)
            time.sleep(_EVERY)
    cost.status, cost.wall = process.returncode, time.monotonic() - began
    cost.cpu["crawl"] = seen.pop(process.pid, 0.0)
    cost.cpu["browser"] = sum(seen.values())
    return cost


def _look(crawl: int, seen: dict[int, float], cost: Cost) -> None:
    known = {pid: one for pid in _pids() if (one := _stat(pid))}
    family = [crawl]
    for pid in family:  # grows while it is walked
        family += [child for child, (parent, _) in known.items() if parent == pid]
    seen.update({pid: known[pid][1] for pid in family if pid in known})
    sizes = {pid: _size(pid) for pid in family}
    own, rest = sizes.pop(crawl), sum(sizes.values())
    cost.memory = {"crawl": max(cost.memory["crawl"], own), "browser": max(cost.memory["browser"], rest)}


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _stat(pid: int) -> tuple[int, float] | None:
    """Its parent, and seconds of CPU; None for one that has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(told[1]), (int(told[11]) + int(told[12])) / _TICKS


def _size(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)
