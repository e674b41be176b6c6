"""The processes of a browser, as Linux tells of them: how much memory they have, and that none is left."""

import contextlib
import os
import signal
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Process(NamedTuple):
    """One of them; ``resident`` is bytes of its own, without what it shares."""

    pid: int
    parent: int
    command: str
    resident: int


def family(mark: str) -> list[Process]:
    """The process with a switch on its command line, and all that it started; nothing where there is no /proc."""
    known = {process.pid: process for process in map(_process, _pids()) if process}
    found = [process for process in known.values() if mark in process.command.split("\0")]
    for process in found:  # grows while it is walked
        found += [one for one in known.values() if one.parent == process.pid and one not in found]
    return found


def kill(process: Process) -> None:
    """At once; nothing where it has ended meanwhile."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process.pid, signal.SIGKILL)


def largest(processes: list[Process]) -> Process | None:
    """Of those that show pages the one with the most memory; else of all."""
    shown = [one for one in processes if "--type=renderer" in one.command.split("\0")]
    return max(shown or processes, key=lambda one: one.resident, default=None)


def _pids() -> list[int]:
    try:
        return [int(path.name) for path in _PROC.iterdir() if path.name.isdecimal()]
    except OSError:
        return []


def _process(pid: int) -> Process | None:
    """None for one that has ended meanwhile, or is somebody else's."""
    try:
        folder = _PROC / str(pid)
        command = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
        if not command:
            return None
        parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        sizes = (folder / "statm").read_text().split()
        return Process(pid, parent, command, (int(sizes[1]) - int(sizes[2])) * _PAGE)
    except (OSError, ValueError, IndexError):
        return None
