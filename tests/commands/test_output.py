"""Where commands print to."""

import io
import sys
from pathlib import Path

import pytest
from rich.text import Text
from scrapy.exceptions import UsageError

from crawler.commands.output import Output, output_to


class Terminal(io.StringIO):
    """What takes output for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """One of 30 columns with colours."""
    for name, value in (("COLUMNS", "30"), ("TERM", "xterm-256color"), ("NO_COLOR", "")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("COLORTERM", raising=False)
    return Terminal()


def test_a_terminal_gets_styles_and_no_commands(terminal: Terminal) -> None:
    output = Output(terminal)
    assert (output.width, output.has_colour) == (30, True)
    output.lines([Text("\x1b[31mnot red\x9b0m", "bold"), Text("[bold]no markup[/bold]")])
    output.write(['{"title": "\x1b]0;evil\x07"}\n'])
    assert terminal.getvalue() == ('\x1b[1m�[31mnot red�0m\x1b[0m\n[bold]no markup[/bold]\n{"title": "�]0;evil�"}\n')


def test_text_is_wrapped_and_urls_are_not(terminal: Terminal) -> None:
    url = f"https://news.example/{'a' * 30}/"
    Output(terminal).lines([Text("word " * 8), Text(url, no_wrap=True), Text("日本語" * 8)])
    assert [line.rstrip() for line in terminal.getvalue().splitlines()] == [
        "word word word word word word", "word word", url, "日本語" * 5, "日本語" * 3,
    ]  # fmt: skip


def test_without_colours_there_are_none(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    output = Output(terminal)
    output.lines([Text("new", "green")])
    assert (output.has_colour, terminal.getvalue()) == (False, "new\n")


def test_a_pipe_gets_plain_lines_as_long_as_they_are() -> None:
    pipe = io.StringIO()
    output = Output(pipe)
    output.lines([Text("word " * 40, "bold")])
    assert (output.width, output.has_colour, pipe.getvalue()) == (None, False, "word " * 40 + "\n")


def test_what_failed_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    with pytest.raises(KeyError), output_to(file) as output:
        output.write(["half"])
        raise KeyError
    assert (file.read_text(), list(tmp_path.iterdir())) == ("before", [file])
    with pytest.raises(UsageError, match="Is a directory"), output_to(tmp_path):
        pass


def test_standard_output_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    with output_to(None) as output:
        output.write(["a", "b\n"])
    assert shown.getvalue() == "ab\n"
