"""Limits: one look at a site per window, and so many bad requests of one address. Pure, on a clock that is passed in.

Times are seconds of a monotonic clock. Memory is bounded: the least recently used is forgotten first.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A mapping of at most so many entries."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept of it, if it still is."""
        return self._entries.get(key)

    def put(self, key: K, value: V) -> None:
        """Keep it as the latest; the oldest gives way."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def forget(self, key: K) -> None:
        """Keep nothing of it."""
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Window:
    """The time after a look at a site in which further pushes wait; ``queued``: one look is due at its end."""

    opened: float
    queued: bool = False


def debounced(window: Window | None, now: float, seconds: float) -> tuple[Window, float | None]:
    """What a push does: in how many seconds the site is to be looked at, or None if a look is due already.

    The first push is served at once. What comes within the window may tell of something that the look did not see, so
    one more look is due when the window ends; the rest are told by that one.
    """
    if window is not None and window.queued and now >= window.opened + seconds:
        window = Window(window.opened + seconds)
    if window is None or now >= window.opened + seconds:
        return Window(now), 0.0
    if window.queued:
        return window, None
    return Window(window.opened, queued=True), window.opened + seconds - now


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, and ``per_second`` after that."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: how many tokens it had at a time."""

    tokens: float
    at: float


def filled(bucket: Bucket | None, rate: Rate, now: float) -> Bucket:
    """The bucket as it is now; one that nobody has used is full."""
    if bucket is None:
        return Bucket(rate.burst, now)
    return Bucket(min(rate.burst, bucket.tokens + max(0.0, now - bucket.at) * rate.per_second), now)


class Buckets:
    """A token bucket for every address; ``most`` of them."""

    def __init__(self, rate: Rate, most: int) -> None:
        self._rate = rate
        self._kept: Recent[str, Bucket] = Recent(most)

    def has_token(self, address: str, now: float) -> bool:
        """Whether the address may go on."""
        return filled(self._kept.get(address), self._rate, now).tokens >= 1

    def charge(self, address: str, now: float) -> None:
        """Take a token, if one is left."""
        bucket = filled(self._kept.get(address), self._rate, now)
        self._kept.put(address, Bucket(max(0.0, bucket.tokens - 1), now))

    def wait(self, address: str, now: float) -> float:
        """Seconds until there is a token."""
        return max(0.0, 1 - filled(self._kept.get(address), self._rate, now).tokens) / self._rate.per_second
