"""Keeps one embedded MongoDB server running over a data folder for as long as somebody uses it.

Run as ``python -m crawler.storage.keeper FOLDER``. Users hold a shared lock on ``FOLDER/users.lock``; the kernel drops
it when they end, however they end. When nobody holds it, the server is stopped and the keeper ends. A server that ends
by itself, or is killed, is started again on its port. Only the standard library is imported: this process lives beside
every crawl.
"""

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

POLL_SECONDS = 0.3
STOP_SECONDS = 30.0
CLOSE_SECONDS = 5.0
"""Before a server is told to end once more: it waits without looking for signals, and one that comes as it begins to
wait, or to another of its threads, is not heeded until there is another."""

RESTARTS = 5
"""In a row: a server that ends each time within ``STEADY_SECONDS`` has a reason to, which its log says."""

STEADY_SECONDS = 10.0
CACHE_SIZE = "1G"
"""At most. What one command changes cannot leave the cache before it is done, and a batch changes pages all over the
index of bands: that filled a fifth of 256 MB at 12,000 articles, and then the server answered nobody any more."""
_PR_SET_PDEATHSIG = 1


def free_port() -> int:
    """A loopback TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections of a killed server linger there
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def server_command(folder: Path, port: int) -> list[str]:
    """The SecantusDB server: durable at every commit, without which acknowledged writes were lost by SIGKILL."""
    options = {"--host": "127.0.0.1", "--port": str(port), "--storage-path": str(folder / "files")}
    options |= {"--cache-size": CACHE_SIZE, "--log-level": "WARNING"}
    return [
        sys.executable,
        "-m",
        "secantus",
        *(part for pair in options.items() for part in pair),
        "--sync-on-commit",
    ]


def _die_with_parent() -> None:
    """Linux: the server is stopped when the keeper is killed, so that nothing holds the files afterwards."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(  # noqa: S603 - our own command
            server_command(folder, port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
            cwd=folder,
        )
    state = folder / "server.json"
    draft = state.with_suffix(".tmp")
    draft.write_text(json.dumps({"port": port, "pid": server.pid, "keeper": os.getpid()}))
    draft.replace(state)
    return server


def _port(folder: Path) -> int:
    """The port of a server whose keeper was killed, since its users look for it there; else one that is free."""
    try:
        state = json.loads((folder / "server.json").read_text())
        port, pid = int(state["port"]), int(state["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return free_port()
    (folder / "server.json").unlink()
    for number in (None, signal.SIGTERM, signal.SIGKILL):  # by itself, if it was told that its keeper died
        if number is not None and _serves(folder, pid):
            os.kill(pid, number)
        if _is_free_within(port, CLOSE_SECONDS):
            return port
    return free_port()


def _is_free_within(port: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not (is_free := _is_free(port)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return is_free


def _serves(folder: Path, pid: int) -> bool:
    """Linux: whether a process is a server of this folder still, and not one that was given its number since."""
    try:
        return os.fsencode(folder / "files") in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def _nobody_uses(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(server: subprocess.Popen[bytes]) -> None:
    for seconds in (CLOSE_SECONDS, STOP_SECONDS):
        server.terminate()
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    server.kill()
    server.wait()


def keep(folder: Path) -> int:
    """Run the server until nobody uses it; 0, or 1 if it does not stay up."""
    users = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return _keep_up(folder, users, _port(folder))
    finally:
        (folder / "server.json").unlink(missing_ok=True)


def _keep_up(folder: Path, users: int, port: int) -> int:
    server, starts, started_at = _start(folder, port), 1, time.monotonic()
    while not _nobody_uses(users):
        if server.poll() is not None:
            starts = 1 if time.monotonic() - started_at > STEADY_SECONDS else starts + 1
            if starts > RESTARTS:
                return 1
            time.sleep(POLL_SECONDS * (starts - 1))
            server, started_at = _start(folder, port), time.monotonic()
        time.sleep(POLL_SECONDS)
    _stop(server)
    return 0


def main() -> int:
    """Keep the server of the folder named on the command line, unless another keeper does already."""
    if os.fork() > 0:
        return 0  # whoever started this has nothing to wait for
    folder = Path(sys.argv[1])
    for name in (signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # a Ctrl-C at the terminal is meant for the crawl, not for its database
    lock = os.open(folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if not _become_keeper(lock):
        return 0
    return keep(folder)


def _become_keeper(lock: int) -> bool:
    """Take the keeper's lock. Tried for a second, because users hold it for an instant to see whether it is taken."""
    for _ in range(20):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
