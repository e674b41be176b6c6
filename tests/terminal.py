"""A terminal with a person before it: what a program draws on it, as it would be seen."""

import fcntl
import os
import pty
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock, Thread

import pyte

SECONDS = 60.0
"""Within which a program shows what is waited for, on a busy machine."""


class Terminal:
    """A pseudo-terminal and what is on its screen."""

    def __init__(self, columns: int = 160, lines: int = 60) -> None:
        self.main, self.end = pty.openpty()
        self.written = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = Lock()
        self.resize(columns, lines)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def resize(self, columns: int, lines: int) -> None:
        """As a person does who pulls at its corner; what is on the screen is cut, not broken anew."""
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        with self._lock:
            self._screen.resize(lines, columns)

    def type(self, keys: bytes) -> None:
        """Keys that are pressed."""
        os.write(self.main, keys)

    @property
    def shown(self) -> list[str]:
        """The lines of the screen, without those at its end that are empty."""
        with self._lock:
            lines = [line.rstrip() for line in self._screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is seen, and below all else at the beginning of a line."""
        cursor = self._screen.cursor
        return not cursor.hidden and (cursor.x, cursor.y) == (0, len(self.shown))

    def wait(self, condition: Callable[[list[str]], bool]) -> list[str]:
        """The lines of the screen, once it is so. Raises TimeoutError after a minute."""
        deadline = time.monotonic() + SECONDS
        while not condition(lines := self.shown):
            if time.monotonic() > deadline:
                raise TimeoutError("\n".join(lines))
            time.sleep(0.05)
        return lines

    def _read(self) -> None:
        with suppress(OSError):  # nobody has the other end any more
            while data := os.read(self.main, 65536):
                self.written += data
                with self._lock:
                    self._stream.feed(data)

    def close(self) -> None:
        """Wait for all that was written."""
        os.close(self.end)
        self._reader.join(SECONDS)
        os.close(self.main)


@contextmanager
def terminal(columns: int = 160, lines: int = 60) -> Iterator[Terminal]:
    """One that is there for as long as the context lasts."""
    screen = Terminal(columns, lines)
    try:
        yield screen
    finally:
        screen.close()


_SIZE = ("COLUMNS", "LINES")
"""A terminal says itself how large it is; who runs the tests may have said it of another one."""


@contextmanager
def running(
    screen: Terminal, command: Sequence[str], folder: Path, environment: Mapping[str, str], *, piped: bool = False
) -> Iterator[Popen[bytes]]:
    """A program in the foreground of the terminal, which has its Ctrl-C; ``piped``: its standard output is a pipe."""
    with Popen(
        ["setsid", "--ctty", *command],
        cwd=folder,
        env={name: value for name, value in environment.items() if name not in _SIZE} | {"TERM": "xterm-256color"},
        stdin=screen.end,
        stdout=PIPE if piped else screen.end,
        stderr=screen.end,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
