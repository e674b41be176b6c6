"""Reads a corpus with this project's reader and with others, prints the figures, and holds them against the floors.

Exit status 1 if a figure is under its floor; 0 if there is no corpus.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from benchmarks.floors import Floors, add_options
from benchmarks.reading import themes, wild
from benchmarks.reading.figures import Grades, figures, worst
from benchmarks.reading.readers import NEAREST, READERS, Answer, Reader, installed
from benchmarks.reading.table import table, worst_pages
from benchmarks.reading.timing import timed

OURS = "presswalk"
_DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FLOORS = Floors(
    file=Path(__file__).with_name("floors.toml"),
    head="# What the reader must reach, by part of the corpus. Written by `python -m benchmarks.reading` on demand.",
    falling=frozenset({"cpu_share", "body_bad"}),
    not_kept=frozenset({"cpu_ms"}),  # the share of another reader's time in the same run tells of the code
    slack={"cpu_share": 0.03},
)

P = TypeVar("P", wild.WildPage, themes.ThemePage)
Part = dict[str, Grades]
"""Reader -> grades, on one part of the corpus."""


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    options = _options(arguments)
    if not options.corpus.is_dir():
        print(f"No corpus at {options.corpus}: nothing measured.")
        return 0
    readers = _chosen(options)
    parts: dict[str, Part] = {}
    if options.part in (None, "wild"):
        pages = wild.wild_pages(options.corpus, options.sample)
        _run(pages, wild.grade, lambda page: page.part, readers, parts)
    if options.part in (None, "themes"):
        _run(themes.theme_pages(options.corpus, options.sample), themes.grade, lambda _: "themes", readers, parts)
    return _report(parts, options)


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=_DEFAULT)
    parser.add_argument("--part", choices=("wild", "themes"))
    parser.add_argument("--sample", type=int, metavar="N", help="read N pages of each part; floors are not looked at")
    parser.add_argument("--readers", nargs="+", choices=READERS, help="only these")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst pages of each field")
    add_options(parser)
    return parser.parse_args(arguments)


def _chosen(options: Namespace) -> dict[str, Reader]:
    readers, missing = installed()
    for name in missing:
        print(f"{name} is not installed: left out.")
    return {name: reader for name, reader in readers.items() if not options.readers or name in options.readers}


def _run(
    pages: Iterable[P],
    grade: Callable[[P, Answer, Grades], None],
    part_of: Callable[[P], str],
    readers: dict[str, Reader],
    parts: dict[str, Part],
) -> None:
    """Every reader reads a page before the next page comes, so that all meet the same machine."""
    for page in pages:
        part = parts.setdefault(part_of(page), {name: Grades() for name in readers})
        for name, reader in readers.items():
            answer, seconds = timed(reader, page.html, page.url)
            part[name].seconds.append(seconds)
            grade(page, answer, part[name])


def _report(parts: dict[str, Part], options: Namespace) -> int:
    found = {part: {name: figures(grades) for name, grades in graded.items()} for part, graded in parts.items()}
    for part, by_reader in found.items():
        print(table(part, len(next(iter(parts[part].values())).seconds), by_reader))
    if options.worst and OURS in _readers_of(parts):
        for part, graded in parts.items():
            print(worst_pages(part, worst(graded[OURS], options.worst)), end="")
    if options.sample or OURS not in _readers_of(parts):
        return 0
    return FLOORS.hold({part: _with_share(by_reader) for part, by_reader in found.items()}, options)


def _readers_of(parts: dict[str, Part]) -> set[str]:
    """The readers of this run."""
    return {name for graded in parts.values() for name in graded}


def _with_share(by_reader: dict[str, dict[str, float]]) -> dict[str, float]:
    """Our figures, and which share of the other's CPU time they took."""
    ours = dict(by_reader[OURS])
    if NEAREST in by_reader:
        ours["cpu_share"] = ours["cpu_ms"] / by_reader[NEAREST]["cpu_ms"]
    return ours


if __name__ == "__main__":
    sys.exit(main())
