"""Lines that stay at the bottom of a terminal."""

import errno
import os
from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from typing import TextIO

import pytest
from rich.text import Text

from crawler.screen import Screen, is_fit
from tests.terminal import Terminal, terminal


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal of 30 columns and 8 lines."""
    monkeypatch.setenv("TERM", "xterm-256color")
    with terminal(30, 8) as found:
        yield found


@pytest.fixture
def stream(seen: Terminal) -> Iterator[TextIO]:
    """What a program writes to it by."""
    with TextIOWrapper(os.fdopen(os.dup(seen.end), "wb")) as found:
        yield found


def texts(*lines: str) -> list[Text]:
    """As the display makes them."""
    return [Text(line, no_wrap=True) for line in lines]


def test_what_is_logged_scrolls_above(seen: Terminal, stream: TextIO) -> None:
    screen = Screen(stream)
    screen.draw(texts("site  read", "a.example  1"))
    screen.write("first\n")
    screen.write("a line that is longer than the terminal is wide\n")
    screen.draw(texts("site  read", "b.example  2"))
    screen.flush()
    seen.wait(lambda lines: lines[-1:] == ["b.example  2"])
    assert seen.shown == ["first", "a line that is longer than the", " terminal is wide", "site  read", "b.example  2"]
    assert seen.has_cursor
    for number in range(20):
        screen.write(f"line {number}")
    screen.flush()
    seen.wait(lambda lines: "line 19" in lines)
    assert seen.shown == ["line 15", "line 16", "line 17", "line 18", "line 19", "site  read", "b.example  2"]
    screen.clear()
    seen.wait(lambda lines: lines[-1:] == ["line 19"])
    assert seen.has_cursor


def test_what_has_not_changed_is_not_drawn_again(seen: Terminal, stream: TextIO) -> None:
    screen = Screen(stream)
    for _ in range(3):
        screen.draw(texts("one", "two"))
    seen.wait(lambda lines: lines == ["one", "two"])
    assert seen.written.count(b"one") == 1


def test_fewer_lines_leave_nothing_behind(seen: Terminal, stream: TextIO) -> None:
    screen = Screen(stream)
    screen.draw(texts("one", "a longer one", "three"))
    screen.draw(texts("1"))
    seen.wait(lambda lines: lines == ["1"])
    screen.draw(texts("1", "2"))
    seen.wait(lambda lines: lines == ["1", "2"])


def test_lines_are_cut_at_the_edge_and_at_the_height(seen: Terminal, stream: TextIO) -> None:
    Screen(stream).draw(texts("新聞" * 20, *map(str, range(20))))
    seen.wait(lambda lines: lines[-1:] == ["5"])
    assert seen.written.decode().count("新") == 7
    assert seen.has_cursor


def test_nothing_in_a_line_is_obeyed(seen: Terminal, stream: TextIO) -> None:
    Screen(stream).draw(texts("a\x1b[2J\x9b2Jb"))
    seen.wait(lambda lines: lines == ["a�[2J�2Jb"])


def test_a_narrower_terminal_has_broken_the_lines(seen: Terminal, stream: TextIO) -> None:
    screen = Screen(stream)
    screen.draw(texts("x" * 25, "y" * 15))
    seen.wait(lambda lines: len(lines) == 2)
    seen.resize(10, 8)
    screen.draw(texts("z"))
    seen.wait(lambda lines: "z" in lines)
    assert seen.written.endswith(b"\r\x1b[5A\x1b[Jz\x1b[K\r\n\x1b[J")  # 25 cells take three lines of ten, 15 two


def test_colours_are_a_matter_of_the_environment(
    seen: Terminal, stream: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    Screen(stream).draw([Text("a", "red")])
    seen.wait(lambda lines: lines == ["a"])
    assert b"\x1b[31ma" in seen.written
    monkeypatch.setenv("NO_COLOR", "1")
    Screen(stream).draw([Text("b", "red")])
    seen.wait(lambda lines: lines == ["a", "b"])
    assert b"b\x1b[K" in seen.written


def test_what_is_no_terminal_or_a_dumb_one_is_not_fit(stream: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_fit(stream)
    monkeypatch.setenv("TERM", "dumb")
    assert not is_fit(stream)
    monkeypatch.setenv("TERM", "xterm")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        assert not is_fit(pipe)


def test_a_terminal_that_takes_nothing_is_not_waited_for(seen: Terminal, stream: TextIO) -> None:
    screen = Screen(stream)
    screen.draw(texts("before"))
    seen.wait(lambda lines: lines == ["before"])
    seen.type(b"\x13")  # Ctrl-S
    seen.wait(lambda _: not screen._takes_more())
    screen.draw(texts("meanwhile"))
    seen.type(b"\x11")  # Ctrl-Q
    seen.wait(lambda _: screen._takes_more())
    assert seen.shown == ["before"]
    screen.draw(texts("after"))
    seen.wait(lambda lines: lines == ["after"])


def test_a_terminal_that_was_closed_is_no_error(seen: Terminal) -> None:
    class Closed(StringIO):
        """What the kernel says of it: EIO."""

        def fileno(self) -> int:
            return seen.end

        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

    screen = Screen(Closed())
    screen.draw(texts("one"))
    screen.clear()
