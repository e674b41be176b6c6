"""Documents as JSON and CSV, piece by piece. Pure; no document is held longer than it is written.

A time is written the same everywhere: ISO 8601 in UTC, ``2025-12-03T18:00:00Z``, with milliseconds where there are any.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from crawler.asking.columns import Column, Document
from crawler.asking.jsontext import json_text

FORMATS = ("table", "json", "jsonl", "csv", "parquet", "markdown")

SUFFIXES = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".md": "markdown",
    ".txt": "table",
}  # fmt: skip
"""What the name of a file says of its format."""

BETWEEN = "; "
"""Between the texts of a list that has to be one text."""

_FORMULA = re.compile("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection); the last four are full-width."""


def jsonl(documents: Iterable[Document]) -> Iterator[str]:
    """A document a line; see ``json_text``."""
    return (f"{json_text(document)}\n" for document in documents)


def json_array(documents: Iterable[Document]) -> Iterator[str]:
    """The same documents as one array, for what reads no lines."""
    before = "[\n"
    for document in documents:
        yield before + json_text(document)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def csv_rows(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[str]:
    """RFC 4180 with a header, but for lines that end with a newline alone.

    What a spreadsheet would take as a formula begins with an apostrophe, which shows it as text.
    """
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    yield line.written
    for document in documents:
        writer.writerow(_cell(column.of(document)) for column in columns)
        yield line.written


def when(moment: datetime) -> str:
    """A time as it is written."""
    digits = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).isoformat(timespec=digits).replace("+00:00", "Z")


class _Line:
    """What ``csv.writer`` writes to: keeps the latest line."""

    written = ""

    def write(self, text: str) -> None:
        self.written = text


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return when(value)
    text = BETWEEN.join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
