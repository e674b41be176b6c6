"""Columns that fit a terminal, row after row. Pure.

Widths are those that a terminal gives: two cells for Chinese and emoji, none for combining marks. They are chosen by
the first rows, so that a million of them are never held.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, tee
from typing import TypeVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from crawler.asking.printable import on_one_line

D = TypeVar("D")

_LOOKED_AT = 200
"""Rows by which the widths are chosen."""

_GAP = "  "
_LEGIBLE = 14
"""Cells of a name by which people still know what is meant."""

_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = range(0x0590, 0x0900)
"""Hebrew, Arabic, Syriac, Thaana, N'Ko and their supplements."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, and how it is fitted."""

    title: str
    weight: int = 0
    """How much of a narrow terminal it gets beside others that have one; 0: always what it needs."""
    right: bool = False


def fitted(rows: Iterable[Sequence[str]], headings: Sequence[Heading], width: int | None = None) -> Iterator[list[str]]:
    """The cells of a title row and of each row, padded, and cut to ``width`` cells a line; None cuts nothing.

    Nothing at all for no rows. A line is its cells with ``GAP`` between.
    """
    cleaned = ([on_one_line(cell) for cell in row] for row in rows)
    first = list(islice(cleaned, _LOOKED_AT))
    if not first:
        return
    titles = [heading.title for heading in headings]
    widths = _widths([titles, *first], headings, width)
    for row in chain([titles], first, cleaned):
        yield [_cell(*column, cut=width is not None) for column in zip(row, widths, headings, strict=True)]


def room_for(
    rows: Sequence[Mapping[str, str]], headings: Mapping[str, Heading], droppable: Sequence[str], width: int
) -> list[str]:
    """The names of the columns that a line of ``width`` cells has room for.

    Of those that may be left out the first go first; a column with a weight is to have ``_LEGIBLE`` cells.
    """
    needed = {
        name: max(cell_len(heading.title), *(cell_len(on_one_line(row[name])) for row in rows))
        for name, heading in headings.items()
    }
    names = list(headings)
    for name in droppable:
        widths = [min(needed[one], _LEGIBLE) if headings[one].weight else needed[one] for one in names]
        if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
            break
        names.remove(name)
    return names


def line(cells: Sequence[str]) -> str:
    """A row as it is printed."""
    return _GAP.join(cells).rstrip()


def lines(rows: Iterable[Sequence[str]], headings: Sequence[Heading], width: int | None = None) -> Iterator[str]:
    """The same, as lines."""
    return map(line, fitted(rows, headings, width))


def styled(rows: Iterable[Sequence[str]], headings: Sequence[Heading], width: int | None) -> Iterator[Text]:
    """The same for a terminal, the titles in bold; they are not wrapped."""
    for number, cells in enumerate(fitted(rows, headings, width)):
        yield Text(line(cells), "" if number else "bold", no_wrap=True)


def in_two(
    documents: Iterable[D],
    headings: Sequence[Heading],
    width: int,
    cells: Callable[[D], Sequence[str]],
    below: Callable[[D], str],
) -> Iterator[Text]:
    """For a terminal: of each document its cells, and a line below with what may be longer than a line."""
    for_cells, for_below = tee(documents)
    rows = styled(map(cells, for_cells), headings, width)
    for row, document in zip(rows, chain([None], for_below), strict=False):
        yield row
        if document is not None:
            yield Text(f"  {below(document)}", "dim", no_wrap=True)


def _widths(rows: Sequence[Sequence[str]], headings: Sequence[Heading], width: int | None) -> list[int]:
    needed = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    if width is None:
        return needed
    fixed = sum(need for need, heading in zip(needed, headings, strict=True) if not heading.weight)
    room = max(0, width - fixed - len(_GAP) * (len(headings) - 1))
    shares = [(need, heading.weight) for need, heading in zip(needed, headings, strict=True) if heading.weight]
    level = _level(shares, room)
    return [
        min(need, max(int(level * heading.weight), cell_len(heading.title))) if heading.weight else need
        for need, heading in zip(needed, headings, strict=True)
    ]


def _level(shares: Sequence[tuple[int, int]], room: int) -> float:
    """Up to which multiple of its weight a column may be wide, so that all of them fill the room like water."""
    left, weights = room, sum(weight for _, weight in shares)
    for need, weight in sorted(shares, key=lambda share: share[0] / share[1]):
        if need / weight > left / weights:
            return left / weights
        left, weights = left - need, weights - weight
    return float(room)


def _cell(text: str, width: int, heading: Heading, *, cut: bool) -> str:
    if cut and cell_len(text) > width:
        text = f"{set_cell_size(text, width - 1).rstrip()}…"
    padding = " " * max(0, width - cell_len(text))
    return padding + _isolated(text) if heading.right else _isolated(text) + padding


def _isolated(text: str) -> str:
    """Hebrew and Arabic between marks that keep them from turning the columns beside them around (UAX #9)."""
    turns = not text.isascii() and any(ord(character) in _RIGHT_TO_LEFT for character in text)
    return f"{_ISOLATE}{text}{_END}" if turns else text
