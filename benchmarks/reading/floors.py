"""Floors: figures that a run must reach. Kept in ``floors.toml``, changed only on demand."""

import tomllib
from collections.abc import Mapping
from math import ceil, floor
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")
_HEAD = "# What the reader must reach, by part of the corpus. Written by `python -m benchmarks.reading` on demand.\n"
_FALLING = ("cpu_share", "body_bad")
"""Figures that are better the smaller they are: their floor is a ceiling."""
_NOT_KEPT = ("cpu_ms",)
"""It tells of the machine; the share of another reader's time in the same run tells of the code."""
_SLACK = {"cpu_share": 0.03}
"""What a figure differs by from run to run."""

Figures = Mapping[str, Mapping[str, float]]
"""Part -> figure -> value."""


def read_floors(file: Path = FILE) -> dict[str, dict[str, float]]:
    """The floors by part and figure."""
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def missed(found: Figures, floors: Figures) -> list[str]:
    """One line for each figure of this run that is worse than its floor."""
    return [
        f"{part}: {name} is {found[part][name]:.4f}, the floor is {limit:.4f}"
        for part, limits in floors.items()
        if part in found
        for name, limit in limits.items()
        if name in found[part] and _is_worse(name, found[part][name], limit)
    ]


def changed(found: Figures, floors: Figures, *, lower: bool) -> dict[str, dict[str, float]]:
    """The floors raised to what a run reached; with ``lower`` they follow it down, too."""
    new = {part: dict(limits) for part, limits in floors.items()}
    for part, figures in found.items():
        limits = new.setdefault(part, {})
        for name, value in figures.items():
            reached = _rounded(name, value)
            if name not in _NOT_KEPT and (lower or name not in limits or _is_worse(name, limits[name], reached)):
                limits[name] = reached
    return new


def write_floors(floors: Figures, file: Path = FILE) -> None:
    """Write the file anew."""
    parts = (
        "\n".join([f"[{part}]", *(f"{name} = {value}" for name, value in sorted(limits.items()))])
        for part, limits in floors.items()
    )
    file.write_text(_HEAD + "\n" + "\n\n".join(parts) + "\n", "utf-8")


def _is_worse(name: str, value: float, than: float) -> bool:
    return value > than if name in _FALLING else value < than


def _rounded(name: str, value: float) -> float:
    """To the worse side, so that the same run passes its own floors."""
    if name in _FALLING:
        return ceil(round((value + _SLACK.get(name, 0.0)) * 1000, 6)) / 1000
    return floor(round(value * 1000, 6)) / 1000
