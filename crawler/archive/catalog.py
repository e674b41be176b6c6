"""Which answers an archive has, in a database of its own on disk: a few hundred bytes for each, none in memory."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from crawler.archive.blocks import Damaged, block_at, blocks
from crawler.archive.captures import Capture, NoCapture, Revisit, capture_of, told_by
from crawler.archive.names import SUFFIXES
from crawler.urls import url_key

_PLAN = """
CREATE TABLE capture (
    key TEXT, at INTEGER, file INTEGER, offset INTEGER, status INTEGER, kind TEXT, url TEXT, record TEXT
);
CREATE TABLE revisit (key TEXT, at INTEGER, url TEXT, of_key TEXT, of_at INTEGER, record TEXT);
CREATE TABLE conversion (of TEXT PRIMARY KEY, file INTEGER, offset INTEGER);
CREATE INDEX by_key ON capture (key, at);
CREATE INDEX by_time ON capture (at, file, offset);
"""
_INSERT = "INSERT INTO capture VALUES (?,?,?,?,?,?,?,?)"
_RESOLVE = """
INSERT INTO capture SELECT r.key, r.at, c.file, c.offset, c.status, c.kind, r.url, r.record
FROM revisit r JOIN capture c ON c.key = r.of_key AND c.at = r.of_at GROUP BY r.rowid;
"""
_CONVERT = """
UPDATE capture SET (file, offset) = (SELECT c.file, c.offset FROM conversion c WHERE c.of = capture.record)
WHERE record IN (SELECT of FROM conversion);
"""
"""What scripts made of a page is read in its place, as of when its answer came."""

_SILENT = frozenset({"warcinfo", "request", "metadata", "resource", "conversion"})
"""Types of records that are there as they should be, and no answers."""


class Entry(NamedTuple):
    """An answer that is to be read: when it came, and where it is."""

    url: str
    at: datetime
    kind: str
    file: int
    offset: int


class Catalog:
    """Made by one pass over the files. Raises sqlite3.Error where there is no room for it."""

    def __init__(self, files: list[Path]) -> None:
        self._files = files
        self._rows = sqlite3.connect("")  # a temporary file of its own, which goes with the connection
        self._rows.executescript(_PLAN)
        self.reasons: Counter[str] = Counter()
        """Records and files that could not be used, by reason."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def fill(self, is_wanted: Callable[[str], bool], tell: Callable[[Path, int], None]) -> None:
        """Take in what the files hold of these URLs; ``tell`` is told of each file and of the answers so far."""
        for number, path in enumerate(self._files):
            try:
                self._rows.executemany(_INSERT, self._of(number, path, is_wanted))
            except OSError:
                self.reasons["unreadable_file"] += 1
            self._rows.commit()
            tell(path, self.count())
        told = int(self._rows.execute("SELECT count(*) FROM revisit").fetchone()[0])
        if left := told - self._rows.execute(_RESOLVE).rowcount:
            self.reasons["revisit"] += left
        self._rows.execute(_CONVERT)

    def _of(self, number: int, path: Path, is_wanted: Callable[[str], bool]) -> Iterator[tuple[object, ...]]:
        for offset, data in blocks(path, self.reasons):
            try:
                one = told_by(data)
            except NoCapture as no:
                self.reasons.update([str(no)] if str(no) not in _SILENT else [])
                continue
            except Damaged as damage:
                self.reasons[str(damage)] += 1
                continue
            if not is_wanted(one.url):
                continue
            if isinstance(one, Revisit):
                told = (url_key(one.url), _number(one.at), one.url, url_key(one.of_url), _number(one.of_at), one.record)
                self._rows.execute("INSERT INTO revisit VALUES (?,?,?,?,?,?)", told)
            elif one.made_of:
                self._rows.execute("INSERT OR REPLACE INTO conversion VALUES (?,?,?)", (one.made_of, number, offset))
            elif one.kind != "other" or one.status != 200:
                record = one.record if one.kind == "page" else None
                yield url_key(one.url), _number(one.at), number, offset, one.status, one.kind, one.url, record

    def count(self) -> int:
        """How many answers there are to be read."""
        return int(self._rows.execute("SELECT count(*) FROM capture WHERE status = 200").fetchone()[0])

    def entries(self) -> Iterator[Entry]:
        """What there is to be read, the oldest first; feeds last, which name posts in less words than their pages."""
        query = "SELECT url, at, kind, file, offset FROM capture WHERE status = 200 ORDER BY kind = 'feed', at"
        for url, at, kind, file, offset in self._rows.execute(query):
            yield Entry(url, _moment(at), kind, file, offset)

    def nearest(self, url: str, at: datetime) -> Capture | None:
        """The answer of a URL that came nearest to a moment, whatever its status."""
        query = "SELECT file, offset, at FROM capture WHERE key = ? ORDER BY abs(at - ?), offset LIMIT 1"
        found = self._rows.execute(query, (url_key(url), _number(at))).fetchone()
        return self.read(found[0], found[1], _moment(found[2])) if found else None

    def read(self, file: int, offset: int, at: datetime) -> Capture | None:
        """An answer, as it came at a time (or came again); None if it cannot be read any more."""
        try:
            return replace(capture_of(block_at(self._files[file], offset)), at=at)
        except (OSError, Damaged, NoCapture):
            self.reasons["unreadable_record"] += 1
            return None


def warc_files(told: Iterable[Path]) -> list[Path]:
    """The WARC files among these, and in these folders, in the order of their names. Raises OSError."""
    found: dict[Path, None] = {}
    for path in told:
        if path.is_dir():
            found |= dict.fromkeys(sorted(one for one in path.rglob("*") if one.is_file() and _is_warc(one)))
        else:
            path.stat()
            found[path] = None
    return list(found)


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES)


def _number(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def _moment(number: int) -> datetime:
    return datetime.fromtimestamp(number / 1_000_000, UTC)
