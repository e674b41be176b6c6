"""Floors: figures that a run must reach. Kept in a file ``floors.toml`` of each benchmark, changed only on demand."""

import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]
"""Part -> figure -> value."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one benchmark.

    ``head`` is the first line of its file; ``falling``: the figures that are better the smaller they are, whose floor
    is a ceiling; ``not_kept``: those that tell of the machine and not of the code; ``slack``: what a figure differs by
    from run to run.
    """

    file: Path
    head: str
    falling: frozenset[str] = frozenset()
    not_kept: frozenset[str] = frozenset()
    slack: Mapping[str, float] = field(default_factory=dict)

    def read(self) -> dict[str, dict[str, float]]:
        """The floors by part and figure."""
        return tomllib.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def write(self, floors: Figures) -> None:
        """Write the file anew."""
        parts = (
            "\n".join([f"[{part}]", *(f"{name} = {value}" for name, value in sorted(limits.items()))])
            for part, limits in floors.items()
        )
        self.file.write_text(f"{self.head}\n\n" + "\n\n".join(parts) + "\n", "utf-8")

    def missed(self, found: Figures, floors: Figures) -> list[str]:
        """One line for each figure of this run that is worse than its floor."""
        return [
            f"{part}: {name} is {found[part][name]:.4f}, the floor is {limit:.4f}"
            for part, limits in floors.items()
            if part in found
            for name, limit in limits.items()
            if name in found[part] and self._is_worse(name, found[part][name], limit)
        ]

    def changed(self, found: Figures, floors: Figures, *, lower: bool) -> dict[str, dict[str, float]]:
        """The floors raised to what a run reached; with ``lower`` they follow it down, too."""
        new = {part: dict(limits) for part, limits in floors.items()}
        for part, figures in found.items():
            limits = new.setdefault(part, {})
            for name, value in figures.items():
                reached = self._rounded(name, value)
                if name in self.not_kept:
                    continue
                if lower or name not in limits or self._is_worse(name, limits[name], reached):
                    limits[name] = reached
        return new

    def hold(self, found: Figures, options: Namespace) -> int:
        """Print what is under its floor, after changing the floors if ``options`` say so; gives the exit status."""
        floors = self.read()
        if options.raise_floors or options.lower_floors:
            floors = self.changed(found, floors, lower=options.lower_floors)
            self.write(floors)
        lines = self.missed(found, floors)
        print("\n".join(lines) if lines else "Every figure is at or above its floor.")
        return 1 if lines else 0

    def _is_worse(self, name: str, value: float, than: float) -> bool:
        return value > than if name in self.falling else value < than

    def _rounded(self, name: str, value: float) -> float:
        """To the worse side, so that the same run passes its own floors."""
        if name in self.falling:
            return ceil(round((value + self.slack.get(name, 0.0)) * 1000, 6)) / 1000
        return floor(round(value * 1000, 6)) / 1000


def add_options(parser: ArgumentParser) -> None:
    """What ``Floors.hold`` reads."""
    parser.add_argument("--raise-floors", action="store_true", help="keep what this run reached as the new floors")
    parser.add_argument("--lower-floors", action="store_true", help="the same, also where it is less than the floor")
