"""How fast something is counted, over the latest minute. Pure."""

from collections import deque

WINDOW = 60.0
"""Seconds: a site that is asked once in ten gives six counts."""

_BETWEEN = 1.0
_LEAST = 2.0
"""Seconds that have to be looked at before anything is said."""


class Speed:
    """Looks at a count from time to time."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def saw(self, at: float, count: int) -> float | None:
        """The count at a moment of a clock that only goes forward, in seconds; how many a second there were.

        That is since a minute ago, or since the first look; None where it is too early to say.
        """
        if not self._seen or at - self._seen[-1][0] >= _BETWEEN:
            self._seen.append((at, count))
        while len(self._seen) > 1 and at - self._seen[1][0] >= WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        return (count - before) / (at - since) if at - since >= _LEAST else None
