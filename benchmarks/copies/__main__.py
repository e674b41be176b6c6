"""Finds the copies in labelled sets, prints the figures, and holds ours against the floors.

The generated set is always there, real texts and pages only with a corpus. Exit status 1: a figure is under its floor.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.copies.crowd import crowd
from benchmarks.copies.documents import Document, documents
from benchmarks.copies.figures import Figures, Run, figures, reposted
from benchmarks.copies.growth import growth
from benchmarks.copies.lookup import lookup
from benchmarks.copies.methods import OURS, methods
from benchmarks.copies.real import real_documents, theme_documents
from benchmarks.copies.stored import stored
from benchmarks.floors import Floors, add_options

FLOORS = Floors(
    file=Path(__file__).with_name("floors.toml"),
    head="# What must be reached, by set and grade of copies. Written by `python -m benchmarks.copies` on demand.",
    falling=frozenset({"wrong", "bytes", "vain_candidates"}),
    not_kept=frozenset({"cpu_ms", "decision_ms"}),
)
_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_STORIES = 60
"""Of each language in the generated set."""


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    options = _options(arguments)
    if table := _table_of_costs(options):
        for line in table:
            print(line, flush=True)
        return 0
    found = _measured("generated", documents(options.stories), figures)
    if options.corpus.is_dir():
        found |= _measured("real", real_documents(options.corpus), figures)
        found |= _measured("themes", theme_documents(options.corpus), reposted)
    else:
        print(f"No corpus at {options.corpus}: only the generated set.")
    return FLOORS.hold(found, options) if options.stories == _STORIES else 0


def _table_of_costs(options: Namespace) -> Iterator[str] | None:
    if options.growth:
        return growth(options.growth)
    if options.stored:
        return stored(options.stored, options.uri)
    if options.crowd:
        return crowd(options.crowd, options.uri)
    return lookup(options.lookup) if options.lookup else None


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=_CORPUS)
    parser.add_argument("--stories", type=int, default=_STORIES, help="of each language; floors hold for the default")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="only how size and time grow, at N articles")
    parser.add_argument("--stored", type=int, nargs="+", metavar="N", help="only what N articles cost in a database")
    parser.add_argument("--lookup", type=int, nargs="+", metavar="N", help="only what they cost beside a database")
    parser.add_argument("--crowd", type=int, nargs="+", metavar="N", help="only what N articles cost that share words")
    parser.add_argument("--uri", help="of the MongoDB for these, where it is not to be the embedded one")
    add_options(parser)
    return parser.parse_args(arguments)


def _measured(name: str, texts: Sequence[Document], judged: Callable[[Run], Figures]) -> Figures:
    """Our figures by ``<set>-<grade>``; those of all methods are printed."""
    found = {method: judged(Run(methods()[method], texts)) for method in methods()}
    print(_table(name, len(texts), found))
    return {f"{name}-{grade}": values for grade, values in found[OURS].items()}


def _table(name: str, count: int, found: dict[str, Figures]) -> str:
    """Methods as columns, figures as rows."""
    rows = [(grade, figure) for grade, values in found[OURS].items() for figure in values]
    lines = [f"\n{name} ({count} texts)\n", f"| | {' | '.join(found)} |", "|---|" + "---|" * len(found)]
    for grade, figure in rows:
        cells = " | ".join(f"{by_grade[grade][figure]:.3f}" for by_grade in found.values())
        lines.append(f"| {grade} {figure.replace('_', ' ')} | {cells} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
