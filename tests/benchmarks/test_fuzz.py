"""The fuzzer on a few inputs, and the fuzzer itself."""

from random import Random

import pytest

from benchmarks.fuzz.mutate import LARGEST, MUTATIONS, mutated
from benchmarks.fuzz.run import MOST_SECONDS, fuzz
from benchmarks.fuzz.targets import TARGETS, Target

INPUTS = {"post": 80, "structured": 100, "list": 80, "feed": 150, "date": 60}
"""Besides 300."""


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_input_is_a_fault(target: Target) -> None:
    most = INPUTS.get(target.name, 300)
    outcome = fuzz(target, seed=2025, inputs=most)
    assert outcome.faults == {}
    assert outcome.inputs == most
    assert outcome.read > most / 20
    assert outcome.slowest < MOST_SECONDS


def test_a_fault_is_found_and_named_once() -> None:
    def check(data: bytes) -> None:
        if b"<" in data:
            raise KeyError("lt")

    outcome = fuzz(Target("wrong", lambda: [b"a", b"<b>", b"<c>"], check), seed=1, inputs=3)
    [(fault, data)] = outcome.faults.items()
    assert fault.startswith("KeyError at test_fuzz.py:")
    assert (data, outcome.read, outcome.inputs) == (b"<b>", 1, 3)


def test_what_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr("benchmarks.fuzz.run.MOST_SECONDS", 0.05)
    outcome = fuzz(Target("endless", lambda: [b"a"], check), seed=1, inputs=1)
    assert [fault.partition(" at ")[0] for fault in outcome.faults] == ["TooSlow"]


def inputs(seeds: list[bytes], seed: int) -> list[bytes]:
    """What is tried with a seed of chance."""
    random = Random(seed)  # noqa: S311 - a fixed draw is wanted
    return [mutated(seeds[number % len(seeds)], seeds, random) for number in range(200)]


def test_the_same_seed_tries_the_same_inputs() -> None:
    seeds = [b"<p>one</p>", b'{"a": [1, {"b": "c"}]}']
    one, same, other = (inputs(seeds, seed) for seed in (1, 1, 2))
    assert one == same != other
    assert max(map(len, one)) <= LARGEST
    assert len(set(one)) > 150


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("data", [b"", b"a", b"{}", b"[1]", b'<a href="x">b</a>'])
def test_whatever_is_given_can_be_mutated(mutation: object, data: bytes) -> None:
    random = Random(3)  # noqa: S311 - a fixed draw is wanted
    for _ in range(50):
        assert isinstance(mutation(data, [data], random), bytes)  # type: ignore[operator]  # a Mutation
