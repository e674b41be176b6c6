"""Documents as Apache Parquet, row group after row group, with pyarrow, which is installed by who wants it."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, BinaryIO

from crawler.asking.columns import Column, Document

INSTALL = f"{sys.executable} -m pip install --constraint constraints.txt --requirement requirements-analysis.txt"

GROUP_ROWS = 5_000
GROUP_CHARACTERS = 16_000_000
"""A row group is written when it has so many rows, or so much text: what is held is bounded by both."""


class NoParquet(RuntimeError):
    """pyarrow is not installed; the message says how to."""


def check_installed() -> None:
    """Raises NoParquet, before anything is asked of a database."""
    _arrow()


def write_parquet(documents: Iterable[Document], columns: Sequence[Column], file: BinaryIO) -> None:
    """Times are timestamps in milliseconds and UTC, lists are lists, what is not known is null."""
    arrow = _arrow()
    schema = arrow.schema([(column.name, _type(column, arrow)) for column in columns])
    with arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _groups(documents, columns):
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))


def _arrow() -> Any:
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise NoParquet(f"Parquet is written by pyarrow, which is not installed; this does it:\n{INSTALL}") from None


def _type(column: Column, arrow: Any) -> Any:
    types = {"text": arrow.string, "number": arrow.int64, "flag": arrow.bool_}
    if column.kind == "texts":
        return arrow.list_(arrow.string())
    return arrow.timestamp("ms", tz="UTC") if column.kind == "date" else types[column.kind]()


def _groups(documents: Iterable[Document], columns: Sequence[Column]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    characters = 0
    for document in documents:
        row = {column.name: column.of(document) for column in columns}
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        rows.append(row)
        if len(rows) >= GROUP_ROWS or characters >= GROUP_CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows
