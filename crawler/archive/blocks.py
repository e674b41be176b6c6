"""The records of a WARC file as bytes, one after the other or at an offset, whatever state the file is in.

Each record that can be had is had: behind a damaged one the next is looked for. No record is held that is larger than
a page may be.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MOST_BYTES = 12_000_000
"""Of a record that is read, unpacked: ``DOWNLOAD_MAXSIZE`` and its headers."""

_CHUNK = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/1\.[01]\r?\n")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Block(NamedTuple):
    """Where a record begins, and its bytes."""

    offset: int
    data: bytes


class Damaged(ValueError):
    """There is no whole record at an offset; the message is the reason, fit for a counter."""


def blocks(path: Path, reasons: Counter[str]) -> Iterator[Block]:
    """The records of a file; what is none is counted by reason. Raises OSError."""
    with path.open("rb") as file:
        offset = 0
        size = path.stat().st_size
        while offset < size:
            try:
                data, following = _at(file, offset)
                yield Block(offset, data)
            except Damaged as damage:
                reasons[str(damage)] += 1
                following = _next(file, offset + 1)
            offset = following


def block_at(path: Path, offset: int) -> bytes:
    """The record at an offset that ``blocks`` told. Raises Damaged or OSError."""
    with path.open("rb") as file:
        return _at(file, offset)[0]


def _at(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """The record at an offset, and where the next one begins."""
    file.seek(offset)
    begin = file.read(len(_MEMBER))
    file.seek(offset)
    return _packed(file, offset) if begin == _MEMBER else _plain(file, offset)


def _packed(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    member, out, read = zlib.decompressobj(_GZIP), bytearray(), 0
    while not member.eof:
        if not (chunk := file.read(_CHUNK)):
            raise Damaged("torn")
        read += len(chunk)
        try:
            out += member.decompress(chunk, MOST_BYTES + 1 - len(out))
        except zlib.error:
            raise Damaged("damaged") from None
        if len(out) > MOST_BYTES or member.unconsumed_tail:
            raise Damaged("too_large")
    data = bytes(out)
    length = _length(data)
    if length < len(data.rstrip(b"\r\n")):
        raise Damaged("not_packed_by_record")  # ``warcio recompress`` does
    if length > len(data):
        raise Damaged("torn")
    return data, offset + read - len(member.unused_data)


def _plain(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    head = file.read(_CHUNK)
    length = _length(head)
    if length > MOST_BYTES:
        raise Damaged("too_large")
    file.seek(offset)
    data = file.read(length)
    if len(data) < length:
        raise Damaged("torn")
    tail = file.read(4)
    return data, offset + length + len(tail) - len(tail.lstrip(b"\r\n"))


def _length(data: bytes) -> int:
    """Of a record, by its head. Raises Damaged."""
    end, length = _END_OF_HEAD.search(data), _LENGTH.search(data)
    if not _VERSION.match(data) or end is None or length is None or length.start() > end.start():
        raise Damaged("no_record")
    return end.end() + int(length[1])


def _next(file: BinaryIO, offset: int) -> int:
    """Where the next record may begin; the end of the file if nowhere."""
    file.seek(offset)
    before = b""
    while chunk := file.read(_CHUNK):
        window = before + chunk
        found = [place for place in (window.find(_MEMBER), window.find(b"WARC/1.")) if place >= 0]
        if found:
            return offset + min(found) - len(before)
        before = window[-8:]
        offset += len(chunk)
    return offset
