"""The Chromium of the machine, which some tests need. CI has PRESSWALK_REQUIRE_CHROMIUM=1: there none is skipped."""

import os
from pathlib import Path

import pytest

from crawler.browser.options import found_executable

CHROMIUM = found_executable()

needs_chromium = pytest.mark.skipif(
    not CHROMIUM and os.environ.get("PRESSWALK_REQUIRE_CHROMIUM") != "1",
    reason="no chromium: apt-get install chromium",
)


def running_with(variable: str) -> list[str]:
    """The command lines of Chromium's processes whose environment has ``NAME=VALUE``."""
    return list(processes_with(variable).values())


def processes_with(variable: str) -> dict[int, str]:
    """The same by their ids, Playwright's driver among them."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (
                    (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                )
        except OSError:  # it has ended meanwhile
            continue
    return {pid: command for pid, command in found.items() if "chrom" in command or "playwright" in command}
