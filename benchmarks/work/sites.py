"""Many sites on addresses of their own on loopback, served by one thread; each remembers who asked when."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from aiohttp import web

from benchmarks.drills.newsroom import _WORDS, Newsroom
from benchmarks.work.conduct import Seen, Visit


@dataclass
class Paper(Newsroom):
    """A site whose posts no other one has."""

    name: str = ""

    def text(self, n: int) -> str:
        """What a post says now."""
        chance = Random(f"{self.name} {n}")  # noqa: S311 - the same every time
        return " ".join([f"Edition {self.edits.get(n, 0)} of post {n}.", *chance.choices(_WORDS, k=self.words)])


@dataclass
class Sites:
    """So many of them. ``latency``: seconds until each answers."""

    count: int
    posts: int
    has_rest: bool = False
    words: int = 60
    latency: float = 0.02
    port: int = 0
    papers: dict[str, Paper] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in range(self.count):
            address = f"127.1.{number // 250}.{number % 250 + 1}"
            self.papers[address] = Paper(self.posts, has_rest=self.has_rest, words=self.words, name=address)
            self.seen[address] = Seen(address)

    @property
    def urls(self) -> list[str]:
        """Of all of them, in order."""
        return [paper.origin for paper in self.papers.values()]

    @property
    def answered(self) -> int:
        """Requests so far."""
        return sum(len(seen.visits) for seen in self.seen.values())

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """What the site of the address says."""
        address = (request.transport.get_extra_info("sockname") if request.transport else ("",))[0]
        token = int(request.headers.get("X-Token", 0))
        visit = Visit(time.monotonic(), request.headers.get("X-Worker", ""), token, request.path_qs)
        self.seen[address].visits.append(visit)
        await asyncio.sleep(self.latency)
        page = self.papers[address].answer(request.path_qs)
        visit.until = time.monotonic()
        if page is None:
            return web.Response(status=404)
        kind = (page.headers or {}).get("Content-Type", "text/html; charset=utf-8")
        headers = {name: value for name, value in (page.headers or {}).items() if name != "Content-Type"}
        return web.Response(body=page.body, status=page.status, headers={**headers, "Content-Type": kind})


@contextmanager
def serve(sites: Sites) -> Iterator[Sites]:
    """Serve them for as long as the context lasts."""
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        server = web.Server(sites.answer, access_log=None)
        first, *others = sites.papers
        listening = [await loop.create_server(server, first, 0, backlog=16)]
        sites.port = listening[0].sockets[0].getsockname()[1]
        if others:
            listening.append(await loop.create_server(server, others, sites.port, backlog=16))
        for address, paper in sites.papers.items():
            paper.origin = f"http://{address}:{sites.port}/"
        ready.set()
        await stop.wait()
        for one in listening:
            one.close()
        await server.shutdown(1)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    if not ready.wait(30):
        raise RuntimeError("the sites do not start")
    try:
        yield sites
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
