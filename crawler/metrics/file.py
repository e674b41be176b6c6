"""The file that node_exporter reads: counters go on in it from run to run, also where several write it at a time."""

import asyncio
import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.metrics.catalogue import Samples
from crawler.metrics.exposition import parsed, text
from crawler.metrics.sums import kept

logger = logging.getLogger(__name__)

_LOCK_SECONDS, _LOCK_PAUSE = 5.0, 0.05
"""Whoever has the lock reads and writes some kilobytes: it is free in milliseconds."""


class MetricsFile:
    """One file, as one process writes it. A lock beside it keeps others from writing at the same moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_name(f".{path.name}.lock")
        self._told: Samples = {}
        self._is_failing = False

    async def write(self, samples: Samples) -> None:
        """Tell the samples of this process, whole or not at all. One that cannot be written is logged, once."""
        try:
            async with asyncio.timeout(_LOCK_SECONDS):
                while not self.try_to_write(samples):  # noqa: ASYNC110 - nobody tells when the kernel's lock is free
                    await asyncio.sleep(_LOCK_PAUSE)
        except OSError as error:  # TimeoutError is one
            if not self._is_failing:
                logger.error("METRICS_FILE %s cannot be written (%s)", self._path, error.strerror or "locked")  # noqa: TRY400
            self._is_failing = True
        else:
            self._is_failing = False

    def try_to_write(self, samples: Samples) -> bool:
        """The same, at once: False if another process is writing. Raises OSError."""
        with self._locked() as is_ours:
            if is_ours:
                self._replace(text(kept(self._stored(), self._told, samples)))
                self._told = samples
            return is_ours

    @contextmanager
    def _locked(self) -> Iterator[bool]:
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            yield _is_locked(descriptor)
        finally:
            os.close(descriptor)

    def _stored(self) -> Samples:
        try:
            return parsed(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            logger.warning("METRICS_FILE %s is damaged (%s): its counters begin anew", self._path, error)
            return {}

    def _replace(self, data: bytes) -> None:
        """Until it is whole, under a name that node_exporter does not read; then it may, whatever the umask."""
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            part.write_bytes(data)
            part.chmod(0o644)
            part.replace(self._path)
        finally:
            part.unlink(missing_ok=True)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
