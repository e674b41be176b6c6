"""The crawls by the instructions that they execute, which no load of the machine changes: counted by cachegrind.

Valgrind makes a process some thirty times slower, and nothing else: so an article waits longer for its batch to be
filled, lest there are more commands to the database than at full speed.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import which

from benchmarks.speed.crawls import Cost, Crawls, run

SETTINGS = {"STORE_BATCH_SECONDS": "6"}
"""See above."""

_FEW = 10
"""Posts of a crawl whose instructions are those of its start."""

_CACHEGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def is_possible() -> bool:
    """Whether Debian's ``valgrind`` is installed."""
    return which("valgrind") is not None


def millions(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Of instructions of a process. Raises RuntimeError if it fails."""
    return counted(run([*_CACHEGRIND, *command], folder, {**environment, "PYTHONHASHSEED": "0"}))


def counted(told: str) -> float:
    """Millions of instructions, by what cachegrind says. Raises ValueError if it says none."""
    if (found := _COUNTED.search(told)) is None:
        raise ValueError(f"cachegrind has counted nothing: {told[-300:]}")
    return int(found[1].replace(",", "")) / 1e6


def measured(crawls: Crawls) -> dict[str, float]:
    """One crawl after the other; the first one is not counted: it writes the bytecode."""
    crawls.read(_FEW)
    floor = crawls.floor(), crawls.floor(_FEW)
    read = crawls.read(), crawls.read(_FEW)
    return figures(floor, read, crawls.html(), crawls.rest(), crawls.again())


def figures(floor: tuple[Cost, Cost], read: tuple[Cost, Cost], html: Cost, rest: Cost, again: Cost) -> dict[str, float]:
    """Millions a post, without the start, and ratios. ``floor`` and ``read``: of all posts, and of few."""
    of_floor, of_reading = ((all_.total - few.total) / (all_.responses - few.responses) for all_, few in (floor, read))
    of_html, of_rest = ((whole.total - again.total) / whole.posts for whole in (html, rest))
    return {
        "floor_millions": of_floor,
        "read_millions": of_reading,
        "html_millions": of_html,
        "rest_millions": of_rest,
        "counted_html_to_floor": of_html / of_floor,
        "counted_rest_to_floor": of_rest / of_floor,
    }
