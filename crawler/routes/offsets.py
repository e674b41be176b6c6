"""Paging through a sorted collection that changes meanwhile, by offset: what is removed must not hide what moves up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

_MOST_BACKS = 20
"""Steps back without finding the place again; each is twice as long, so more than any collection needs."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """The next part to ask for. Pages overlap by the last key, which proves that nothing has moved past the offset.

    ``mark`` is the greatest key up to which all has been listed; ``checked``: the next page must begin at or before it.
    ``backs`` counts the steps back since it grew, and ``reach`` is where they began. ``leapt``: the page before showed
    nothing new, and was passed over whole.
    """

    offset: int = 0
    mark: int | None = None
    checked: bool = False
    backs: int = 0
    reach: int = -1
    leapt: bool = False

    def turn(self, keys: Sequence[int], size: int, *, more: bool, fresh: bool) -> "Offsets | None":
        """After a page with these ascending keys, asked for with ``size`` (2 or more); None at the end.

        ``more``: the collection goes on after the page; ``fresh``: it showed something that was not known.
        """
        if self._has_gap(keys):
            return self._back(size)
        if not more:
            return None
        advanced = bool(keys) and (self.mark is None or keys[-1] > self.mark)
        if not keys or not (advanced or fresh or self.offset <= self.reach):
            return self._leap(size) if len(keys) < size and not self.leapt else None
        mark = keys[-1] if self.mark is None else max(keys[-1], self.mark)
        if list(keys) != sorted(keys):  # keys do not tell the place
            return Offsets(self.offset + max(1, len(keys) - 1), mark)
        # A short page hides posts, or the site gives fewer at once: either way the last key is not before its index.
        first_of_last = keys.index(keys[-1])
        step = first_of_last or len(keys)
        moved = replace(self, offset=self.offset + step, mark=mark, checked=first_of_last > 0, leapt=False)
        return replace(moved, backs=0, reach=-1) if advanced else moved

    def _leap(self, size: int) -> "Offsets":
        """Behind a page of which everything is hidden; not behind two: a site that shows no more is left."""
        return replace(self, offset=self.offset + size, checked=False, leapt=True)

    def _has_gap(self, keys: Sequence[int]) -> bool:
        """Whether the page begins after what was listed last: so much was removed before it."""
        unknown = not keys or self.mark is None or keys[0] > self.mark
        return self.checked and self.offset > 0 and self.backs < _MOST_BACKS and unknown

    def _back(self, size: int) -> "Offsets":
        step = (size - 1) * 2**self.backs
        return replace(
            self, offset=max(0, self.offset - step), backs=self.backs + 1, reach=max(self.reach, self.offset)
        )
