"""PHP's built-in web server over a private WordPress, on loopback, and the log of what was asked of it."""

import json
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import processes
from .install import PHP, Site

_ROUTER = Path(__file__).parent / "php/router.php"


@dataclass(frozen=True)
class Request:
    """One line of the request log; ``uri`` is path and query, ``at`` when it was answered, in seconds since 1970."""

    method: str
    uri: str
    status: int
    ms: int
    at: float


def requests_of(site: Site) -> list[Request]:
    """Every request the site has answered since :func:`forget_requests`."""
    log = site.state / "requests.jsonl"
    whole, _, _half_written = (log.read_text() if log.exists() else "").rpartition("\n")
    return [Request(**json.loads(line)) for line in whole.splitlines()]


def forget_requests(site: Site) -> None:
    """Start the request log anew."""
    (site.state / "requests.jsonl").unlink(missing_ok=True)


def site_port() -> int:
    """A free loopback port of five digits, below those that the kernel gives to outgoing connections meanwhile."""
    for port in random.SystemRandom().sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port between 20000 and 30000")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def serving(site: Site, workers: int = 2) -> Iterator[Site]:
    """Serve the site while the block runs."""
    log = site.state / "server.log"
    # The workers share the compiled files; nothing of WordPress changes while they run.
    options = ["-d", "opcache.validate_timestamps=0", "-S", f"127.0.0.1:{site.port}", "-t", str(site.document_root)]
    environment = {**site.environment, "PHP_CLI_SERVER_WORKERS": str(workers)}
    server = processes.start([*PHP, *options, str(_ROUTER)], log, environment)
    try:
        processes.await_ready(server, lambda: _answers(site.port), log)
        yield site
    finally:
        processes.stop(server)
