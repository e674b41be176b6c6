"""Floors fail a run that falls under them, and change only when told to."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from benchmarks.copies.__main__ import FLOORS as COPIES
from benchmarks.floors import Floors, add_options
from benchmarks.reading.__main__ import FLOORS as READING
from benchmarks.reading.__main__ import main

LIMITS = {"core": {"body_f1": 0.96, "cpu_share": 0.33}}


def test_a_figure_under_its_floor_is_named() -> None:
    assert READING.missed({"core": {"body_f1": 0.9599, "cpu_share": 0.34}}, LIMITS) == [
        "core: body_f1 is 0.9599, the floor is 0.9600",
        "core: cpu_share is 0.3400, the floor is 0.3300",
    ]
    assert READING.missed({"core": {"body_f1": 0.96, "cpu_share": 0.2}, "feed": {"body_f1": 0.1}}, LIMITS) == []


def test_floors_rise_but_fall_only_when_told_to() -> None:
    found = {"core": {"body_f1": 0.9512, "cpu_share": 0.2, "cpu_ms": 9.0}}
    assert READING.changed(found, LIMITS, lower=False) == {"core": {"body_f1": 0.96, "cpu_share": 0.23}}
    assert READING.changed(found, LIMITS, lower=True) == {"core": {"body_f1": 0.951, "cpu_share": 0.23}}
    assert READING.changed({"feed": {"title_exact": 1.0}}, {}, lower=False) == {"feed": {"title_exact": 1.0}}


def test_a_run_passes_the_floors_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = Floors(tmp_path / "floors.toml", "# Made here.", falling=frozenset({"wrong"}))
    parser = ArgumentParser()
    add_options(parser)
    found = {"core": {"body_f1": 0.96789, "wrong": 0.01234}}
    assert floors.hold(found, parser.parse_args(["--raise-floors"])) == 0
    assert floors.read() == {"core": {"body_f1": 0.967, "wrong": 0.013}}
    assert floors.hold({"core": {"body_f1": 0.9, "wrong": 0.0}}, parser.parse_args([])) == 1
    assert "core: body_f1 is 0.9000, the floor is 0.9670" in capsys.readouterr().out


def test_the_floors_kept_are_readable() -> None:
    assert {"core", "feed", "legacy", "segments", "meta", "themes"} <= READING.read().keys()
    assert {"generated-light", "generated-heavy", "generated-cost"} <= COPIES.read().keys()


def test_without_a_corpus_nothing_is_measured(tmp_path: Path) -> None:
    assert main(["--corpus", str(tmp_path / "none")]) == 0
