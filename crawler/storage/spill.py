"""What was read and is not stored yet, on disk: one file for each run that could not store everything.

A file is a sequence of BSON documents, the first of which says for which database they are. Whoever writes or reads one
holds its lock, which the kernel drops however a process ends: no file is read by two runs, or while it is written.
"""

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bson
from bson.codec_options import CodecOptions
from bson.errors import InvalidBSON

Document = dict[str, Any]

logger = logging.getLogger(__name__)

_OPTIONS: CodecOptions[Document] = CodecOptions(tz_aware=True)


class SpillFull(OSError):
    """There is as much in the folder as may be."""


@dataclass(slots=True)
class SpillFile:
    """One file, open and locked."""

    path: Path
    descriptor: int
    most_bytes: int = 0
    """How large it may become."""

    @classmethod
    def create(cls, folder: Path, name: str, where: str, most_bytes: int) -> "SpillFile":
        """A new file for a database; all files of the folder have at most so many bytes. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        room = most_bytes - sum(path.stat().st_size for path in folder.glob("*.bson"))
        path = folder / f"{name}.bson"
        file = cls(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600), room)
        fcntl.flock(file.descriptor, fcntl.LOCK_EX)
        try:
            file.append([{"where": where}])
            _sync_folder(folder)
        except OSError:
            file.remove()
            raise
        return file

    @classmethod
    def claim(cls, folder: Path, where: str) -> "Iterator[SpillFile]":
        """The files that earlier runs left for a database, each locked until it is closed; the oldest first."""
        for path in sorted(folder.glob("*.bson")):
            if (file := _locked(path)) is None:
                continue
            head = next(file.documents(), {}).get("where", where)
            if head == where:
                yield file
            else:
                logger.warning("%s is for another database: %s; it is left there", path, head)
                file.close()

    def append(self, documents: Sequence[Document]) -> None:
        """Write documents so that they outlast the machine: all of them, or none. Raises SpillFull, OSError."""
        data = b"".join(map(bson.encode, documents))
        size = os.fstat(self.descriptor).st_size
        if size + len(data) > self.most_bytes:
            raise SpillFull(f"{self.path.parent} may not have more than SPILL_MAX_MB")
        try:
            _write(self.descriptor, data)
            os.fsync(self.descriptor)
        except OSError:
            os.ftruncate(self.descriptor, size)
            raise

    def documents(self) -> Iterator[Document]:
        """What is in it, up to its end or to where it is damaged, which is logged."""
        with self.path.open("rb") as file:
            try:
                yield from bson.decode_file_iter(file, _OPTIONS)
            except (InvalidBSON, ValueError) as error:
                logger.warning("%s is damaged; what comes after byte %d is lost: %s", self.path, file.tell(), error)

    def remove(self) -> None:
        """Its content is stored, or is kept elsewhere."""
        self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Leave it to the next run."""
        os.close(self.descriptor)


def _locked(path: Path) -> SpillFile | None:
    """A file, if no other process has it, and none has removed it meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    if os.fstat(descriptor).st_nlink:
        return SpillFile(path, descriptor)
    os.close(descriptor)
    return None


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
