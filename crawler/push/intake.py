"""Takes pushes in: debounces them, hands them over once, and waits until they are stored."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from crawler.push.following import Following
from crawler.push.limits import Recent, Window, debounced
from crawler.push.messages import By

_MOST_SITES = 200_000
"""Whose windows are remembered. Only followed sites come so far."""


class Intake:
    """At most two pushes of a site are on their way to the database: one to look now, one for the window's end."""

    def __init__(self, following: Following, window: float, clock: Callable[[], float]) -> None:
        """``window``: seconds; ``clock``: seconds, monotonic."""
        self._following = following
        self._window = window
        self._clock = clock
        self._windows: Recent[str, Window] = Recent(_MOST_SITES)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def take(self, site: str, by: By) -> None:
        """Return when a look at the site is stored; raises what storing it raised.

        A sender that does not wait for that takes nothing along: it is stored all the same.
        """
        window, after = debounced(self._windows.get(site), self._clock(), self._window)
        self._windows.put(site, window)
        if after is None:
            self._following.count("debounced")
        else:
            self._following.count("queued" if after else f"accepted/{by}")
            self._hand_over(site, by, timedelta(seconds=after))
        if task := self._under_way.get(site):
            await asyncio.shield(task)

    def _hand_over(self, site: str, by: By, after: timedelta) -> None:
        task = asyncio.ensure_future(self._accept(site, by, after, self._under_way.get(site)))
        self._under_way[site] = task
        task.add_done_callback(lambda done: self._ended(site, done))

    async def _accept(self, site: str, by: By, after: timedelta, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        await self._following.accept(site, by, after)

    def _ended(self, site: str, task: asyncio.Task[None]) -> None:
        if self._under_way.get(site) is task:
            del self._under_way[site]
        if task.cancelled() or task.exception() is not None:
            self._windows.forget(site)  # the next push is a first one again

    async def drained(self) -> None:
        """Return when nothing is on its way any more."""
        while self._under_way:
            await asyncio.wait(list(self._under_way.values()))
