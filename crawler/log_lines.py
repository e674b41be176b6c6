"""How a record of the log is written: as an object of JSON, or as text that a terminal only shows. Pure."""

import json
import logging
from copy import copy
from datetime import UTC, datetime

from crawler.asking.printable import printable


class JsonLines(logging.Formatter):
    """An object on one line: ``time``, ``level``, ``logger``, ``message``, and ``exception`` with a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """What the filters of the handler have left of it."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            told["exception"] = record.exc_text
        return json.dumps(told)


class Printable(logging.Formatter):
    """What another formatter makes of it, colours included; nothing in it that is said is obeyed by a terminal."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The record itself is left as it is, for other handlers."""
        shown = copy(record)
        shown.msg, shown.args = printable(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        shown.exc_text = printable(record.exc_text) if record.exc_text else None
        return self._inner.format(shown)
