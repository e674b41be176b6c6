"""WARC files on disk: one after the other, each whole up to its last byte whatever happens."""

import os
from collections.abc import Callable
from pathlib import Path

from crawler.archive.names import OPEN


class WarcFiles:
    """Appends records; begins a new file when one is large. Used by one thread at a time.

    What is appended is in the file when ``append`` returns, and stays there if the process is killed; at worst the
    end of the last record is missing. Files of other runs are never touched.
    """

    def __init__(self, folder: Path, most_bytes: int, name: Callable[[int], str], head: Callable[[str], bytes]) -> None:
        """``name`` of a serial number, ``head``: the first record of a file of this name."""
        self._folder = folder
        self._most = most_bytes
        self._name = name
        self._head = head
        self._serial = 0
        self._path: Path | None = None
        self._file = -1
        self._size = 0

    def append(self, records: bytes) -> None:
        """All of these records, or none. Raises OSError."""
        if self._path is None:
            self._open()
        self._write(records)
        if self._size >= self._most:
            self.close()

    def close(self) -> None:
        """The file, if there is one, is done. Raises OSError."""
        path, self._path = self._path, None
        if path is not None:
            os.close(self._file)
            path.rename(path.with_name(path.name.removesuffix(OPEN)))

    def _open(self) -> None:
        name = self._name(self._serial)
        path = self._folder / f"{name}{OPEN}"
        self._file, self._size = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644), 0
        self._serial += 1
        try:
            self._write(self._head(name))
        except OSError:
            os.close(self._file)
            path.unlink(missing_ok=True)
            raise
        self._path = path

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError:
            os.ftruncate(self._file, self._size)  # or the next record would stand behind half a one
            raise
        self._size += len(data)
