"""The Chromium of the machine, which some tests need. CI has PRESSWALK_REQUIRE_CHROMIUM=1: there none is skipped."""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.browser.options import found_executable

CHROMIUM = found_executable()

needs_chromium = pytest.mark.skipif(
    not CHROMIUM and os.environ.get("PRESSWALK_REQUIRE_CHROMIUM") != "1",
    reason="no chromium: apt-get install chromium",
)


def processes_of(database: str) -> dict[int, str]:
    """Chromium's and Playwright's processes of the crawls into a database: their command lines by their ids.

    Chromium writes over the environment of some of its own; these are found below the others.
    """
    known = {
        pid: told
        for pid in map(int, (path.name for path in Path("/proc").iterdir() if path.name.isdecimal()))
        if (told := _told(pid))
    }
    found = [pid for pid, told in known.items() if f"MONGODB_DATABASE={database}" in told.environment]
    found = [pid for pid in found if re.search("chrom|playwright", known[pid].command)]
    for pid in found:  # grows while it is walked
        found += [child for child, told in known.items() if told.parent == pid and child not in found]
    return {pid: known[pid].command for pid in found}


class _Told(NamedTuple):
    parent: int
    command: str
    environment: list[str]


def _told(pid: int) -> _Told | None:
    """None for one that has ended."""
    folder = Path("/proc") / str(pid)
    try:
        command = (folder / "cmdline").read_bytes().decode("utf-8", "replace").replace("\0", " ")
        environment = (folder / "environ").read_bytes().decode("utf-8", "replace").split("\0")
        parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None
    return _Told(parent, command, environment) if command else None
