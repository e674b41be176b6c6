"""The same newspaper crawled twice: as an application in JavaScript, and as pages; what each page costs.

Needs Chromium. Times are of CPU, so that a busy machine matters less.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from benchmarks.browser.costs import Cost, measured
from crawler.storage.embedded import embedded_server
from tests.browser.front import Front, serve_front
from tests.chromium import CHROMIUM
from tests.spiders.running import Scrapy

_LINE = "{:<22}{:>7}{:>10}{:>14}{:>14}{:>11}{:>12}"


def main(arguments: list[str] | None = None) -> int:
    """Run; gives the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--at-once", type=int, nargs="*", default=[1, 2], help="pages in the browser (BROWSER_PAGES)")
    told = parser.parse_args(arguments)
    if not CHROMIUM:
        print("No Chromium to measure: apt-get install chromium.")
        return 0
    print(f"{told.posts} posts; load {os.getloadavg()[0]:.1f}")
    print(_LINE.format("", "pages", "wall s", "crawl CPU ms", "browser CPU", "crawl MB", "browser MB"))
    is_whole = _crawl(Front(posts=told.posts, is_plain=True), "plain HTTP", told.posts)
    for pages in told.at_once:
        is_whole &= _crawl(
            Front(posts=told.posts), f"browser, {pages} at once", told.posts, "-s", f"BROWSER_PAGES={pages}"
        )
    return 0 if is_whole else 1


def _crawl(front: Front, name: str, posts: int, *options: str) -> bool:
    """Whether it got every post."""
    with tempfile.TemporaryDirectory() as folder, embedded_server(Path(folder)) as uri, serve_front(front):
        scrapy = Scrapy(uri, "browser")
        empty = measured(scrapy, "-a", f"site={front.url}", "-a", "routes=rest")
        cost = measured(scrapy, "-a", f"site={front.url}", *options)
        pages = posts + 4  # the home page, two categories and an author
        print(_LINE.format(name, pages, *_cells(cost, empty, pages)), flush=True)
        return cost.status == 0 and len(scrapy.find()) == posts


def _cells(cost: Cost, empty: Cost, pages: int) -> list[str]:
    """Of a page, without what a crawl takes that reads none."""
    own = cost.cpu["crawl"] - empty.cpu["crawl"]
    each = [f"{own / pages * 1000:.0f}", f"{cost.cpu['browser'] / pages * 1000:.0f} ms"]
    return [f"{cost.wall - empty.wall:.1f}", *each, *(f"{cost.memory[name]:.0f}" for name in ("crawl", "browser"))]


if __name__ == "__main__":
    sys.exit(main())
