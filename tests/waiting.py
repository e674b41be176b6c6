"""Other processes: which they are, and waiting for what they do."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

SECONDS = 15.0
"""Longer than the embedded server takes to stop (0.3 s to notice, 1 s to close its files) on a busy machine."""


def soon(condition: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Whether it is so within seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def listens(uri: str) -> bool:
    """Whether somebody listens at the host and port of a URI."""
    parts = urlsplit(uri)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1):
            return True
    except OSError:
        return False


def embedded_process(folder: Path, role: Literal["pid", "keeper"]) -> int:
    """The process id of the embedded server over a folder, or of its keeper."""
    return int(json.loads((folder / "server.json").read_text())[role])


def kill_embedded(folder: Path, role: Literal["pid", "keeper"]) -> None:
    """SIGKILL one of them."""
    os.kill(embedded_process(folder, role), signal.SIGKILL)
