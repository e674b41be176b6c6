"""Lines that stay at the bottom of a terminal, while whatever else is written scrolls above them.

rich draws them. That they stay is done here and not by ``rich.live``, which hides the cursor (a kill leaves it hidden),
breaks lines of a log that are wider than the terminal, and leaves remains when a terminal becomes narrower.
"""

import os
import select
from collections.abc import Sequence
from contextlib import suppress
from threading import RLock
from typing import TextIO

from rich.console import Console
from rich.text import Text

from crawler.asking.printable import printable

_TO_END = "\x1b[J"
_REST_OF_LINE = "\x1b[K"


def is_fit(stream: TextIO) -> bool:
    """Whether it is a terminal on which lines can be drawn over."""
    return stream.isatty() and not Console(file=stream).is_dumb_terminal


class Screen:
    """Takes the place of the stream to a terminal. The cursor is seen at all times, below what is drawn.

    Nothing is drawn while the terminal takes nothing (Ctrl-S), nor by a process in the background.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._console = Console(file=stream)
        self._lock = RLock()  # threads log, too
        self._cells: list[int] = []
        self._drawn = ""
        self._width = 0

    @property
    def size(self) -> os.terminal_size:
        """Columns and lines, as they are now; 80 and 24 where the terminal does not say."""
        try:
            told = os.get_terminal_size(self._stream.fileno())
        except OSError:
            told = os.terminal_size((0, 0))
        return os.terminal_size((told.columns or 80, told.lines or 24))

    def draw(self, lines: Sequence[Text]) -> None:
        """Show these in place of those before; as many as there is room for."""
        with self._lock, suppress(OSError):  # the terminal was closed: the crawl goes on
            if not self._is_in_front():
                self._drawn, self._cells = "", []  # what others write there meanwhile stays
                return
            size = self.size
            drawn, cells = self._rendered(lines[: size.lines - 1], size.columns - 1)
            if (drawn, size.columns) == (self._drawn, self._width) or not self._takes_more():
                return
            begin = self._up() if size.columns == self._width else self._up() + _TO_END
            self._put(begin + drawn + _TO_END)
            self._drawn, self._cells, self._width = drawn, cells, size.columns

    def write(self, text: str) -> int:
        """Whole lines, above what is drawn; as they are: a log has colours (see ``log_lines.Printable``)."""
        with self._lock:
            above = text if text.endswith("\n") else f"{text}\n"
            self._stream.write(f"{self._up()}{_TO_END}{above}{self._drawn}" if self._drawn else above)
        return len(text)

    def flush(self) -> None:
        """For logging, which does this after each line."""
        self._stream.flush()

    def clear(self) -> None:
        """Take away what is drawn."""
        with self._lock, suppress(OSError):
            if self._drawn:
                self._put(self._up() + _TO_END)
            self._drawn, self._cells = "", []

    def _put(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def _rendered(self, lines: Sequence[Text], width: int) -> tuple[str, list[int]]:
        with self._console.capture() as captured:
            for line in lines:
                shown = line.copy()
                shown.plain = printable(shown.plain)
                self._console.print(shown, width=width, no_wrap=True, overflow="crop", highlight=False)
        drawn = captured.get()
        cells = [min(width, line.cell_len) for line in lines]
        return drawn.replace("\n", f"{_REST_OF_LINE}\n"), cells

    def _up(self) -> str:
        """To where the first line begins: a terminal that became narrower has broken the lines anew."""
        columns = self.size.columns
        rows = sum(max(1, -(-cells // columns)) for cells in self._cells)
        return f"\r\x1b[{rows}A" if rows else "\r"

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self._stream.fileno()) == os.getpgrp()
        except OSError:  # it is not the terminal that controls this process
            return True

    def _takes_more(self) -> bool:
        poll = select.poll()
        poll.register(self._stream.fileno(), select.POLLOUT)
        return bool(poll.poll(0))
