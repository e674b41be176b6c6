"""Where commands print to: a terminal, a pipe or a file; nothing into a pipe that is closed."""

import os
import select
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import BinaryIO, TextIO

from rich.console import Console
from rich.text import Text
from scrapy.exceptions import UsageError

from crawler.asking.printable import printable

READABLE = 96
"""Cells of a line of running text: longer ones are hard to follow."""


_MOST = 2**31 - 1
"""MongoDB counts no further."""


class Output:
    """The one way to whoever reads: what a terminal would obey never reaches one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.is_terminal = stream.isatty()
        size = get_terminal_size()  # rich takes a dumb terminal for one of 80 columns, unless it is told
        self._console = (
            Console(file=stream, highlight=False, width=size.columns, height=size.lines) if self.is_terminal else None
        )

    @property
    def width(self) -> int | None:
        """Cells of a line of the terminal; None where nothing has to fit."""
        return self._console.width if self._console else None

    @property
    def has_colour(self) -> bool:
        """Whether styles are seen: not in pipes and files, nor with NO_COLOR or TERM=dumb."""
        return bool(self._console and self._console.color_system and not self._console.no_color)

    @property
    def binary(self) -> BinaryIO:
        """For formats that are no text."""
        return self._stream.buffer

    def write(self, pieces: Iterable[str]) -> None:
        """Text in UTF-8, as it comes."""
        if hasattr(self._stream, "reconfigure"):
            self._stream.reconfigure(encoding="utf-8", errors="replace")
        self._stream.writelines(map(printable, pieces) if self.is_terminal else pieces)

    def lines(self, lines: Iterable[Text]) -> None:
        """Lines with their styles on a terminal, and without elsewhere; those that may be are wrapped."""
        if not self._console:
            self.write(f"{printable(line.plain)}\n" for line in lines)
            return
        for line in lines:
            line.plain = printable(line.plain)
            self._console.print(line, soft_wrap=bool(line.no_wrap), width=min(self._console.width, READABLE))

    def note(self, text: str) -> None:
        """Something about the answer that is no part of it: on standard error, after what was written."""
        self._stream.flush()
        sys.stderr.write(f"{printable(text)}\n")


@contextmanager
def output_to(path: Path | None) -> Iterator[Output]:
    """Standard output, or a file that is there when it is whole. Raises UsageError if it cannot be written."""
    if path is None:
        yield Output(sys.stdout)
        return
    try:
        with _replacing(path) as file:
            yield Output(file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write {str(path)!r}: {error.strerror or error}", print_help=False) from None


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A file beside the one that is meant, which takes its place at the end; a device is written to as it is."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def count(text: str) -> int:
    """What ``--limit`` takes: 0 or more. Raises ArgumentTypeError, whose words argparse prints."""
    return _whole(text, "20, or 0 for all")


def how_many_sites(text: str) -> int:
    """What ``--min-sites`` takes. Raises ArgumentTypeError, whose words argparse prints."""
    return _whole(text, "how many sites: 2, 3 …")


def _whole(text: str, rather: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is no number of them; write {rather}")
    return min(int(text), _MOST)


def is_closed() -> bool:
    """Whether standard output is a pipe whose reader has gone, which one who writes nothing would not notice."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(happened & (select.POLLERR | select.POLLHUP) for _, happened in poll.poll(0))


@contextmanager
def until_closed() -> Iterator[None]:
    """Print until the reader of the pipe (``| head``) has seen enough; that is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python fails to flush at its end
