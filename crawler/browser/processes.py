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
    command: list[str]
    resident: int


def family(mark: str) -> list[Process]:
    """The process with a switch on its command line, and all that it started; nothing where there is no /proc."""
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    found = [pid for pid in parents if mark in _command(pid)]
    for pid in found:  # grows while it is walked
        found += [child for child, parent in parents.items() if parent == pid and child not in found]
    return [process for pid in found if (process := _process(pid, parents[pid]))]


def kill(process: Process) -> None:
    """At once; nothing where it has ended meanwhile."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process.pid, signal.SIGKILL)


def largest(processes: list[Process]) -> Process | None:
    """Of those that show pages the one with the most memory; else of all."""
    shown = [one for one in processes if "--type=renderer" in one.command]
    return max(shown or processes, key=lambda one: one.resident, default=None)


def _pids() -> list[int]:
    try:
        return [int(path.name) for path in _PROC.iterdir() if path.name.isdecimal()]
    except OSError:
        return []


def _parent(pid: int) -> int | None:
    """None for one that has ended meanwhile."""
    try:
        return int((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _command(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return []


def _process(pid: int, parent: int) -> Process | None:
    """None for one that has ended meanwhile."""
    try:
        sizes = (_PROC / str(pid) / "statm").read_text().split()
        return Process(pid, parent, _command(pid), (int(sizes[1]) - int(sizes[2])) * _PAGE)
    except (OSError, ValueError, IndexError):
        return None
