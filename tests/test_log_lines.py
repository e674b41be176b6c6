"""How the log is written."""

import json
import logging
import sys
from io import StringIO

from crawler.extensions.secrets import Redaction
from crawler.log_lines import JsonLines, Printable

EVIL = "https://u:hunter22@news.example/\x1b]0;evil\x07\r\n\u2028"


def _fail() -> None:
    raise ValueError(EVIL)


def logged(formatter: logging.Formatter) -> str:
    """What a handler with the filter of secrets writes of an error with its traceback."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Redaction())
    handler.setFormatter(formatter)
    try:
        _fail()
    except ValueError:
        record = logging.LogRecord("crawler.x", logging.ERROR, __file__, 1, "%s failed", (EVIL,), sys.exc_info())
    record.created = 1_764_000_000.5
    handler.handle(record)
    return written.getvalue()


def test_a_record_is_an_object_on_one_line_without_secrets() -> None:
    line = logged(JsonLines())
    assert line.count("\n") == 1
    assert line.isascii()
    told = json.loads(line)
    assert told.pop("exception").splitlines()[0] == "Traceback (most recent call last):"
    assert told == {
        "time": "2025-11-24T16:00:00.500Z",
        "level": "ERROR",
        "logger": "crawler.x",
        "message": "https://***@news.example/\x1b]0;evil\x07\r\n\u2028 failed",
    }
    assert "hunter22" not in line


def test_a_terminal_obeys_the_format_and_not_what_is_said() -> None:
    text = logged(Printable(logging.Formatter("\x1b[31m%(levelname)s\x1b[0m %(message)s")))
    assert text.startswith("\x1b[31mERROR\x1b[0m https://***@news.example/�]0;evil��\n� failed\nTraceback (most")
    assert text.count("\x1b") == 2
    assert text.endswith("ValueError: https://***@news.example/�]0;evil��\n�\n")


def test_the_record_is_left_as_it_was_for_other_handlers() -> None:
    record = logging.LogRecord("a", logging.INFO, __file__, 1, "%s", ("\x1b",), None)
    assert Printable(logging.Formatter()).format(record) == "�"
    assert record.getMessage() == "\x1b"
