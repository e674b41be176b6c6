"""Floors fail a run that falls under them, and change only when told to."""

from pathlib import Path

from benchmarks.reading.__main__ import main
from benchmarks.reading.floors import FILE, changed, missed, read_floors, write_floors

FLOORS = {"core": {"body_f1": 0.96, "cpu_share": 0.33}}


def test_a_figure_under_its_floor_is_named() -> None:
    assert missed({"core": {"body_f1": 0.9599, "cpu_share": 0.34}}, FLOORS) == [
        "core: body_f1 is 0.9599, the floor is 0.9600",
        "core: cpu_share is 0.3400, the floor is 0.3300",
    ]
    assert missed({"core": {"body_f1": 0.96, "cpu_share": 0.2}, "feed": {"body_f1": 0.1}}, FLOORS) == []


def test_floors_rise_but_fall_only_when_told_to() -> None:
    found = {"core": {"body_f1": 0.9512, "cpu_share": 0.2, "cpu_ms": 9.0}}
    assert changed(found, FLOORS, lower=False) == {"core": {"body_f1": 0.96, "cpu_share": 0.23}}
    assert changed(found, FLOORS, lower=True) == {"core": {"body_f1": 0.951, "cpu_share": 0.23}}
    assert changed({"feed": {"title_exact": 1.0}}, {}, lower=False) == {"feed": {"title_exact": 1.0}}


def test_a_run_passes_the_floors_it_made(tmp_path: Path) -> None:
    found = {"core": {"body_f1": 0.96789, "body_bad": 0.01234, "cpu_share": 0.2999}}
    write_floors(changed(found, {}, lower=False), tmp_path / "floors.toml")
    floors = read_floors(tmp_path / "floors.toml")
    assert floors == {"core": {"body_bad": 0.013, "body_f1": 0.967, "cpu_share": 0.33}}
    assert missed(found, floors) == []


def test_the_floors_kept_are_readable() -> None:
    assert {"core", "feed", "legacy", "segments", "meta", "themes"} <= read_floors(FILE).keys()


def test_without_a_corpus_nothing_is_measured(tmp_path: Path) -> None:
    assert main(["--corpus", str(tmp_path / "none")]) == 0
