"""Asks archives of different sizes, and prints what each command cost: CPU seconds, and the most memory it held.

``python -m benchmarks.asking [ARTICLES…]``, by default 2,000 and 20,000, in an embedded database of its own. What is
written must not be held: memory may not grow with the archive.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bson import ObjectId
from pymongo.database import Database

from crawler.storage.connect import connect
from crawler.storage.embedded import embedded_server
from crawler.storage.indexes import INDEXES

_COMMANDS = (
    ("articles", "--limit", "20"),
    ("articles", "--site", "site7.example", "--since", "2025-03-01"),
    ("articles", "--category", "Category 3", "--tag", "tag5"),
    ("articles", "--changed"),
    ("articles", "--gone"),
    ("articles", "--search", "bridge needle1"),
    *(
        ("articles", "--limit", "0", "-o", f"out.{suffix}")
        for suffix in ("txt", "jsonl", "json", "csv", "parquet", "md")
    ),
    ("stories", "--limit", "0", "-o", "out.csv"),
    ("report", "-o", "out.html"),
)
_TEXT = "The council met on Tuesday and agreed, after a long night, to keep the old bridge open for another year. " * 40
_FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_BATCH = 500

_MEASURED = """
import resource, sys
from scrapy.cmdline import execute
try:
    execute(sys.argv)
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""


def main(sizes: Sequence[int]) -> int:
    """Fill and ask, size after size."""
    with TemporaryDirectory() as folder, embedded_server(Path(folder)) as uri, connect(uri) as client:
        for size in sizes:
            name = f"asking_{size}"
            _fill(client[name], size)
            print(f"\n{size:,} articles, load {os.getloadavg()[0]:.1f}\n{'CPU':>7}  {'memory':>8}")
            for command in _COMMANDS:
                seconds, kilobytes = _cost(uri, name, command, Path(folder))
                print(f"{seconds:5.1f} s  {kilobytes / 1024:5.0f} MB  scrapy {' '.join(command)}", flush=True)
    return 0


def _fill(database: Database[dict[str, Any]], size: int) -> None:
    for name, models in INDEXES.items():
        database[name].create_indexes(list(models))
    for start in range(0, size, _BATCH):
        database["articles"].insert_many([_article(number) for number in range(start, min(start + _BATCH, size))])


def _article(number: int) -> dict[str, Any]:
    """One of twenty sites; each tenth has changed, each hundredth is gone, each fiftieth copies the one before."""
    at, site = _FIRST + timedelta(minutes=20 * number), f"site{number % 20}.example"
    first = f"{number - 1 if number % 50 == 49 else number:024x}"
    fields = {
        "_id": ObjectId(f"{number:024x}"), "site": site, "wp_id": number, "url": f"https://{site}/{number}/",
        "url_keys": [f"{site}/{number}"], "title": f"Title {number}", "text": f"{_TEXT}needle{number}",
        "html": f"<p>{_TEXT}</p>", "authors": [f"Author {number % 97}"], "categories": [f"Category {number % 13}"],
        "tags": [f"tag{number % 29}", f"tag{number % 31}"], "language": "en", "published_at": at, "first_seen_at": at,
        "last_changed_at": at, "revision": int(number % 10 == 0), "word_count": 800, "story_id": first,
    }  # fmt: skip
    fields |= {"gone_at": at} if number % 100 == 0 else {}
    return fields | ({"duplicate_of": first} if number % 50 == 49 else {})


def _cost(uri: str, name: str, command: Sequence[str], folder: Path) -> tuple[float, float]:
    """CPU seconds and kilobytes of a command in a process of its own."""
    told = os.environ | {"MONGODB_URI": uri, "MONGODB_DATABASE": name}
    at = [f"{folder}/{word}" if word.startswith("out.") else word for word in command]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _MEASURED, *at], env=told, capture_output=True, text=True, timeout=600, check=True
    )
    seconds, kilobytes = done.stderr.splitlines()[-1].split()
    return float(seconds), float(kilobytes)


def _sizes(told: Sequence[str]) -> Iterator[int]:
    yield from map(int, told or ("2000", "20000"))


if __name__ == "__main__":
    sys.exit(main(list(_sizes(sys.argv[1:]))))
