"""The embedded MongoDB: a SecantusDB server over a data folder, shared by all who use that folder at the same time.

No driver is spoken here, only processes and files; see ``keeper`` for who stops it.
"""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60.0
"""Longer than a start takes (1.5 s), for slow disks and the recovery after a kill."""


MAX_STARTS = 10
"""More than one, because a server whose keeper was killed holds its files until it has stopped."""

PAUSE_SECONDS = 0.5
"""After the first start; longer after each further one, up to ``MAX_PAUSE_SECONDS``: about 20 seconds for all."""

MAX_PAUSE_SECONDS = 3.0


LITTLE_BYTES = 300_000_000
"""WiredTiger writes its log in files of 100 MB, made before they are needed."""


class EmbeddedServerFailed(RuntimeError):
    """The embedded server did not start; the message says where its log is."""


@contextmanager
def embedded_server(folder: Path) -> Iterator[str]:
    """Use the server over ``folder``, starting it if nobody has; yields its ``mongodb://`` URI."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    users = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield f"mongodb://127.0.0.1:{_join(folder, users)}/?directConnection=true"
    finally:
        os.close(users)


def room(folder: Path) -> str:
    """In words: the room on the disk of the server, which stops when there is none."""
    left = shutil.disk_usage(folder).free
    advice = ": make room there, and run it again" if left < LITTLE_BYTES else ""
    return f"its disk has {left // 1_000_000:,} MB left{advice}"


def revive(folder: Path) -> None:
    """Start the server anew if it ended with its keeper, for users who have it open: on the port that it had.

    Where the keeper lives, it is the keeper that starts it.
    """
    if not _keeper_runs(folder):
        with contextlib.suppress(OSError, subprocess.SubprocessError):  # the next look tries again
            _start_keeper(folder)


def _join(folder: Path, users: int) -> int:
    """Become a user of the server and return its port."""
    deadline, starts, next_start = time.monotonic() + START_SECONDS, 0, 0.0
    while time.monotonic() < deadline and starts < MAX_STARTS:
        # Waits while a keeper that found nobody is stopping its server: it holds the lock exclusively until it ends.
        if _try_lock(users) and (port := _running_port(folder)):
            return port
        if not _keeper_runs(folder) and time.monotonic() >= next_start:
            starts += 1
            _start_keeper(folder)
            next_start = time.monotonic() + min(PAUSE_SECONDS * starts, MAX_PAUSE_SECONDS)
        time.sleep(0.1)
    raise EmbeddedServerFailed(
        f"the embedded database does not start; its log is {folder / 'server.log'}; {room(folder)}. "
        "Set MONGODB_URI to use a MongoDB of your own."
    )


def _try_lock(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _running_port(folder: Path) -> int | None:
    try:
        port = int(json.loads((folder / "server.json").read_text())["port"])
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return port if _keeper_runs(folder) else None
    except (OSError, ValueError, KeyError):
        return None


def _keeper_runs(folder: Path) -> bool:
    lock = os.open(folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _start_keeper(folder: Path) -> None:
    subprocess.run(  # noqa: S603 - our own command, which goes on in the background
        [sys.executable, "-m", "crawler.storage.keeper", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[2],
        start_new_session=True,
        timeout=START_SECONDS,
        check=True,
    )
    deadline = time.monotonic() + 5
    while not _keeper_runs(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
