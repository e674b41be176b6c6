"""Samples of several sources as one: counters add up, the latest gauge holds. Pure."""

from collections.abc import Iterable

from crawler.metrics.catalogue import METRICS, TASK, Key, Samples


def is_counter(key: Key) -> bool:
    """Whether values of a time series add up."""
    return METRICS[key[0]].kind == "counter"


def total(sources: Iterable[Samples]) -> dict[Key, float]:
    """Of crawls side by side, or one after the other: the latest last."""
    summed: dict[Key, float] = {}
    for source in sources:
        for key, value in source.items():
            summed[key] = summed.get(key, 0) + value if is_counter(key) else value
    return summed


def kept(stored: Samples, told: Samples, now: Samples) -> dict[Key, float]:
    """What a file is to have that has ``stored``, where this process told ``told`` before and tells ``now``.

    Other processes may have added to the file meanwhile: to a counter only what is new of it is added. What this
    process does not tell any more of its tasks goes, unless it is to be kept; that of other tasks stays.
    """
    tasks = {dict(labels)[TASK] for _, labels in now}
    others = {key: value for key, value in stored.items() if _outlasts(key, tasks)}
    added = {key: value - told.get(key, 0) if is_counter(key) else value for key, value in now.items()}
    return total([others, added])


def _outlasts(key: Key, tasks: set[str]) -> bool:
    name, labels = key
    return is_counter(key) or METRICS[name].is_kept or dict(labels).get(TASK) not in tasks
