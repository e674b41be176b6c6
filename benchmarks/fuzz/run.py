"""One target, one input after the other, until the time is over."""

import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from signal import ITIMER_VIRTUAL, SIGVTALRM, setitimer, signal
from types import FrameType

from benchmarks.fuzz.mutate import mutated
from benchmarks.fuzz.targets import Target

MOST_SECONDS = 5.0
"""Of CPU, for one input of at most 60 KB."""


class TooSlow(BaseException):
    """An input took longer. No ``Exception``: what is fuzzed must not catch it."""


@dataclass(slots=True)
class Outcome:
    """What became of the inputs of a target."""

    target: str
    inputs: int = 0
    read: int = 0
    """The others were refused, as they may be."""
    slowest: float = 0.0
    """Seconds of CPU."""
    faults: dict[str, bytes] = field(default_factory=dict)
    """Where and what -> the first input that did it."""
    slowest_input: bytes = b""


def fuzz(target: Target, seed: int, *, seconds: float = float("inf"), inputs: int | None = None) -> Outcome:
    """Try inputs until either is used up; the same ``seed`` tries the same ones."""
    outcome, random, given = Outcome(target.name), Random(seed), target.seeds()  # noqa: S311 - a fixed draw is wanted
    end = time.monotonic() + seconds
    for data in _inputs(given, random, inputs):
        if time.monotonic() >= end:
            break
        _try(target, data, outcome)
    return outcome


def name_of(data: bytes) -> str:
    """A file name for an input."""
    return sha256(data).hexdigest()[:16]


def _inputs(given: Sequence[bytes], random: Random, most: int | None) -> Iterator[bytes]:
    yield from given[:most]
    number = len(given)
    while most is None or number < most:
        number += 1
        yield mutated(random.choice(given), given, random)


def _try(target: Target, data: bytes, outcome: Outcome) -> None:
    began = time.process_time()
    try:
        with _deadline():
            target.check(data)
        outcome.read += 1
    except target.refusals:
        pass
    except (Exception, TooSlow) as error:  # noqa: BLE001 - each is a finding
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        outcome.faults.setdefault(f"{type(error).__name__} at {place}: {str(error)[:120]}", data)
    took = time.process_time() - began
    outcome.inputs += 1
    if took > outcome.slowest:
        outcome.slowest, outcome.slowest_input = took, data


@contextmanager
def _deadline() -> Iterator[None]:
    """Ends what takes too long, where Python gets to speak: a regular expression is let to its end, and measured."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"more than {MOST_SECONDS:g} s")

    former = signal(SIGVTALRM, stop)
    setitimer(ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        setitimer(ITIMER_VIRTUAL, 0)
        signal(SIGVTALRM, former)
