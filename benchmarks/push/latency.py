"""From the ping of a real WordPress to the article in MongoDB, step by step."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from statistics import median

from crawler.storage.connect import connect
from crawler.storage.embedded import embedded_server
from tests.spiders.listening import listening
from tests.spiders.running import Scrapy
from tests.waiting import soon
from tests.wordpress.mariadb import MariaDB
from tests.wordpress.pushing import Timeline, follow, publish
from tests.wordpress.scenarios import PRESSROOM
from tests.wordpress.seeded import seed
from tests.wordpress.server import serving

TARGET = 5.0
"""Seconds, the median."""

_SETTINGS = {"DOWNLOAD_SLOTS": "{}", "PUSH_DEBOUNCE_SECONDS": "0.1", "LISTEN_POLL_SECONDS": "5"}
"""The politeness of the defaults; articles that follow each other sooner than news does."""

_WORDS = {
    "told": "WordPress sends its ping; the push is stored and answered",
    "asked": "the site is asked for its feed",
    "feed": "the feed is answered",
    "waited": "the article is asked for by REST (politeness: a second after the feed)",
    "rest": "REST answers",
    "stored": "the article is read, normalised, compared and in MongoDB",
}


def timelines(mariadb: MariaDB, folder: Path, runs: int) -> list[Timeline]:
    """Publish so many articles, one after the other."""
    site = seed(mariadb, folder / "wordpress").copy("push")
    with serving(site), embedded_server(folder / "mongo") as uri, connect(uri) as client:
        site.change(theme=[PRESSROOM.name], structure=["/%postname%/"])
        scrapy = Scrapy(uri, "bench")
        with listening(scrapy, folder, **_SETTINGS) as listener:
            follow(client["bench"], site, listener.port)
            while not soon(lambda: bool(scrapy.find("sites", {"swept_at": {"$exists": True}}))):
                pass  # the first crawl, with a second between requests
            found = [publish(client["bench"], site, f"Early ferry {number}") for number in range(runs)]
            listener.stop()
    return found


def table(found: Sequence[Timeline]) -> list[str]:
    """Median and extremes of each step."""
    lines = [f"| step, median of {len(found)} | s | share | from | to |", "|---|--:|--:|--:|--:|"]
    whole = median(one.total for one in found)
    lines += [_row(_WORDS[step.name], [getattr(one, step.name) for one in found], whole) for step in fields(Timeline)]
    return [*lines, _row("**from the ping to the article**", [one.total for one in found], whole)]


def _row(label: str, seconds: Sequence[float], whole: float) -> str:
    middle = median(seconds)
    return f"| {label} | {middle:.3f} | {middle / whole:.0%} | {min(seconds):.3f} | {max(seconds):.3f} |"
