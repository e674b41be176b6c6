"""Servers that tests and drills start, stop and kill."""

import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from crawler.storage.keeper import free_port


@dataclass
class Server:
    """One over a folder, on a port of its own; what is killed stays away until it is started again there."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; wait for its end, if that is one."""
        if self.process is not None:
            self.process.send_signal(number)
            if number in (signal.SIGKILL, signal.SIGTERM):
                self.process.wait()
