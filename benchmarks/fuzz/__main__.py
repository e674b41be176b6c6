"""Fuzz the readers: ``python -m benchmarks.fuzz [--seconds 60] [--seed 1] [--keep FOLDER] [TARGET…]``.

Exits with 1 if there are faults.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.fuzz.run import Outcome, fuzz, name_of
from benchmarks.fuzz.targets import TARGETS


def main() -> int:
    """Fuzz the targets that were named, or all, and print what became of the inputs."""
    names = [target.name for target in TARGETS]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz", description=__doc__.partition(":")[0] if __doc__ else None
    )
    parser.add_argument("targets", nargs="*", choices=[[], *names], metavar="TARGET", help=f"of {', '.join(names)}")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same one tries the same inputs (default: %(default)s)")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs of faults, and the slowest ones")
    told = parser.parse_args()
    print(f"{'target':<10}{'inputs':>10}{'read':>10}{'slowest':>11}  faults")
    outcomes = []
    for target in TARGETS:
        if not told.targets or target.name in told.targets:
            outcomes.append(fuzz(target, told.seed, seconds=told.seconds))
            _print(outcomes[-1])
            if told.keep:
                _keep(outcomes[-1], told.keep)
    return int(any(outcome.faults for outcome in outcomes))


def _print(outcome: Outcome) -> None:
    slowest = f"{outcome.slowest * 1000:,.0f} ms"
    print(f"{outcome.target:<10}{outcome.inputs:>10,}{outcome.read:>10,}{slowest:>11}  {len(outcome.faults)}")
    for fault, data in outcome.faults.items():
        print(f"  {name_of(data)}  {fault}")
    sys.stdout.flush()


def _keep(outcome: Outcome, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for data in (*outcome.faults.values(), outcome.slowest_input):
        (folder / f"{outcome.target}-{name_of(data)}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
