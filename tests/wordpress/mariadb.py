"""A private MariaDB: its own data folder, no network, one socket in a folder only we may enter."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import processes

_SECONDS = 60.0


@dataclass(frozen=True)
class MariaDB:
    """A running server, reached as ``root`` without a password over its socket."""

    socket: Path

    def run(self, program: str, *arguments: str, script: bytes = b"") -> bytes:
        """Run ``mariadb`` or ``mariadb-dump`` against it; returns what it prints."""
        command = [program, "--no-defaults", f"--socket={self.socket}", "--user=root", *arguments]
        return subprocess.run(command, input=script, capture_output=True, check=True, timeout=_SECONDS).stdout

    def is_up(self) -> bool:
        """Whether it answers."""
        ping = ["mariadb-admin", "--no-defaults", f"--socket={self.socket}", "--user=root", "ping"]
        return subprocess.run(ping, capture_output=True, check=False, timeout=_SECONDS).returncode == 0


@contextmanager
def private_mariadb() -> Iterator[MariaDB]:
    """Install, start and at the end remove a server. Works as root and as an ordinary user."""
    # A socket's path may have 107 bytes at most, so this folder is not pytest's.
    with tempfile.TemporaryDirectory(prefix="presswalk-db-") as name:
        folder = Path(name)
        # Debian's configuration is not read: it would log to syslog and listen on the machine's own socket.
        common = ["--no-defaults", f"--datadir={folder / 'data'}"]
        common += [] if os.geteuid() else ["--user=root"]  # root has to say that it means to be root
        install = ["--skip-test-db", "--skip-name-resolve", "--auth-root-authentication-method=normal"]
        subprocess.run(["mariadb-install-db", *common, *install], capture_output=True, check=True, timeout=_SECONDS)
        database = MariaDB(folder / "socket")
        log = folder / "mariadbd.log"
        options = ["--skip-networking", f"--socket={database.socket}", f"--pid-file={folder / 'pid'}"]
        # Nobody needs this data after a power cut: no flush at each commit, no binary log.
        options += ["--innodb-flush-log-at-trx-commit=0", "--skip-log-bin", "--performance-schema=OFF"]
        server = processes.start([processes.find_program("mariadbd") or "mariadbd", *common, *options], log)
        try:
            processes.await_ready(server, database.is_up, log)
            yield database
        finally:
            processes.stop(server)
