"""A real WordPress with as many posts as are wanted, and what a crawl of it costs."""

import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.routes.targets import Cost
from crawler.storage.embedded import embedded_server
from tests.wordpress.crawling import Crawler
from tests.wordpress.install import Site
from tests.wordpress.scenarios import PRESSROOM
from tests.wordpress.seeded import Seeded
from tests.wordpress.server import forget_requests, requests_of, serving

SECONDS = 7200.0
"""What one crawl may take: every post of a large site by its pages."""

_AT_ONCE = 250
"""Posts made by one run of PHP: a minute is more than they take."""

_FOUND = ("added", "changed", "gone", "returned")


@dataclass(frozen=True)
class Newspaper:
    """A site with ``posts`` public posts; what is stored of it lies in ``folder``."""

    site: Site
    posts: int
    folder: Path

    @contextmanager
    def crawler(self, name: str) -> Iterator[Crawler]:
        """A crawler with an empty database on a server of its own, so that each finds the same."""
        folder = self.folder / f"{self.site.name}-{name}"
        folder.mkdir()
        with embedded_server(folder / "mongo") as uri:
            yield Crawler(uri, "bench", folder, SECONDS)

    def newest_url(self) -> str:
        """The address of the newest post."""
        return str(self.site.php("newest.php"))

    def cost(
        self,
        what: str,
        crawler: Crawler,
        spider: str,
        told: Mapping[str, str],
        expected: int,
        most: float | None = None,
    ) -> Cost:
        """Crawl once; ``told`` are the spider's arguments. Raises RuntimeError with the end of the log if it fails."""
        forget_requests(self.site)
        cpu, began = _cpu_of_children(), time.monotonic()
        status = crawler.run(spider, **told)
        wall, cpu = time.monotonic() - began, _cpu_of_children() - cpu
        if status:
            raise RuntimeError(f"{what}: exit status {status}\n{crawler.log()[-3000:]}")
        counts = crawler.documents("runs")[-1]["counts"]
        return Cost(
            what=what,
            requests=len(requests_of(self.site)),
            size=counts["bytes"],
            cpu=cpu,
            wall=wall,
            found=sum(counts["articles"].get(name, 0) for name in _FOUND),
            expected=expected,
            most=most,
        )


@contextmanager
def newspaper(seeded: Seeded, posts: int, folder: Path) -> Iterator[Newspaper]:
    """Serve a copy of the seeded site that has at least so many posts."""
    site = seeded.copy(f"posts-{posts}")
    public = 0
    for wanted in [*range(_AT_ONCE, posts, _AT_ONCE), posts]:
        public = site.php("many.php", {"posts": wanted})
    with serving(site):
        site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
        yield Newspaper(site, public, folder)


def _cpu_of_children() -> float:
    """Seconds of the processes that have ended: the crawls, for the servers run on."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
